//! `tallystick_*`: reading the chain's state without knowing SCALE.

use super::{
	error::Error,
	views::{
		Anchor, AnchorList, Anchors, Artifact, Children, Claimants, Job, Plan, Published,
		SignedReceipt, Versions,
	},
};
use crate::{inference::Local, service::Client};
use jsonrpsee::{core::RpcResult, proc_macros::rpc};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;
use tallystick_primitives::{
	runtime_api::TallystickApi as RuntimeApi, AnchorId, ArtifactId, Digest, JobId, PlanId,
};
use tallystick_runtime::{opaque::Block, AccountId, Hash};

/// Entries of a list in one answer, where the caller names no number.
const DEFAULT_PAGE: u32 = 20;
/// Entries of a list in one answer.
const MAX_PAGE: u32 = 100;

/// Reading Tallystick's state, at the best block or at `at`.
#[rpc(server)]
pub trait TallystickApi {
	/// An artifact with its newest versions, or null.
	#[method(name = "tallystick_artifact", blocking)]
	fn artifact(&self, id: ArtifactId, at: Option<Hash>) -> RpcResult<Option<Artifact>>;

	/// The versions of an artifact, oldest first, from number `start` on.
	#[method(name = "tallystick_versions", blocking)]
	fn versions(
		&self,
		id: ArtifactId,
		start: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Versions>;

	/// The artifacts that name an artifact as a parent, oldest first, from the `start`th on.
	#[method(name = "tallystick_children", blocking)]
	fn children(
		&self,
		id: ArtifactId,
		start: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Children>;

	/// The artifacts that have a digest as a version, in the order in which they published it, from the
	/// `start`th on.
	#[method(name = "tallystick_published", blocking)]
	fn published(
		&self,
		digest: Digest,
		start: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Published>;

	/// A plan, or null.
	#[method(name = "tallystick_plan", blocking)]
	fn plan(&self, id: PlanId, at: Option<Hash>) -> RpcResult<Option<Plan>>;

	/// A job, or null: jobs go when their dispute window is over.
	#[method(name = "tallystick_job", blocking)]
	fn job(&self, id: JobId, at: Option<Hash>) -> RpcResult<Option<Job>>;

	/// The signed receipt of a job that this node answered, or null.
	#[method(name = "tallystick_receipt", blocking)]
	fn receipt(&self, job: JobId) -> RpcResult<Option<SignedReceipt>>;

	/// An anchor, or null.
	#[method(name = "tallystick_anchor", blocking)]
	fn anchor(&self, id: AnchorId, at: Option<Hash>) -> RpcResult<Option<Anchor>>;

	/// Who claims a digest, confirmed ones first: the places from `start` on.
	#[method(name = "tallystick_anchors", blocking)]
	fn anchors(
		&self,
		digest: Digest,
		start: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Claimants>;

	/// The anchors that have something in common, from number `start` on.
	#[method(name = "tallystick_anchorsBy", blocking)]
	fn anchors_by(
		&self,
		list: AnchorList,
		start: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Anchors>;
}

/// Answers `tallystick_*`.
pub struct Tallystick {
	client: Arc<Client>,
	local: Option<Arc<Local>>,
}

impl Tallystick {
	/// Without `local`, there are no receipts.
	pub fn new(client: Arc<Client>, local: Option<Arc<Local>>) -> Self {
		Self { client, local }
	}

	fn at(&self, at: Option<Hash>) -> Hash {
		at.unwrap_or_else(|| self.client.info().best_hash)
	}
}

impl TallystickApiServer for Tallystick {
	fn artifact(&self, id: ArtifactId, at: Option<Hash>) -> RpcResult<Option<Artifact>> {
		let view = self.client.runtime_api().artifact(self.at(at), id).map_err(Error::from)?;
		Ok(view.map(|view| Artifact::new(id, view)))
	}

	fn versions(
		&self,
		id: ArtifactId,
		start: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Versions> {
		let (start, limit) = page(start, limit)?;
		let api = self.client.runtime_api();
		let page = api.versions(self.at(at), id, start, limit).map_err(Error::from)?;
		Ok(page.into())
	}

	fn children(
		&self,
		id: ArtifactId,
		start: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Children> {
		let (start, limit) = page(start, limit)?;
		let api = self.client.runtime_api();
		// The type of accounts does not show in a list of artifacts.
		let page = RuntimeApi::<Block, AccountId>::children(&*api, self.at(at), id, start, limit);
		Ok(page.map_err(Error::from)?.into())
	}

	fn published(
		&self,
		digest: Digest,
		start: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Published> {
		let (start, limit) = page(start, limit)?;
		let api = self.client.runtime_api();
		let page = api.published(self.at(at), digest, start, limit).map_err(Error::from)?;
		Ok(page.into())
	}

	fn plan(&self, id: PlanId, at: Option<Hash>) -> RpcResult<Option<Plan>> {
		let api = self.client.runtime_api();
		// The type of accounts does not show in a plan.
		let view = RuntimeApi::<Block, AccountId>::plan(&*api, self.at(at), id);
		let view = view.map_err(Error::from)?;
		Ok(view.map(|view| Plan::new(id, view)))
	}

	fn job(&self, id: JobId, at: Option<Hash>) -> RpcResult<Option<Job>> {
		let view = self.client.runtime_api().job(self.at(at), id).map_err(Error::from)?;
		Ok(view.map(|view| Job::new(id, view)))
	}

	fn receipt(&self, job: JobId) -> RpcResult<Option<SignedReceipt>> {
		let Some(local) = &self.local else { return Err(Error::WorkerOff.into()) };
		Ok(local
			.receipt(job)
			.map(|bytes| SignedReceipt::decode(&bytes))
			.transpose()
			.map_err(|error| Error::Internal(format!("the receipt of job {job}: {error}")))?)
	}

	fn anchor(&self, id: AnchorId, at: Option<Hash>) -> RpcResult<Option<Anchor>> {
		let view = self.client.runtime_api().anchor(self.at(at), id).map_err(Error::from)?;
		Ok(view.map(Anchor::from))
	}

	fn anchors(
		&self,
		digest: Digest,
		start: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Claimants> {
		let (start, limit) = page(start, limit)?;
		let api = self.client.runtime_api();
		let page = api.anchors(self.at(at), digest, start, limit).map_err(Error::from)?;
		Ok(page.into())
	}

	fn anchors_by(
		&self,
		list: AnchorList,
		start: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> RpcResult<Anchors> {
		let (start, limit) = page(start, limit)?;
		let key = list.try_into().map_err(Error::BadInput)?;
		let api = self.client.runtime_api();
		let page = api.anchors_by(self.at(at), key, start, limit).map_err(Error::from)?;
		Ok(page.into())
	}
}

/// Which page is asked for.
fn page(start: Option<u32>, limit: Option<u32>) -> Result<(u32, u32), Error> {
	let (start, limit) = (start.unwrap_or(0), limit.unwrap_or(DEFAULT_PAGE));
	if limit > MAX_PAGE {
		return Err(Error::BadInput(format!(
			"limit is {limit}: ask for at most {MAX_PAGE} entries, and for the next ones by start"
		)));
	}
	Ok((start, limit))
}
