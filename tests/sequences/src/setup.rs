//! The lineage that a sequence starts from: a random graph of artifacts with plans, providers and
//! consumers, made by the same steps.

use crate::{
	chain::PEOPLE,
	machine::RICH,
	step::{By, Flaw, Part, Size, Step},
};

/// What a sequence starts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Start {
	/// Artifacts.
	pub artifacts: u16,
	/// What their lineage is made from.
	pub seed: u64,
}

/// Numbers that are the same in each run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
	fn roll(&mut self, sides: u64) -> u64 {
		self.0 =
			self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
		(self.0 >> 33) % sides
	}

	fn byte(&mut self, sides: u64) -> u8 {
		u8::try_from(self.roll(sides)).unwrap_or_default()
	}

	fn short(&mut self) -> u16 {
		u16::try_from(self.roll(65_536)).unwrap_or_default()
	}

	fn part(&mut self) -> Part {
		Part(match self.roll(8) {
			0 => 333_333_333,
			1 => 1,
			2 => 500_000_000,
			_ => u32::try_from(self.roll(300_000_000)).unwrap_or_default(),
		})
	}
}

impl Start {
	/// The most artifacts that a sequence from here has: some can be registered in it.
	pub fn limit(&self) -> u32 {
		match self.artifacts {
			0..=64 => 64,
			_ => 1_024,
		}
	}

	/// The steps that lead to it.
	pub fn steps(&self) -> Vec<Step> {
		let mut dice = Dice(self.seed);
		let (right, flaw) = (By::Right, Flaw::None);
		let person = u64::from(RICH);
		let mut steps = Vec::new();
		for id in 0..self.artifacts {
			let mut parents = Vec::new();
			for _ in 0..dice.roll(4) {
				// Mostly from recent ones: lineages get deep.
				let back = if dice.roll(8) == 0 { u64::from(id) } else { 12 };
				let back = 1 + dice.roll(back.max(1));
				let parent = u64::from(id).saturating_sub(back);
				parents.push((u16::try_from(parent).unwrap_or_default(), dice.part()));
			}
			let contributors =
				(0..dice.roll(3)).map(|_| (dice.byte(u64::from(PEOPLE)), dice.part())).collect();
			let who = dice.byte(person);
			let kind = dice.byte(4);
			steps.push(Step::Register { who, kind, licence: 0, parents, contributors, flaw });
			steps.push(Step::Publish { artifact: id, by: right, flaw });
		}
		for who in 0..8 {
			steps.push(Step::RegisterProvider { who: who * 5, flaw });
		}
		let plans = (self.artifacts / 2 + 1).min(24);
		for n in 0..plans {
			// The youngest have the longest lineage above them.
			let artifact = self.artifacts.saturating_sub(1 + n);
			steps.push(Step::CreatePlan {
				artifact,
				by: right,
				currency: dice.byte(256),
				price: dice.byte(256),
				tariff: dice.byte(256),
				window: dice.byte(256),
				slots: dice.byte(256) & 15,
				flaw,
			});
		}
		for n in 0..2 * plans {
			let provider = dice.short();
			// The n-th plan's artifact: see what a pick means to an offer.
			let artifact = 4 * (n % plans) + 1;
			let (part, deadline) = (dice.part(), dice.byte(8));
			steps.push(Step::Offer { provider, by: right, artifact, part, deadline, flaw });
			steps.push(Step::AcceptOffering { offering: 0, by: right, flaw });
		}
		for _ in 0..3 * plans {
			let units = Size::Some(dice.short());
			steps.push(Step::Buy { who: dice.byte(person), plan: dice.short(), units, flaw });
		}
		steps
	}
}
