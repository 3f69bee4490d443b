//! What is kept of a request until its answer is there, so that an interrupted command can go on.

use super::{request, Asked, Input};
use crate::{
	account::{to_subxt, Account},
	chain,
	client::{failed, Client},
	commands::plan,
	evidence::{PARAMETERS, QUESTION, RECEIPT},
	output::{hex0x, parse_hash, Failure},
};
use serde::{Deserialize, Serialize};
use std::path::Path;
use tallystick_primitives::PlanId;

/// The file beside question and parameters.
pub const PENDING: &str = "pending.json";

/// A request that was sent, or was about to be.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
	salt: String,
	plan: PlanId,
	/// The best block when it was sent.
	sent_at: u32,
	/// The last block that can have it.
	valid_until: u32,
}

/// A directory with a receipt is not written over.
pub fn refuse_used(dir: &Path) -> Result<(), Failure> {
	for (name, what) in [(RECEIPT, "holds a receipt"), (PENDING, "holds an unfinished request")] {
		if dir.join(name).exists() {
			return Err(Failure::usage(format!("{} {what}", dir.display())).hint(
				"name another directory with --save; what is unfinished goes on with --resume",
			));
		}
	}
	Ok(())
}

impl Pending {
	/// What finds the job of `input` again.
	pub fn new(plan: PlanId, input: &Input, sent_at: u32, valid_until: u32) -> Self {
		Self { salt: hex0x(input.salt), plan, sent_at, valid_until }
	}

	/// Writes it, with question and parameters.
	pub fn save(&self, dir: &Path, input: &Input) -> Result<(), Failure> {
		let all = || {
			std::fs::create_dir_all(dir)?;
			std::fs::write(dir.join(QUESTION), &input.question)?;
			std::fs::write(dir.join(PARAMETERS), &input.parameters)?;
			std::fs::write(dir.join(PENDING), serde_json::to_vec_pretty(self).unwrap_or_default())
		};
		all().map_err(|error| {
			Failure::new(format!("cannot write to {}: {error}", dir.display()))
				.hint("nothing is asked yet: name another directory with --save")
		})
	}

	/// Reads it, with question and parameters.
	pub fn load(dir: &Path) -> Result<(Self, Input), Failure> {
		let read = |name: &str| {
			std::fs::read(dir.join(name)).map_err(|error| {
				Failure::new(format!("cannot read {}: {error}", dir.join(name).display())).hint(
					"only what `tally infer --save DIR` began, and did not finish, can be resumed",
				)
			})
		};
		let broken = |why: String| {
			Failure::new(format!("{} cannot be used: {why}", dir.join(PENDING).display()))
		};
		let pending: Self =
			serde_json::from_slice(&read(PENDING)?).map_err(|error| broken(error.to_string()))?;
		let salt = parse_hash(&pending.salt).map_err(broken)?;
		let input = Input { salt, question: read(QUESTION)?, parameters: read(PARAMETERS)? };
		Ok((pending, input))
	}

	/// Finds the job in the blocks that can have it, by its commitment.
	pub async fn find(
		&self,
		client: &Client,
		account: &Account,
		input: &Input,
	) -> Result<Asked, Failure> {
		let (who, commitment) = (to_subxt(&account.id()), input.request());
		let progress = client.progress("looking for the request");
		let best = u32::try_from(client.best().await?.block_number()).unwrap_or(u32::MAX);
		for number in self.sent_at..=self.valid_until.min(best) {
			let Some(hash) = client.hash_of(number).await? else { continue };
			let at = client.at(hash).await?;
			let events = at.events().fetch().await.map_err(failed)?;
			let found = events
				.find::<chain::inference::events::Requested>()
				.filter_map(Result::ok)
				.find(|event| event.request == commitment && event.consumer == who);
			if let Some(event) = found {
				progress.done();
				let plan = plan::view(client, &at, event.plan).await?;
				return Ok(request::asked(event, plan.tariff, number.into()));
			}
		}
		progress.done();
		Err(if best < self.valid_until {
			Failure::new("the request is in no block yet").code("NotIncluded").hint(format!(
				"try again; after block {} it cannot come any more",
				self.valid_until
			))
		} else {
			Failure::new(
				"the chain never took the request, or another account asked; nothing is held",
			)
			.code("NotIncluded")
			.hint("sign with the account that asked, or ask again")
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_request_is_kept_before_it_is_sent() {
		let dir = tempfile::tempdir().unwrap();
		let place = dir.path().join("a");
		let input = Input { salt: [3; 32], question: b"q".to_vec(), parameters: b"{}".to_vec() };
		let pending = Pending::new(4, &input, 10, 30);
		refuse_used(&place).unwrap();
		pending.save(&place, &input).unwrap();
		assert_eq!(Pending::load(&place).unwrap(), (pending, input));
		assert!(refuse_used(&place).unwrap_err().to_string().contains("--resume"));
		std::fs::rename(place.join(PENDING), place.join(RECEIPT)).unwrap();
		assert!(refuse_used(&place).unwrap_err().to_string().contains("holds a receipt"));
		assert!(Pending::load(dir.path()).unwrap_err().to_string().contains("infer --save"));
	}
}
