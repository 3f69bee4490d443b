//! Perceptual values: near for copies that were changed, far for other pictures. The thresholds
//! stand on what is measured here.

mod common;

use common::{file, jpeg, pixels, scene};
use image::{
	imageops::{self, FilterType},
	ImageFormat, Rgb, RgbImage,
};
use tallystick_content::{perceptual::Distance, Perceptual};

const SCENES: u64 = 120;

fn value(bytes: Vec<u8>) -> Option<Perceptual> {
	pixels(bytes).perceptual
}

fn scenes() -> Vec<(RgbImage, Perceptual)> {
	let scenes = (0..SCENES).map(|seed| scene(seed * 1_000, 640, 480));
	scenes.map(|s| (s.clone(), value(file(s, ImageFormat::Bmp)).expect("not plain"))).collect()
}

fn scaled(image: &RgbImage, width: u32, height: u32) -> RgbImage {
	imageops::resize(image, width, height, FilterType::Triangle)
}

/// Cuts a part in a hundred off each side.
fn cut(image: &RgbImage, hundredths: u32) -> RgbImage {
	let (x, y) = (image.width() * hundredths / 100, image.height() * hundredths / 100);
	imageops::crop_imm(image, x, y, image.width() - 2 * x, image.height() - 2 * y).to_image()
}

/// What is done to a picture, the largest distance that it may make, and how many of all copies are
/// to be found.
type Change = (&'static str, fn(&RgbImage) -> Vec<u8>, Distance, usize);

const CHANGES: [Change; 11] = [
	("JPEG 90", |image| jpeg(image.clone(), 90), Distance { dct: 2, gradient: 7 }, 120),
	("JPEG 50", |image| jpeg(image.clone(), 50), Distance { dct: 2, gradient: 7 }, 120),
	("JPEG 20", |image| jpeg(image.clone(), 20), Distance { dct: 2, gradient: 7 }, 120),
	("half", |image| jpeg(scaled(image, 320, 240), 80), Distance { dct: 2, gradient: 5 }, 120),
	(
		"a quarter",
		|image| file(scaled(image, 160, 120), ImageFormat::Png),
		Distance { dct: 2, gradient: 5 },
		120,
	),
	("double", |image| jpeg(scaled(image, 1280, 960), 80), Distance { dct: 2, gradient: 5 }, 120),
	("flatter", |image| jpeg(scaled(image, 640, 400), 80), Distance { dct: 2, gradient: 5 }, 120),
	(
		"brighter",
		|image| file(imageops::colorops::brighten(image, 15), ImageFormat::Png),
		Distance { dct: 4, gradient: 2 },
		120,
	),
	("cut by 1 %", |image| jpeg(cut(image, 1), 80), Distance { dct: 4, gradient: 7 }, 120),
	("cut by 2 %", |image| jpeg(cut(image, 2), 80), Distance { dct: 10, gradient: 13 }, 115),
	("cut by 4 %", |image| jpeg(cut(image, 4), 80), Distance { dct: 14, gradient: 18 }, 56),
];

#[test]
fn changed_copies_are_near_and_other_pictures_far() {
	let scenes = scenes();
	for (name, change, farthest, found) in CHANGES {
		let (mut most, mut near) = (Distance { dct: 0, gradient: 0 }, 0);
		for (image, own) in &scenes {
			let other = value(change(image)).expect("not plain");
			let distance = own.distance(&other);
			most.dct = most.dct.max(distance.dct);
			most.gradient = most.gradient.max(distance.gradient);
			near += usize::from(own.looks_like(&other));
			// Whoever looks like it has a soft binding that it is looked for by.
			let bindings = own.soft_values();
			let by_key = other.keys().iter().any(|key| bindings.contains(key));
			assert!(by_key || !own.looks_like(&other), "{name}");
		}
		println!("{name}: {most:?}, {near} of {SCENES} found");
		assert!(most.dct <= farthest.dct && most.gradient <= farthest.gradient, "{name}: {most:?}");
		assert!(near >= found, "{name}: {near}");
	}

	let (mut least, mut compared) = (Distance { dct: 64, gradient: 64 }, 0);
	for (n, (_, one)) in scenes.iter().enumerate() {
		let keys = one.keys();
		for (_, other) in &scenes[..n] {
			let distance = one.distance(other);
			least.dct = least.dct.min(distance.dct);
			least.gradient = least.gradient.min(distance.gradient);
			compared += usize::from(other.soft_values().iter().any(|own| keys.contains(own)));
			assert!(!one.looks_like(other));
		}
	}
	println!("other scenes: {least:?}, {compared} pairs with a key in common");
	assert!(least.dct >= 18 && least.gradient >= 17, "{least:?}");
	assert!(compared <= 10, "{compared}");
}

#[test]
fn plain_pictures_have_no_value() {
	let plain = [
		RgbImage::from_pixel(64, 64, Rgb([255; 3])),
		RgbImage::from_fn(64, 64, |x, _| Rgb([4 * x as u8; 3])),
		RgbImage::from_fn(64, 64, |_, y| Rgb([4 * y as u8; 3])),
		RgbImage::from_pixel(1, 1, Rgb([0; 3])),
	];
	for image in plain {
		let read = pixels(file(image, ImageFormat::Png));
		assert_eq!(read.perceptual, None);
		assert_eq!(read.soft_values().len(), 1);
	}
}
