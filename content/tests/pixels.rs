//! The pixel digest: equal for what shows the same, and for nothing else.

mod common;

use common::{chunk, file, jpeg, other_png, picture, pixels, scene, turned, webp};
use image::{
	codecs::png::PngEncoder, DynamicImage, GrayImage, ImageEncoder, ImageFormat, Rgba, RgbaImage,
};
use sha2::{Digest, Sha256};
use std::io::Write;
use tallystick_content::{pixels::MAX_SIDE, Error, Picture, MAX_FILE_BYTES};

/// The canonical form as the module's documentation says it, of 8-bit values.
fn by_hand(image: &RgbaImage) -> [u8; 32] {
	let mut bytes = b"tallystick/pixels/1".to_vec();
	bytes.extend(image.width().to_be_bytes());
	bytes.extend(image.height().to_be_bytes());
	for Rgba(pixel) in image.pixels() {
		let seen = if pixel[3] == 0 { [0; 4] } else { *pixel };
		bytes.extend(seen.into_iter().flat_map(|value| [value, value]));
	}
	Sha256::digest(bytes).into()
}

#[test]
fn copies_without_loss_have_the_same_digest() {
	let image = DynamicImage::from(scene(1, 120, 90));
	let digest = by_hand(&image.to_rgba8());
	let deeper = DynamicImage::from(image.to_rgb16());
	let copies = [
		file(image.clone(), ImageFormat::Png),
		other_png(&image),
		file(image.to_rgba8(), ImageFormat::Png),
		file(deeper, ImageFormat::Png),
		file(image.clone(), ImageFormat::WebP),
		file(image.clone(), ImageFormat::Bmp),
	];
	for (n, copy) in copies.iter().enumerate() {
		let read = pixels(copy.clone());
		assert_eq!((read.width, read.height, read.digest), (120, 90, digest), "copy {n}");
		assert!(!copies[..n].contains(copy));
	}
}

#[test]
fn every_value_of_every_channel_counts_and_the_shape_does() {
	let image = RgbaImage::from_fn(7, 5, |x, y| Rgba([x as u8, y as u8, 9, 200]));
	let digest = |image: &RgbaImage| pixels(file(image.clone(), ImageFormat::Png)).digest;
	assert_eq!(digest(&image), by_hand(&image));
	for channel in 0..4 {
		let mut other = image.clone();
		other.get_pixel_mut(6, 4).0[channel] ^= 1;
		assert_ne!(digest(&other), digest(&image));
	}
	let white = |width, height| RgbaImage::from_pixel(width, height, Rgba([255; 4]));
	assert_ne!(digest(&white(6, 4)), digest(&white(4, 6)));
}

#[test]
fn sixteen_bits_are_not_rounded() {
	let image = |value| {
		let mut image = DynamicImage::new_rgb16(4, 4).to_rgb16();
		image.get_pixel_mut(1, 2).0[0] = value;
		pixels(file(image, ImageFormat::Png)).digest
	};
	assert_ne!(image(0x1234), image(0x1235));
	assert_ne!(image(0x1234), image(0x1212));
}

#[test]
fn grey_is_red_green_and_blue_alike() {
	let grey = GrayImage::from_fn(16, 9, |x, y| image::Luma([(x * y) as u8]));
	let colour = DynamicImage::from(grey.clone()).to_rgb8();
	let digest = pixels(file(grey.clone(), ImageFormat::Png)).digest;
	assert_eq!(pixels(file(colour, ImageFormat::Png)).digest, digest);
	let deeper = DynamicImage::from(grey).to_luma_alpha16();
	assert_eq!(pixels(file(deeper, ImageFormat::Png)).digest, digest);
}

#[test]
fn what_nobody_can_see_does_not_count() {
	let hidden = |colour| {
		let seen = |x| if x < 4 { colour } else { Rgba([1, 2, 3, 1]) };
		pixels(file(RgbaImage::from_fn(8, 8, |x, _| seen(x)), ImageFormat::Png)).digest
	};
	assert_eq!(hidden(Rgba([255, 0, 9, 0])), hidden(Rgba([0; 4])));
	assert_ne!(hidden(Rgba([255, 0, 9, 1])), hidden(Rgba([0, 0, 0, 1])));
}

#[test]
fn a_picture_is_taken_as_it_is_shown() {
	let image = DynamicImage::from(scene(2, 40, 30));
	let digest = |image: &DynamicImage| by_hand(&image.to_rgba8());
	let shown = [
		image.clone(),
		image.fliph(),
		image.rotate180(),
		image.flipv(),
		image.rotate90().fliph(),
		image.rotate90(),
		image.rotate270().fliph(),
		image.rotate270(),
	];
	for (n, shown) in shown.iter().enumerate() {
		let exif = turned(n as u8 + 1);
		let read = pixels(webp(&image, &exif));
		assert_eq!((read.width, read.height), (shown.width(), shown.height()));
		assert_eq!(read.digest, digest(shown), "orientation {}", n + 1);
		let mut png = Vec::new();
		let mut encoder = PngEncoder::new(&mut png);
		encoder.set_exif_metadata(exif).unwrap();
		image.write_with_encoder(encoder).unwrap();
		assert_eq!(pixels(png).digest, digest(shown), "orientation {}", n + 1);
	}
}

