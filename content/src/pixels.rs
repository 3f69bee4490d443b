//! The pixel digest: what a picture shows, whatever file it is in.
//!
//! # Canonical form
//! SHA-256 of these bytes, one after the other:
//!
//! ```text
//! "tallystick/pixels/1"   19 bytes of ASCII
//! width                   u32, big-endian
//! height                  u32, big-endian
//! pixels                  rows from the top, each from the left: R, G, B, A, u16 big-endian each
//! ```
//!
//! - **Depth**: 16 bits a channel. An 8-bit value `v` is `v × 257`, so 0 stays 0 and 255 becomes
//!   65,535; fewer bits and palettes are brought to 8 bits first, as PNG says. So no depth is
//!   rounded, and a copy with more bits of the same values has the same digest.
//! - **Grey**: `R = G = B`.
//! - **Alpha**: 65,535 where there is none. Where it is 0, `R`, `G` and `B` count as 0: nobody can
//!   see them, and lossless WebP does not keep them.
//! - **Orientation**: that of EXIF is applied first. The digest is of the picture as a viewer shows
//!   it: a copy that lost the entry, and lies on its side now, is another picture.
//! - **Colour profiles, gamma and all other metadata** do not count: the digest is of the numbers.
//!   A copy that was converted to another profile has other numbers.
//!
//! # Limits
//! Formats without loss decode to the same numbers everywhere. **JPEG and lossy WebP do not**:
//! their standards leave decoders some freedom, so a PNG that another program made of a JPEG can
//! differ from this crate's decoding of it by a step here and there, and then has another digest:
//! the perceptual values find it. A JPEG whose metadata was taken out, without compressing it
//! again, keeps its digest. An animation has none.

use crate::{perceptual::SoftValue, Digest, Error, Perceptual};
use image::{
	codecs::{bmp::BmpDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder},
	DynamicImage, GrayImage, ImageDecoder, ImageError, ImageFormat, Limits,
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::io::Cursor;

/// The most pixels of a picture: 2^27, decoded at most 1 GiB.
pub const MAX_PIXELS: u64 = 1 << 27;
/// The longest side of a picture, as in JPEG.
pub const MAX_SIDE: u32 = 65_535;

const TAG: &[u8] = b"tallystick/pixels/1";

/// A decoded picture, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pixels {
	/// Its width in pixels, as it is shown.
	pub width: u32,
	/// Its height in pixels, as it is shown.
	pub height: u32,
	/// The pixel digest.
	#[serde(serialize_with = "crate::hex0x")]
	pub digest: Digest,
	/// By what changed copies are found. `None` where the picture is [too plain](crate::perceptual)
	/// to be told from others.
	pub perceptual: Option<Perceptual>,
}

impl Pixels {
	/// What an anchor of the picture says as soft bindings: the pixel digest, and the perceptual
	/// value if there is one. At most six.
	pub fn soft_values(&self) -> Vec<SoftValue> {
		let perceptual = self.perceptual.iter().flat_map(Perceptual::soft_values);
		std::iter::once(SoftValue::pixels(&self.digest)).chain(perceptual).collect()
	}
}

/// Decodes a file of a known format.
pub(crate) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Pixels, Error> {
	let source = Cursor::new(bytes);
	let image = match format {
		ImageFormat::Png => {
			let decoder = PngDecoder::with_limits(source, limits()).map_err(failed)?;
			still(decoder.is_apng().map_err(failed)?)?;
			upright(decoder)
		}
		ImageFormat::WebP => {
			let decoder = WebPDecoder::new(source).map_err(failed)?;
			still(decoder.has_animation())?;
			upright(decoder)
		}
		ImageFormat::Jpeg => upright(JpegDecoder::new(source).map_err(failed)?),
		ImageFormat::Bmp => upright(BmpDecoder::new(source).map_err(failed)?),
		_ => Err(Error::Format),
	}?;
	Ok(read(&image))
}

/// What a decoder may take. Its own sizes are checked in [`upright`].
fn limits() -> Limits {
	let mut limits = Limits::default();
	limits.max_image_width = Some(MAX_SIDE);
	limits.max_image_height = Some(MAX_SIDE);
	limits.max_alloc = Some(MAX_PIXELS * 8);
	limits
}

fn still(animated: bool) -> Result<(), Error> {
	if animated {
		return Err(Error::Animated);
	}
	Ok(())
}

/// The decoded picture, turned as EXIF says.
fn upright(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Error> {
	let (width, height) = decoder.dimensions();
	let pixels = u64::from(width) * u64::from(height);
	if pixels == 0 || pixels > MAX_PIXELS || width.max(height) > MAX_SIDE {
		return Err(Error::Dimensions { width, height });
	}
	decoder.set_limits(limits()).map_err(failed)?;
	let orientation = decoder.orientation().map_err(failed)?;
	let mut image = DynamicImage::from_decoder(decoder).map_err(failed)?;
	image.apply_orientation(orientation);
	Ok(image)
}

fn failed(error: ImageError) -> Error {
	Error::Decode(error.to_string())
}

/// Digest and brightness of a picture, a row at a time: it is never held in both forms.
fn read(image: &DynamicImage) -> Pixels {
	let (width, height) = (image.width(), image.height());
	let mut hasher = Sha256::new();
	hasher.update(TAG);
	hasher.update(width.to_be_bytes());
	hasher.update(height.to_be_bytes());
	let mut luma = Vec::with_capacity(width as usize * height as usize);
	let mut canonical = Vec::with_capacity(width as usize * 8);
	for y in 0..height {
		canonical.clear();
		for pixel in image.crop_imm(0, y, width, 1).into_rgba16().pixels() {
			let seen = if pixel.0[3] == 0 { [0; 4] } else { pixel.0 };
			canonical.extend(seen.into_iter().flat_map(u16::to_be_bytes));
			luma.push(brightness(seen));
		}
		hasher.update(&canonical);
	}
	let perceptual =
		GrayImage::from_raw(width, height, luma).and_then(|luma| Perceptual::of(&luma));
	Pixels { width, height, digest: hasher.finalize().into(), perceptual }
}

/// The brightness of a pixel over white (BT.709), in 8 bits.
fn brightness([r, g, b, a]: [u16; 4]) -> u8 {
	let [r, g, b, a] = [r, g, b, a].map(u64::from);
	let luma = (2_126 * r + 7_152 * g + 722 * b) / 10_000;
	((luma * a + 65_535 * (65_535 - a)) / 65_535 / 257) as u8
}
