//! Pictures made by code, and what is done to them.
#![allow(dead_code)]

use image::{
	codecs::{
		jpeg::JpegEncoder,
		png::{CompressionType, FilterType, PngEncoder},
		webp::WebPEncoder,
	},
	DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage,
};
use std::io::Cursor;
use tallystick_content::{Picture, Pixels};

/// Numbers that look random, the same ones for the same seed (SplitMix64).
pub struct Numbers(pub u64);

impl Numbers {
	pub fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		z ^ (z >> 31)
	}

	/// From 0 to 1.
	pub fn part(&mut self) -> f32 {
		(self.next() >> 40) as f32 / (1 << 24) as f32
	}
}

/// A scene, another one for each seed: a sky that gets lighter, hills, things before them, and
/// grain over all of it, as in a photograph.
pub fn scene(seed: u64, width: u32, height: u32) -> RgbImage {
	let mut numbers = Numbers(seed);
	let mut colour = || [numbers.part(), numbers.part(), numbers.part()];
	let (top, bottom, hill) = (colour(), colour(), colour());
	let waves: Vec<_> = (1..=5)
		.map(|n| (numbers.part() * 6.3, numbers.part() / n as f32, n as f32 * 2.1))
		.collect();
	let horizon = 0.3 + 0.4 * numbers.part();
	let things: Vec<_> = (0..4 + numbers.next() % 8)
		.map(|_| {
			let colour = [numbers.part(), numbers.part(), numbers.part()];
			let (x, y, size) = (numbers.part(), numbers.part(), 0.05 + 0.2 * numbers.part());
			(x, y, size, 0.5 + numbers.part(), numbers.next().is_multiple_of(2), colour)
		})
		.collect();
	let mut grain = Numbers(seed + 1);
	RgbImage::from_fn(width, height, |px, py| {
		let (x, y) = (px as f32 / width as f32, py as f32 / height as f32);
		let mut seen = [0, 1, 2].map(|c| top[c] * (1.0 - y) + bottom[c] * y);
		let ridge: f32 = waves.iter().map(|(at, high, often)| high * (x * often + at).sin()).sum();
		if y > horizon + 0.15 * ridge {
			seen = [0, 1, 2].map(|c| hill[c] * (1.3 - y));
		}
		for (at, down, size, wide, round, colour) in &things {
			let (dx, dy) = ((x - at).abs() / (size * wide), (y - down).abs() / size);
			if if *round { dx * dx + dy * dy < 1.0 } else { dx.max(dy) < 1.0 } {
				seen = [0, 1, 2].map(|c| colour[c] * (1.0 - 0.3 * dy));
			}
		}
		let grain = (grain.part() - 0.5) * 0.06;
		Rgb(seen.map(|part| ((part + grain).clamp(0.0, 1.0) * 255.0) as u8))
	})
}

/// A picture's file.
pub fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
	let mut bytes = Cursor::new(Vec::new());
	image.into().write_to(&mut bytes, format).unwrap();
	bytes.into_inner()
}

/// A PNG that is compressed in another way than [`file`]'s.
pub fn other_png(image: &DynamicImage) -> Vec<u8> {
	let mut bytes = Vec::new();
	let encoder =
		PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Paeth);
	image.write_with_encoder(encoder).unwrap();
	bytes
}

/// A JPEG of a quality from 1 to 100.
pub fn jpeg(image: impl Into<DynamicImage>, quality: u8) -> Vec<u8> {
	let mut bytes = Vec::new();
	image.into().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)).unwrap();
	bytes
}

/// A WebP without loss, with this EXIF data.
pub fn webp(image: &DynamicImage, exif: &[u8]) -> Vec<u8> {
	let mut bytes = Vec::new();
	let mut encoder = WebPEncoder::new_lossless(&mut bytes);
	encoder.set_exif_metadata(exif.to_vec()).unwrap();
	let image = image.to_rgba8();
	encoder.write_image(&image, image.width(), image.height(), ExtendedColorType::Rgba8).unwrap();
	bytes
}

/// EXIF data that says how a picture is turned, from 1 to 8.
pub fn turned(orientation: u8) -> Vec<u8> {
	let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
	exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
	exif
}

pub fn picture(bytes: Vec<u8>) -> Picture {
	Picture::from_bytes(bytes).unwrap()
}

pub fn pixels(bytes: Vec<u8>) -> Pixels {
	picture(bytes).pixels().unwrap()
}

/// A PNG's chunk.
pub fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
	let body = [kind.as_slice(), data].concat();
	let step = |crc: u32, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1));
	let crc = !body.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step));
	[&(data.len() as u32).to_be_bytes(), body.as_slice(), &crc.to_be_bytes()].concat()
}
