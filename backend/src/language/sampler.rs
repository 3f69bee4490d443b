//! Which token comes next.

use super::transformer::softmax;

/// How to choose among the likely tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampling {
	/// 0 takes the likeliest; above 1 evens out, below 1 sharpens.
	pub temperature: f32,
	/// Only the likeliest tokens that make up this share of the probability take part.
	pub top_p: f32,
	/// The same seed gives the same answer.
	pub seed: u64,
}

/// A choice with its random numbers.
#[derive(Debug)]
pub struct Sampler {
	sampling: Sampling,
	state: u64,
}

impl Sampler {
	/// From the start.
	pub fn new(sampling: Sampling) -> Self {
		Self { state: sampling.seed, sampling }
	}

	/// A token by its logits.
	pub fn choose(&mut self, mut logits: Vec<f32>) -> u32 {
		let mut order: Vec<u32> = (0..).take(logits.len()).collect();
		let by = |x: &[f32], a: u32, b: u32| x[b as usize].total_cmp(&x[a as usize]);
		if self.sampling.temperature <= 0.0 {
			// The first of those that are equally likely.
			return order.into_iter().min_by(|a, b| by(&logits, *a, *b)).unwrap_or_default();
		}
		logits.iter_mut().for_each(|logit| *logit /= self.sampling.temperature);
		softmax(&mut logits);
		order.sort_by(|a, b| by(&logits, *a, *b));
		// The likeliest ones, until they make up top_p.
		let mut share = 0.0;
		let kept = order.iter().position(|token| {
			share += logits[*token as usize];
			share >= self.sampling.top_p
		});
		order.truncate(kept.map_or(order.len(), |last| last + 1));
		let mut left = self.uniform() * share;
		let chosen = order.iter().find(|token| {
			left -= logits[**token as usize];
			left < 0.0
		});
		chosen.or(order.first()).copied().unwrap_or_default()
	}

	/// A number from 0 to below 1, by SplitMix64 (Steele, Lea and Flood, 2014).
	fn uniform(&mut self) -> f32 {
		self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut z = self.state;
		z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		z ^= z >> 31;
		(z >> 40) as f32 / (1u64 << 24) as f32
	}
}
