//! Perceptual values: by which a picture is found again after it was compressed, scaled or cut a
//! little.
//!
//! # Values
//! Both are of the picture's brightness over white, in 64 bits, as the crate `image_hasher` makes
//! them (bits in its order, from the first byte's lowest):
//! - **DCT** (`org.tallystick.dct.1`, pHash): the picture is scaled to 16 × 16 (Lanczos 3), and a
//!   bit says whether one of the 64 lowest frequencies of its cosine transform is above their
//!   median.
//! - **Gradient** (`org.tallystick.gradient.1`, dHash): the picture is scaled to 9 × 8, and a bit
//!   says whether a value is darker than the next one in its row.
//!
//! The *distance* of two values is the number of bits in which they differ (Hamming).
//!
//! # Keys
//! The chain finds equal values only. So the DCT value's bits are dealt to four parts of 16 bits,
//! each a soft binding of its own: of two values that differ in at most 3 bits, at least one part
//! is equal; of two that differ in at most 7, at least one part differs in at most one bit. The 68
//! [keys](Perceptual::keys) are the four parts, and all that differ from one of them in one bit.
//! The bit of row `r` and column `c` is in part `(r + c) mod 4`, so that each part has low and high
//! frequencies of both directions.
//!
//! # Thresholds
//! `tests/perceptual.rs` measures them on 120 scenes made by code, as the largest distance from a
//! changed copy, and how many of the copies are within both thresholds:
//!
//! | change | DCT | gradient | within |
//! |---|---|---|---|
//! | JPEG of quality 90, 50, 20 | 4 | 8 | 120 |
//! | scaled to a quarter, a half, double its size, or out of shape | 2 | 7 | 120 |
//! | brighter by 15 of 255 | 2 | 3 | 120 |
//! | 1 % cut off each side | 4 | 9 | 120 |
//! | 2 % | 10 | 12 | 117 |
//! | 4 % | 14 | 17 | 64 |
//! | *another scene*, the nearest of 7,140 pairs | *16* | *16* | *0* |
//!
//! 7 is what the keys surely find, and no pair of scenes is near it. The gradient is asked for a
//! second opinion, with a threshold between the copies that the first lets pass and the nearest
//! other scene. Of unrelated pictures about one pair in a thousand has a key in common: these are
//! what is compared for nothing.
//!
//! # Limits
//! A picture whose gradient has fewer than 8 bits set, or unset, is too plain: it has no
//! perceptual value, since it would look like every other plain picture. Turned or mirrored copies
//! are not found, and neither are parts of a picture. Whoever wants to can make a picture with the
//! value of another one, so a value proves nothing. Values are computed with floating point: on an
//! unusual machine a bit may differ.

use image::{imageops::FilterType, GrayImage};
use image_hasher::{BitOrder, HashAlg, HasherConfig};
use serde::Serialize;

/// The pixel digest's number as a soft binding.
pub const PIXELS: u16 = 0x8001;
/// The numbers of the DCT value's four parts as soft bindings.
pub const DCT: [u16; 4] = [0x8010, 0x8011, 0x8012, 0x8013];
/// The gradient's number as a soft binding.
pub const GRADIENT: u16 = 0x8020;

/// The most bits in which the DCT values of a picture and its changed copy differ.
pub const DCT_THRESHOLD: u32 = 7;
/// The most bits in which their gradients do.
pub const GRADIENT_THRESHOLD: u32 = 14;

/// The fewest bits of a gradient that are set, and that are not, in a picture that is not plain.
const FEWEST_BITS: u32 = 8;

/// The name of one of our soft binding algorithms.
pub fn algorithm_name(algorithm: u16) -> Option<&'static str> {
	Some(match algorithm {
		PIXELS => "org.tallystick.pixels.1",
		GRADIENT => "org.tallystick.gradient.1",
		_ if DCT.contains(&algorithm) => "org.tallystick.dct.1",
		_ => return None,
	})
}

