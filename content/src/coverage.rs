//! Whether a manifest's signature covers what the picture shows.
//!
//! The hash of the file, which is signed, leaves out the manifest itself, since it cannot hold its
//! own hash: a manifest says which ranges of the file those are. Its padding is not signed either.
//! So there are some kilobytes that anybody can change: mostly the file and the manifest store are
//! then others, and say the same. But padding can be made shorter, and something else put in its
//! place: another picture, before the one that was signed. C2PA's library takes the ranges as they
//! are named, and finds nothing wrong with that.
//!
//! So here the ranges that are left out have to be the manifest's own parts of the file, whole, and
//! nothing else. Where they are not, the picture is decoded with them and without them: if it shows
//! something else, that is [`UNSIGNED_SHOWN`], if not, [`UNSIGNED`]: a colour profile may be among
//! them.
//!
//! Of manifests that only add to another one (update manifests) this is not asked: for them the
//! library takes the range in which the manifest really is.

use crate::{provenance::Status, Picture};
use c2pa::Reader;
use serde_json::Value;
use std::ops::Range;

/// The code of a failure that C2PA has no code for: bytes other than the manifest's own are not
/// signed.
pub const UNSIGNED: &str = "org.tallystick.unsigned";
/// The same, where the picture would show something else without them.
pub const UNSIGNED_SHOWN: &str = "org.tallystick.unsigned.shown";

/// What is wrong with the bytes that the manifest's hash leaves out. They are to be the manifest's
/// own, and nothing else: C2PA's library takes them as they are named.
pub(crate) fn unsigned(picture: &Picture, reader: &Reader) -> Option<Status> {
	let (bytes, media_type) = (picture.bytes(), picture.media_type());
	let left_out = left_out(reader)?;
	let mut parts = left_out.iter().map(|range| bytes.get(range.clone()).unwrap_or_default());
	if parts.all(|part| carries_manifest(media_type, part)) {
		return None;
	}
	let (mut signed, mut at) = (Vec::with_capacity(bytes.len()), 0);
	for range in left_out {
		signed.extend(bytes.get(at..range.start).unwrap_or_default());
		at = at.max(range.end);
	}
	signed.extend(bytes.get(at..).unwrap_or_default());
	if media_type == "image/webp" {
		// A RIFF file says how long it is.
		let length = (signed.len() as u32).wrapping_sub(8).to_le_bytes();
		signed.iter_mut().skip(4).zip(length).for_each(|(old, new)| *old = new);
	}
	let signed = Picture::from_bytes(signed).and_then(|signed| signed.pixels());
	let (code, explanation) = match (picture.pixels(), signed) {
		(Ok(shown), Ok(signed)) if shown.digest == signed.digest => {
			(UNSIGNED, "bytes other than the manifest's are not signed")
		}
		(Err(_), Err(_)) => (UNSIGNED, "bytes other than the manifest's are not signed"),
		_ => (UNSIGNED_SHOWN, "what the picture shows depends on bytes that are not signed"),
	};
	Some(Status { code: code.into(), url: None, explanation: Some(explanation.into()) })
}

/// Whether these bytes are whole parts of a file in which a manifest is kept, and nothing else:
/// `caBX` chunks of PNG, `APP11` segments of JPEG, `C2PA` chunks of WebP.
fn carries_manifest(media_type: &str, bytes: &[u8]) -> bool {
	let mut rest = bytes;
	while !rest.is_empty() {
		let length = match (media_type, rest) {
			("image/png", [a, b, c, d, b'c', b'a', b'B', b'X', ..]) => {
				u64::from(u32::from_be_bytes([*a, *b, *c, *d])) + 12
			}
			("image/jpeg", [0xff, 0xeb, a, b, b'J', b'P', ..]) => {
				u64::from(u16::from_be_bytes([*a, *b])) + 2
			}
			("image/webp", [b'C', b'2', b'P', b'A', a, b, c, d, ..]) => {
				u64::from(u32::from_le_bytes([*a, *b, *c, *d])) + 8
			}
			// A chunk of odd length has one byte more, which signers leave out or do not.
			("image/webp", [0]) if bytes.len() > 1 => 1,
			_ => return false,
		};
		match usize::try_from(length).ok().and_then(|length| rest.get(length..)) {
			Some(after) => rest = after,
			None => return false,
		}
	}
	true
}

/// The ranges of the file that the manifest's hash leaves out, in their order.
fn left_out(reader: &Reader) -> Option<Vec<Range<usize>>> {
	let all: Value = serde_json::from_str(&reader.detailed_json()).ok()?;
	let assertions = &all["manifests"][reader.active_label()?]["assertion_store"];
	let range = |exclusion: &Value| {
		let start = usize::try_from(exclusion["start"].as_u64()?).ok()?;
		Some(start..start.checked_add(usize::try_from(exclusion["length"].as_u64()?).ok()?)?)
	};
	let exclusions = assertions["c2pa.hash.data"]["exclusions"].as_array()?;
	let mut ranges: Vec<_> = exclusions.iter().filter_map(range).collect();
	ranges.sort_by_key(|range| range.start);
	Some(ranges)
}
