//! What others sign, describe and exchange models in.
//!
//! | module | what it does | source |
//! |---|---|---|
//! | [`digest`] | hashes a version's files, and gives it its root digest | [OpenSSF Model Signing v1.0](https://github.com/ossf/model-signing-spec) |
//! | [`openssf`] | reads and checks signed bundles of `model_signing`; writes and reads manifests | the same, [DSSE](https://github.com/secure-systems-lab/dsse), [in-toto](https://github.com/in-toto/attestation) |
//! | [`bill`] | an artifact with its lineage, as both bills of materials take it | |
//! | [`cyclonedx`] | writes it as a CycloneDX 1.6 ML-BOM | [CycloneDX](https://cyclonedx.org/docs/1.6/json/) |
//! | [`spdx`] | writes it as an SPDX 3.0.1 document with the AI and Dataset profiles | [SPDX](https://spdx.github.io/spdx-spec/v3.0.1/) |
//! | [`croissant`] | reads a dataset's description | [Croissant](https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html) |
//! | [`text`] | shows names that others chose, and finds names that look alike | [UTS #39](https://www.unicode.org/reports/tr39/) |
//!
//! Everything here is a function of its input: no chain, no network, no clock. What is wrong with an
//! input is an error that names the file or field and has a code that programs can rely on and a
//! hint for people. Names that others chose are shown in errors by [`text::shown`].

pub mod bill;
pub mod croissant;
pub mod cyclonedx;
pub mod digest;
pub mod openssf;
pub mod spdx;
pub mod text;

/// A SHA-256 digest.
pub type Digest = [u8; 32];