/// A soft binding, as an anchor has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SoftValue {
	/// The algorithm's number.
	pub algorithm: u16,
	/// The value.
	#[serde(serialize_with = "crate::hex0x")]
	pub value: Vec<u8>,
}

impl SoftValue {
	/// The pixel digest, as what is looked for.
	pub fn pixels(digest: &crate::Digest) -> Self {
		Self { algorithm: PIXELS, value: digest.to_vec() }
	}
}

/// The perceptual value of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Perceptual {
	/// The DCT value.
	#[serde(serialize_with = "crate::hex0x")]
	pub dct: [u8; 8],
	/// The gradient.
	#[serde(serialize_with = "crate::hex0x")]
	pub gradient: [u8; 8],
}

/// In how many bits two perceptual values differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Distance {
	/// Of the DCT value's 64.
	pub dct: u32,
	/// Of the gradient's 64.
	pub gradient: u32,
}

impl Perceptual {
	/// The value of a picture's brightness. `None` where it is too plain.
	pub(crate) fn of(luma: &GrayImage) -> Option<Self> {
		let config = || {
			HasherConfig::with_bytes_type::<[u8; 8]>()
				.hash_size(8, 8)
				.resize_filter(FilterType::Lanczos3)
				.bit_order(BitOrder::LsbFirst)
		};
		let gradient = config().hash_alg(HashAlg::Gradient).to_hasher().hash_image(luma);
		let gradient = gradient.into_inner();
		let set = u64::from_le_bytes(gradient).count_ones();
		if !(FEWEST_BITS..=64 - FEWEST_BITS).contains(&set) {
			return None;
		}
		let dct = config().hash_alg(HashAlg::Median).preproc_dct().to_hasher().hash_image(luma);
		Some(Self { gradient, dct: dct.into_inner() })
	}

	/// The value that an anchor's soft bindings make up, given as numbers and values. `None` where
	/// one is missing or is of another length.
	pub fn from_soft_values<'a>(values: impl IntoIterator<Item = (u16, &'a [u8])>) -> Option<Self> {
		let (mut parts, mut gradient) = ([None; 4], None);
		for (algorithm, value) in values {
			if algorithm == GRADIENT {
				gradient = value.try_into().ok();
			}
			for (part, number) in parts.iter_mut().zip(DCT) {
				if algorithm == number {
					*part = value.try_into().ok().map(u16::from_le_bytes);
				}
			}
		}
		let [Some(a), Some(b), Some(c), Some(d)] = parts else { return None };
		Some(Self { dct: join([a, b, c, d]).to_le_bytes(), gradient: gradient? })
	}

	/// The five soft bindings that an anchor has of it.
	pub fn soft_values(&self) -> Vec<SoftValue> {
		let gradient = SoftValue { algorithm: GRADIENT, value: self.gradient.to_vec() };
		self.parts().chain([gradient]).collect()
	}

	/// What to look for: anchors of pictures whose DCT value is at a distance of at most
	/// [`DCT_THRESHOLD`] have at least one of these soft bindings. The first four are the parts as
	/// they are, which are enough for a distance of at most 3.
	pub fn keys(&self) -> Vec<SoftValue> {
		let near = self.parts().flat_map(|part| {
			(0..16).map(move |bit| {
				let mut value = part.value.clone();
				value[bit / 8] ^= 1 << (bit % 8);
				SoftValue { algorithm: part.algorithm, value }
			})
		});
		self.parts().chain(near).collect()
	}

	/// In how many bits the two differ.
	pub fn distance(&self, other: &Self) -> Distance {
		let differing = |a, b| (u64::from_le_bytes(a) ^ u64::from_le_bytes(b)).count_ones();
		Distance {
			dct: differing(self.dct, other.dct),
			gradient: differing(self.gradient, other.gradient),
		}
	}

	/// Whether the pictures may be copies of one another: both distances are within their
	/// thresholds.
	pub fn looks_like(&self, other: &Self) -> bool {
		let distance = self.distance(other);
		distance.dct <= DCT_THRESHOLD && distance.gradient <= GRADIENT_THRESHOLD
	}

	fn parts(&self) -> impl Iterator<Item = SoftValue> {
		let parts = deal(u64::from_le_bytes(self.dct));
		DCT.into_iter()
			.zip(parts)
			.map(|(algorithm, part)| SoftValue { algorithm, value: part.to_le_bytes().to_vec() })
	}
}