#[test]
fn loss_makes_another_picture() {
	let image = scene(3, 64, 64);
	let digest = pixels(file(image.clone(), ImageFormat::Png)).digest;
	assert_ne!(pixels(jpeg(image.clone(), 95)).digest, digest);
	// But a JPEG is decoded in one way here, always.
	assert_eq!(pixels(jpeg(image.clone(), 95)), pixels(jpeg(image, 95)));
}

/// A PNG whose first chunk says that it is this large, with `more` after it.
fn claimed(width: u32, height: u32, more: &[u8]) -> Vec<u8> {
	let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
	let header = chunk(b"IHDR", &[size.as_slice(), &[8, 6, 0, 0, 0]].concat());
	[b"\x89PNG\r\n\x1a\n", header.as_slice(), more, &chunk(b"IEND", &[])].concat()
}

#[test]
fn absurd_sizes_are_refused_before_anything_is_decoded() {
	let data = chunk(b"IDAT", &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]);
	for (width, height) in [(1 << 16, 1), (1, 1 << 16), (0x7fff_ffff, 0x7fff_ffff)] {
		let error = picture(claimed(width, height, &data)).pixels().unwrap_err();
		assert!(matches!(error, Error::Dimensions { .. } | Error::Decode(_)), "{error}");
	}
	let error = picture(claimed(MAX_SIDE, MAX_SIDE, &data)).pixels().unwrap_err();
	assert!(matches!(error, Error::Dimensions { width: MAX_SIDE, height: MAX_SIDE }), "{error}");
	assert!(error.to_string().contains("65535 x 65535"));
	// A WebP of 16,384 by 16,384, and a BMP of 60,000 by 60,000.
	let webp = b"RIFF\x12\0\0\0WEBPVP8L\x05\0\0\0\x2f\xff\xff\xff\x0f\0";
	assert!(matches!(picture(webp.to_vec()).pixels(), Err(Error::Dimensions { .. })));
	let mut bmp = file(DynamicImage::new_rgb8(1, 1), ImageFormat::Bmp);
	bmp[18..22].copy_from_slice(&60_000_u32.to_le_bytes());
	bmp[22..26].copy_from_slice(&60_000_u32.to_le_bytes());
	assert!(matches!(picture(bmp).pixels(), Err(Error::Dimensions { .. })));
}

#[test]
fn animations_have_no_digest() {
	let control = [chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]), chunk(b"IDAT", &[0x78, 0x9c])];
	let apng = claimed(4, 4, &control.concat());
	assert!(matches!(picture(apng).pixels(), Err(Error::Animated)));
	let mut webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x03\0\0\x03\0\0".to_vec();
	webp.extend(b"ANIM\x06\0\0\0\0\0\0\0\0\0");
	let mut frame = b"ANMF".to_vec();
	let image = file(DynamicImage::new_rgba8(4, 4), ImageFormat::WebP);
	frame.extend((16 + image.len() as u32 - 12).to_le_bytes());
	frame.extend([0, 0, 0, 0, 0, 0, 3, 0, 0, 3, 0, 0, 100, 0, 0, 0]);
	frame.extend(&image[12..]);
	webp.extend(frame);
	let length = (webp.len() as u32 - 8).to_le_bytes();
	webp[4..8].copy_from_slice(&length);
	let result = picture(webp).pixels();
	assert!(matches!(result, Err(Error::Animated)), "{result:?}");
}

#[test]
fn what_is_no_picture_is_named() {
	for bytes in [&b""[..], b"GIF89a\x01\0\x01\0\0\0\0;", b"%PDF-1.7", b"\x89PN"] {
		assert!(matches!(Picture::from_bytes(bytes.to_vec()), Err(Error::Format)));
	}
	let whole = file(scene(4, 64, 64), ImageFormat::Png);
	let error = picture(whole[..whole.len() / 2].to_vec()).pixels().unwrap_err();
	assert!(matches!(error, Error::Decode(_)), "{error}");
	let mut damaged = whole.clone();
	let middle = whole.len() / 2;
	damaged[middle] ^= 1;
	assert!(matches!(picture(damaged).pixels(), Err(Error::Decode(_))));

	let dir = tempfile::tempdir().unwrap();
	assert!(matches!(Picture::open(dir.path().join("none")), Err(Error::Read { .. })));
	let long = dir.path().join("long.png");
	let mut file = std::fs::File::create(&long).unwrap();
	file.write_all(&whole).unwrap();
	file.set_len(MAX_FILE_BYTES + 1).unwrap();
	assert!(matches!(Picture::open(&long), Err(Error::TooLong)));
	// What comes after a picture in its file is not the picture.
	file.set_len(whole.len() as u64 + 100).unwrap();
	let read = Picture::open(&long).unwrap();
	assert_eq!(read.pixels().unwrap(), pixels(whole.clone()));
	assert_ne!(read.sha256(), picture(whole).sha256());
}
