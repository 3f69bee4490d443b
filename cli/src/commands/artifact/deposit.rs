//! What is held from an artifact's owner for what the chain stores of it: what a receiver takes over with a
//! gift, and what a plan adds to.

use crate::{
	amount::show_tly,
	chain,
	client::{failed, At, Client},
	output::{big, Failure},
};
use codec::Decode;
use serde_json::{json, Value};
use tallystick_primitives::{ArtifactId, Balance};

/// As pallet-registry stores it: a `StorageDeposit`, whose ticket is the amount.
#[derive(Decode)]
pub struct Deposit {
	bytes: u64,
	/// Those of them that the artifact's plans take. Plans are never removed.
	of_plans: u64,
	held: Balance,
}

impl Deposit {
	/// The deposit for `artifact`, its versions and its plans.
	pub async fn of(client: &Client, at: &At, artifact: ArtifactId) -> Result<Self, Failure> {
		let entry = at.storage().entry(chain::storage().registry().deposits()).map_err(failed)?;
		let key = entry.fetch_key((artifact,)).map_err(failed)?;
		let value = client.values(at, &[key]).await?.into_iter().next().flatten();
		let value = value.ok_or_else(|| {
			Failure::new(format!("there is no deposit for artifact {artifact}"))
				.code("Registry.ArtifactNotFound")
		})?;
		Self::decode(&mut &value[..]).map_err(failed)
	}

	/// Whether a part of it comes back only when the artifact changes hands.
	pub fn has_plans(&self) -> bool {
		self.of_plans > 0
	}

	/// For people.
	pub fn words(&self) -> String {
		let all = format!("{} for {} bytes", show_tly(self.held), self.bytes);
		match self.of_plans {
			0 => all,
			of_plans => format!(
				"{all}, {of_plans} of them of plans, which comes back only when the artifact changes hands"
			),
		}
	}

	/// For programs.
	pub fn json(&self) -> Value {
		json!({ "held": big(self.held), "bytes": self.bytes, "bytes_of_plans": self.of_plans })
	}
}
