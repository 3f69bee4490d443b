//! Pictures, without a chain: what a picture's manifest says about its origin, a digest of what it
//! shows, and values by which changed copies of it are found.
//!
//! # Words
//! - **File digest**: the SHA-256 of a picture's file. Any change to the file changes it.
//! - **Pixel digest**: the SHA-256 of the decoded picture in one [canonical form](pixels). A copy
//!   that was saved again without loss has the same one, whatever its format, and whether its
//!   manifest was left out.
//! - **Perceptual value**: a short [value](perceptual) that hardly changes when a picture is
//!   compressed or scaled. Near values make candidates, never proofs.
//! - **Manifest**: a C2PA manifest, in which somebody signs [how a picture came to be](provenance).
//!
//! # On the chain
//! What this crate computes fits one anchor of kind `Content`: the file digest is its subject, the
//! SHA-256 of the manifest store its document (kind `C2pa`), and [`Pixels::soft_values`] its soft
//! bindings. Their algorithms are of the project's own range (`0x8000` and above):
//!
//! | number | name | value |
//! |---|---|---|
//! | `0x8001` | `org.tallystick.pixels.1` | the pixel digest, 32 bytes |
//! | `0x8010` to `0x8013` | `org.tallystick.dct.1`, part 0 to 3 | a fourth of the 64 bits, 2 bytes |
//! | `0x8020` | `org.tallystick.gradient.1` | 64 bits, 8 bytes |
//!
//! Who looks for a picture asks for the anchors of its file digest, then for those of its pixel
//! digest, then for those of each [key](Perceptual::keys) of its DCT value, and compares the whole
//! values of what is found ([`Perceptual::looks_like`]). An anchor says that its issuer knew a
//! picture at that time; that a value is near says less: look at both pictures.
//!
//! # Limits
//! Strings out of manifests are those of strangers: they are returned as they are, and whoever
//! shows them makes them safe. Nothing is fetched from anywhere: no remote manifest, no revocation
//! list. JPEG, PNG, WebP and BMP are read, still pictures only.

pub mod coverage;
pub mod perceptual;
pub mod pixels;
pub mod provenance;
pub mod sign;

pub use perceptual::{algorithm_name, Perceptual, SoftValue};
pub use pixels::Pixels;
pub use provenance::{Model, Provenance, Unknown, Verdict};
pub use sign::{Origin, Signer};

use image::ImageFormat;
use serde::Serializer;
use sha2::{Digest as _, Sha256};
use std::{
	fs::File,
	io::Read,
	path::{Path, PathBuf},
};

/// A SHA-256.
pub type Digest = [u8; 32];

/// The longest file that is read: 256 MiB.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// Why a picture could not be read, or signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
	/// The file cannot be read.
	#[error("cannot read {path}: {source}")]
	Read {
		/// The file.
		path: PathBuf,
		/// Why.
		source: std::io::Error,
	},
	/// The file is too long.
	#[error("a picture has at most {MAX_FILE_BYTES} bytes, and this has more")]
	TooLong,
	/// The first bytes are of none of the formats.
	#[error("not a JPEG, PNG, WebP or BMP picture")]
	Format,
	/// The picture is too large, or empty.
	#[error(
		"a picture has 1 to {} pixels, at most {} a side, and this has {width} x {height}",
		pixels::MAX_PIXELS,
		pixels::MAX_SIDE
	)]
	Dimensions {
		/// Its width.
		width: u32,
		/// Its height.
		height: u32,
	},
	/// There is more than one frame. A digest of one would say nothing about the others.
	#[error("an animation has no digest of its pixels: only still pictures do")]
	Animated,
	/// The picture is damaged, or of a kind that the decoder does not know.
	#[error("cannot decode the picture: {0}")]
	Decode(String),
	/// The certificates that are to be trusted cannot be read.
	#[error("the trusted certificates are not PEM: {0}")]
	Anchors(String),
	/// The key or certificates to sign with are of no use.
	#[error("cannot sign with this key and certificates: {0}")]
	Key(String),
	/// The picture cannot be signed.
	#[error("cannot sign the picture: {0}")]
	Sign(String),
}

/// A picture's file, in memory.
pub struct Picture {
	bytes: Vec<u8>,
	format: ImageFormat,
}

impl Picture {
	/// Reads a file. Its format is told by its first bytes, never by its name.
	pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
		let path = path.as_ref();
		let failed = |source| Error::Read { path: path.to_path_buf(), source };
		let file = File::open(path).map_err(failed)?;
		let mut bytes = Vec::new();
		// One byte more than allowed tells a file that is too long, also one that has no length.
		file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
		Self::from_bytes(bytes)
	}

	/// Takes the bytes of a file.
	pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Error> {
		if bytes.len() as u64 > MAX_FILE_BYTES {
			return Err(Error::TooLong);
		}
		use ImageFormat::{Bmp, Jpeg, Png, WebP};
		match image::guess_format(&bytes) {
			Ok(format @ (Bmp | Jpeg | Png | WebP)) => Ok(Self { bytes, format }),
			_ => Err(Error::Format),
		}
	}

	/// The file, as it is.
	pub fn bytes(&self) -> &[u8] {
		&self.bytes
	}

	/// The media type, such as `image/png`.
	pub fn media_type(&self) -> &'static str {
		self.format.to_mime_type()
	}

	/// The file digest.
	pub fn sha256(&self) -> Digest {
		sha256(&self.bytes)
	}

	/// Decodes the picture: its size, pixel digest and perceptual value.
	///
	/// Takes at most two times 8 bytes a pixel of memory: a picture past
	/// [`pixels::MAX_PIXELS`] is refused before it is decoded.
	pub fn pixels(&self) -> Result<Pixels, Error> {
		pixels::decode(&self.bytes, self.format)
	}

	/// What the manifest says about the picture's origin, if there is one.
	///
	/// `anchors` are the certificates of the authorities that are trusted, in PEM: without any, no
	/// signer is, and what is said is the word of somebody unknown.
	pub fn provenance(&self, anchors: Option<&str>) -> Result<Provenance, Error> {
		provenance::read(self, anchors)
	}

	/// A copy of the picture's file with a signed manifest in it, which says how it came to be, and
	/// by which registered model. It takes the place of one that is there already. The copy is read
	/// again before it is handed out: a certificate that is of no use is an error.
	pub fn sign(
		&self,
		signer: &Signer,
		origin: Origin,
		model: Option<&Model>,
	) -> Result<Self, Error> {
		let bytes = sign::sign(self.media_type(), &self.bytes, signer, origin, model)?;
		let signed = Self::from_bytes(bytes)?;
		let read = signed.provenance(None)?;
		if read.verdict != origin.verdict() {
			let codes: Vec<_> = read.failures.into_iter().map(|status| status.code).collect();
			return Err(Error::Sign(format!("it would not be valid: {}", codes.join(", "))));
		}
		Ok(signed)
	}
}

fn sha256(bytes: &[u8]) -> Digest {
	Sha256::digest(bytes).into()
}

/// Digests in what is serialised are hexadecimal, after `0x`.
fn hex0x<S: Serializer>(bytes: impl AsRef<[u8]>, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&format!("0x{}", hex::encode(bytes)))
}
