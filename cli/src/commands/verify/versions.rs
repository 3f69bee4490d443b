//! Which artifacts have a digest as a version.
//!
//! The chain lists them in the order in which they published it, and a page of that list costs the same
//! however long it is. Anybody can make it long by copies, and be in front. So a bounded part of it is
//! read, and those whose word can count are looked up by name as well: by the NFTs that they own. How many
//! those are is their own doing, since nobody is given an artifact that they do not accept.
//!
//! What somebody published and does not own any more is found in the list alone. It does not matter for
//! what their word is worth: the owner says what becomes of a version.

use crate::{
	account::{to_subxt, AccountId},
	chain,
	client::{failed, At, Client},
	commands::artifact,
	output::Failure,
};
use subxt::ext::futures::future::try_join_all;
use tallystick_primitives::{
	runtime_api::{PublishedPage, PublishedView},
	ArtifactId, Digest,
};

/// How many pages of the list are read, a hundred artifacts on each.
const PAGES: u32 = 10;
/// How many artifacts of an owner are looked through.
const OWNED: usize = 10_000;
/// How many of them are looked at, of those that have the version and are not on the pages.
const SHOWN: usize = 8;

/// The artifacts with a version, as far as they were looked at.
#[derive(Default)]
pub struct Published {
	/// In the order in which they published it, then those that were looked up by name.
	pub versions: Vec<PublishedView<AccountId>>,
	/// How many there are in all.
	pub total: u32,
	/// Owners with more artifacts than were looked through, or at.
	pub beyond: Vec<AccountId>,
}

impl Published {
	/// The first artifacts that have `digest` as a version.
	pub async fn of(client: &Client, at: &At, digest: Digest) -> Result<Self, Failure> {
		let mut all = Self::default();
		let mut next = Some(0u32);
		for _ in 0..PAGES {
			let Some(start) = next else { break };
			let page: PublishedPage<AccountId> =
				client.ask(at, "published", (digest, start, 100u32)).await?;
			all.versions.extend(page.versions);
			(all.total, next) = (page.total, page.next);
		}
		Ok(all)
	}

	/// Whether there are some that were not looked at.
	pub fn has_more(&self) -> bool {
		u64::from(self.total) > self.versions.len() as u64
	}

	/// Looks `artifact` up, unless it is there: whatever others published before it.
	pub async fn look_up(
		&mut self,
		client: &Client,
		at: &At,
		digest: Digest,
		artifact: ArtifactId,
	) -> Result<(), Failure> {
		if !self.has(artifact) {
			self.versions.extend(view(client, at, digest, artifact).await?);
		}
		Ok(())
	}

	/// Looks up what these accounts own, unless all there is was looked at.
	pub async fn look_up_owners(
		&mut self,
		client: &Client,
		at: &At,
		digest: Digest,
		owners: &[AccountId],
	) -> Result<(), Failure> {
		if !self.has_more() || owners.is_empty() {
			return Ok(());
		}
		let collection = at.storage().fetch(chain::storage().registry().collection(), ()).await;
		let collection = collection.map_err(failed)?.decode().map_err(failed)?;
		let known = |artifact| self.has(artifact);
		let owned =
			owners.iter().map(|owner| owned_by(client, at, digest, collection, owner, known));
		let owned = try_join_all(owned).await?;
		let mut artifacts = Vec::new();
		for (owner, (mut ids, is_all)) in owners.iter().zip(owned) {
			if !is_all || ids.len() > SHOWN {
				self.beyond.push(owner.clone());
			}
			ids.truncate(SHOWN);
			artifacts.extend(ids);
		}
		let views = artifacts.into_iter().map(|artifact| view(client, at, digest, artifact));
		self.versions.extend(try_join_all(views).await?.into_iter().flatten());
		Ok(())
	}

	fn has(&self, artifact: ArtifactId) -> bool {
		self.versions.iter().any(|version| version.artifact == artifact)
	}
}

/// `artifact`, if it has `digest` as a version.
async fn view(
	client: &Client,
	at: &At,
	digest: Digest,
	artifact: ArtifactId,
) -> Result<Option<PublishedView<AccountId>>, Failure> {
	let view = artifact::view(client, at, artifact).await?;
	let version = artifact::version::find(client, at, artifact, digest).await?;
	Ok(version.map(|version| PublishedView {
		artifact,
		owner: view.owner,
		kind: view.kind,
		name: view.name,
		licence: view.licence,
		parents: view.parents,
		serving: view.serving == Some(digest),
		version,
	}))
}

/// The artifacts of `owner` that have `digest` as a version, without those that are `known`, and whether
/// all that they own were looked through. What is known is not asked for again: a light client would have
/// it proved.
async fn owned_by(
	client: &Client,
	at: &At,
	digest: Digest,
	collection: u32,
	owner: &AccountId,
	known: impl Fn(ArtifactId) -> bool,
) -> Result<(Vec<ArtifactId>, bool), Failure> {
	let owned = chain::storage().nfts().account();
	let owned = at.storage().iter(owned, (to_subxt(owner), collection)).await;
	let mut owned = owned.map_err(failed)?;
	let (mut ids, mut is_all) = (Vec::new(), true);
	while let Some(entry) = owned.next().await {
		if ids.len() == OWNED {
			is_all = false;
			break;
		}
		let entry = entry.map_err(failed)?;
		let (_, _, artifact) = entry.key().map_err(failed)?.decode().map_err(failed)?;
		ids.push(artifact);
	}
	ids.retain(|artifact| !known(*artifact));
	let versions = at.storage().entry(chain::storage().registry().versions()).map_err(failed)?;
	let keys: Result<Vec<_>, _> =
		ids.iter().map(|artifact| versions.fetch_key((*artifact, digest))).collect();
	let values = client.values(at, &keys.map_err(failed)?).await?;
	let found = ids.into_iter().zip(values).filter_map(|(artifact, value)| value.map(|_| artifact));
	Ok((found.collect(), is_all))
}
