//! What the owners of an artifact have granted so far, and whoever gets it takes over: derivatives that may
//! be registered, and the room that is kept for providers. Contributors and their shares are in its view.

use super::derivative;
use crate::{
	amount::show_share,
	chain,
	client::{failed, At},
	output::Failure,
};
use serde_json::{json, Value};
use tallystick_primitives::{ArtifactId, Share};

/// See the module.
pub struct Granted {
	/// How many derivatives are approved and not registered yet.
	approvals: usize,
	/// The largest share that any provider ever had. It stays kept for providers.
	dearest: Share,
}

impl Granted {
	/// What is granted of `artifact`.
	pub async fn of(at: &At, artifact: ArtifactId) -> Result<Self, Failure> {
		let requests = derivative::requests_of(at, artifact).await?;
		let dearest = chain::storage().providers().dearest_shares();
		let dearest = at.storage().fetch(dearest, (artifact,)).await.map_err(failed)?;
		Ok(Self {
			approvals: requests.iter().filter(|request| request.approved).count(),
			dearest: dearest.decode().map_err(failed)?.0,
		})
	}

	/// For people. Empty where nothing is granted.
	pub fn rows(&self) -> [(&'static str, String); 2] {
		let approvals = match self.approvals {
			0 => String::new(),
			number => format!("{number}, not registered yet"),
		};
		let dearest = if self.dearest.is_zero() { String::new() } else { show_share(self.dearest) };
		[("approved derivatives", approvals), ("kept for providers", dearest)]
	}

	/// For programs.
	pub fn json(&self) -> Value {
		json!({ "approvals": self.approvals, "dearest_provider_share": show_share(self.dearest) })
	}
}
