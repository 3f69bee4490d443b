//! Perceptual values: near for copies that were changed, far for other pictures. The thresholds
//! stand on what is measured here: with `--nocapture` the numbers are printed.

mod common;

use common::{file, jpeg, pixels, scene};
use image::{
	imageops::{self, colorops::brighten, FilterType},
	ImageFormat, Rgb, RgbImage,
};
use tallystick_content::{
	perceptual::{Distance, GRADIENT_THRESHOLD},
	Perceptual,
};

const SCENES: usize = 120;

fn value(bytes: Vec<u8>) -> Option<Perceptual> {
	pixels(bytes).perceptual
}

fn scenes() -> Vec<(RgbImage, Perceptual)> {
	let scenes = (0..SCENES as u64).map(|seed| scene(seed * 1_000, 320, 240));
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

/// What is done to a picture, and how many of all copies are to be found at least.
type Change = (&'static str, fn(&RgbImage) -> Vec<u8>, usize);

const CHANGES: [Change; 11] = [
	("JPEG 90", |image| jpeg(image.clone(), 90), SCENES),
	("JPEG 50", |image| jpeg(image.clone(), 50), SCENES),
	("JPEG 20", |image| jpeg(image.clone(), 20), SCENES),
	("half", |image| jpeg(scaled(image, 160, 120), 80), SCENES),
	("a quarter", |image| file(scaled(image, 80, 60), ImageFormat::Png), SCENES),
	("double", |image| jpeg(scaled(image, 640, 480), 80), SCENES),
	("flatter", |image| jpeg(scaled(image, 320, 200), 80), SCENES),
	("brighter", |image| file(brighten(image, 15), ImageFormat::Png), SCENES),
	("cut by 1 %", |image| jpeg(cut(image, 1), 80), SCENES),
	("cut by 2 %", |image| jpeg(cut(image, 2), 80), 110),
	("cut by 4 %", |image| jpeg(cut(image, 4), 80), 50),
];

#[test]
fn changed_copies_are_near_and_other_pictures_far() {
	let scenes = scenes();
	for (name, change, found) in CHANGES {
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
		assert!(near >= found, "{name}: {near}");
		if found == SCENES {
			// Far from the thresholds, too.
			assert!(most.dct <= 5 && most.gradient <= 10, "{name}: {most:?}");
		}
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
	assert!(least.dct >= 14 && least.gradient > GRADIENT_THRESHOLD, "{least:?}");
	assert!(compared <= 20, "{compared}");
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