/// The part of the DCT value's bit `n`: row `n / 8`, column `n mod 8`.
fn part_of(n: usize) -> usize {
	(n / 8 + n % 8) % 4
}

/// A value's bits, dealt to its parts in their order.
fn deal(bits: u64) -> [u16; 4] {
	let (mut parts, mut dealt) = ([0; 4], [0; 4]);
	for n in 0..64 {
		let part = part_of(n);
		parts[part] |= ((bits >> n & 1) as u16) << dealt[part];
		dealt[part] += 1;
	}
	parts
}

/// What [`deal`] dealt, together again.
fn join(parts: [u16; 4]) -> u64 {
	let (mut bits, mut dealt) = (0, [0; 4]);
	for n in 0..64 {
		let part = part_of(n);
		bits |= u64::from(parts[part] >> dealt[part] & 1) << n;
		dealt[part] += 1;
	}
	bits
}

#[cfg(test)]
mod tests {
	use super::*;

	const VALUE: Perceptual =
		Perceptual { dct: [0x0f, 0x33, 0x55, 0xaa, 1, 2, 3, 0xfe], gradient: [7; 8] };

	#[test]
	fn an_anchor_s_parts_make_the_value_again() {
		let soft = VALUE.soft_values();
		assert_eq!(soft.len(), 5);
		let pairs = || soft.iter().map(|soft| (soft.algorithm, soft.value.as_slice()));
		assert_eq!(Perceptual::from_soft_values(pairs()), Some(VALUE));
		// Whatever else the anchor has does not matter, whatever is missing does.
		let more = pairs().rev().chain([(1, [1].as_slice()), (PIXELS, &[0; 32])]);
		assert_eq!(Perceptual::from_soft_values(more), Some(VALUE));
		for missing in 0..5 {
			let fewer = pairs().enumerate().filter(|(n, _)| *n != missing).map(|(_, pair)| pair);
			assert_eq!(Perceptual::from_soft_values(fewer), None);
		}
		let long = pairs().chain([(GRADIENT, [7; 9].as_slice())]);
		assert_eq!(Perceptual::from_soft_values(long), None);
	}

	#[test]
	fn every_part_sees_every_row_and_column() {
		for bit in 0..64 {
			assert_eq!(join(deal(1 << bit)), 1 << bit);
		}
		// A row, or a column, of eight bits gives two to each part.
		for line in [0xff, 0xff << 56, 0x0101_0101_0101_0101] {
			assert_eq!(deal(line).map(u16::count_ones), [2; 4]);
		}
	}

	#[test]
	fn the_keys_find_all_within_the_threshold() {
		let keys = VALUE.keys();
		assert_eq!(keys.len(), 68);
		let found = |other: &Perceptual| other.parts().any(|part| keys.contains(&part));
		let exact = |other: &Perceptual| other.parts().any(|part| keys[..4].contains(&part));
		// The worst there is: as many bits as possible in every part.
		let changed = |bits: &[usize]| {
			let mut parts = deal(u64::from_le_bytes(VALUE.dct));
			for bit in bits {
				parts[bit % 4] ^= 1 << (bit / 4);
			}
			Perceptual { dct: join(parts).to_le_bytes(), ..VALUE }
		};
		for distance in 0..=DCT_THRESHOLD as usize {
			let other = changed(&(0..distance).collect::<Vec<_>>());
			assert_eq!(VALUE.distance(&other).dct, distance as u32);
			assert!(found(&other) && VALUE.looks_like(&other));
			assert_eq!(exact(&other), distance <= 3);
		}
		let far = changed(&(0..8).collect::<Vec<_>>());
		assert!(!found(&far) && !VALUE.looks_like(&far));
	}
}
