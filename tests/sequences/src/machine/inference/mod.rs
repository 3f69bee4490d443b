//! Calls of inference, by what they are about, and jobs that end by themselves.

mod receipts;
mod requests;

use super::{now, World};
use crate::{must, Violation};
use tallystick_runtime::Runtime;

impl World {
	pub(super) fn follow_inference(
		&mut self,
		event: pallet_inference::Event<Runtime>,
	) -> Result<(), Violation> {
		use pallet_inference::Event;
		match event {
			Event::Matured { job, .. } => {
				let should = self.model.mature(job, now())?;
				let matured = self.deposit.take();
				self.tell(format!("job {job} matures: {should:?}"));
				self.coverage.count("a job matures", true);
				must!(matured == Some(should), "job {job} gave {matured:?}, and should {should:?}");
			}
			Event::Lapsed { job, .. } => {
				let expires = self.model.jobs.get(&job).map(|job| job.expires);
				must!(
					expires.is_some_and(|last| last + 1 == now()),
					"job {job} lapsed in block {}, and a receipt counts until {expires:?}",
					now()
				);
				self.tell(format!("job {job} lapses"));
				self.coverage.count("a job lapses", true);
				self.model.end(job)?;
			}
			Event::MaturingFailed { job, error, .. } | Event::LapseFailed { job, error, .. } => {
				return Err(format!("job {job} could not end: {error:?}").into());
			}
			_ => {}
		}
		Ok(())
	}
}
