//! `cli/metadata/tallystick.scale` is what the command line is built from: it has to be the runtime's.
//!
//! `scripts/metadata.sh` writes it anew. What is compared is what clients depend on: the hash of all
//! calls, storage items, events, errors and types, and the spec version. Words of documentation are
//! in the file too, and are as new as the last time it was written.

use codec::{Decode, Encode};
use std::path::PathBuf;
use subxt::Metadata;
use tallystick_runtime::{Runtime, VERSION};

/// The newest stable version of the metadata format.
const FORMAT: u32 = 16;

fn path() -> PathBuf {
	PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../cli/metadata/tallystick.scale")
}

/// The runtime's metadata as it is in a file: with the magic number in front.
fn current() -> Vec<u8> {
	let opaque = Runtime::metadata_at_version(FORMAT).expect("the format is known to the SDK");
	// Opaque metadata is the SCALE encoding of a byte vector.
	Vec::<u8>::decode(&mut &opaque.encode()[..]).expect("opaque metadata is a byte vector")
}

fn structure(bytes: &[u8]) -> [u8; 32] {
	Metadata::decode(&mut &bytes[..]).expect("metadata can be decoded").hasher().hash()
}

/// The spec version in the constant `System.Version`.
fn spec_version(bytes: &[u8]) -> u32 {
	let metadata = Metadata::decode(&mut &bytes[..]).expect("metadata can be decoded");
	let system = metadata.pallet_by_name("System").expect("there is System");
	let version = system.constant_by_name("Version").expect("there is System.Version");
	let (_, _, _, spec_version) =
		<(String, String, u32, u32)>::decode(&mut version.value()).expect("it is a version");
	spec_version
}

#[test]
fn the_committed_metadata_is_the_runtimes() {
	if std::env::var_os("UPDATE_METADATA").is_some() {
		std::fs::write(path(), current()).expect("the file can be written");
	}
	let committed = std::fs::read(path()).expect("cli/metadata/tallystick.scale is committed");
	let stale = "cli/metadata/tallystick.scale is not the runtime's: run scripts/metadata.sh";
	assert_eq!(spec_version(&committed), VERSION.spec_version, "{stale}");
	assert!(structure(&committed) == structure(&current()), "{stale}");
}
