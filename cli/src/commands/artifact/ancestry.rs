//! The artifacts that an artifact was made from, and those that they were made from.
//!
//! Parents are older than their children, so that there is no cycle; but many paths can lead to the same
//! ancestor. Each is therefore looked up once, and printed in full once: what follows are references.

use super::view;
use crate::{
	account::AccountId,
	client::{At, Client},
	output::Failure,
};
use std::collections::{BTreeMap, BTreeSet};
use subxt::ext::futures::future::try_join_all;
use tallystick_primitives::{runtime_api::ArtifactView, ArtifactId};

/// The most artifacts that are looked up, unless the user asks for more.
pub const MOST: u32 = 1_000;
/// How many artifacts are asked for at once.
const PAGE: usize = 32;

/// An artifact with its ancestors, as far as they were looked up.
pub struct Lineage {
	/// Where it begins.
	pub root: ArtifactId,
	/// All of them.
	pub artifacts: BTreeMap<ArtifactId, ArtifactView<AccountId>>,
	/// Ancestors that are named and were not looked up, because there are too many.
	pub left_out: BTreeSet<ArtifactId>,
}

impl Lineage {
	/// Looks up an artifact and its ancestors, `most` in all, the nearest first.
	pub async fn of(
		client: &Client,
		at: &At,
		root: ArtifactId,
		most: u32,
	) -> Result<Self, Failure> {
		let mut artifacts = BTreeMap::new();
		artifacts.insert(root, view(client, at, root).await?);
		let mut left_out = BTreeSet::new();
		let mut wanted = parents_beyond(&artifacts, &artifacts);
		while !wanted.is_empty() {
			let room = (most as usize).saturating_sub(artifacts.len());
			let (now, never): (Vec<_>, Vec<_>) =
				wanted.iter().copied().enumerate().partition(|(index, _)| *index < room);
			left_out.extend(never.into_iter().map(|(_, id)| id));
			let mut found = BTreeMap::new();
			let ids: Vec<ArtifactId> = now.into_iter().map(|(_, id)| id).collect();
			for page in ids.chunks(PAGE) {
				let views = page.iter().map(|id| view(client, at, *id));
				found.extend(page.iter().copied().zip(try_join_all(views).await?));
			}
			artifacts.extend(found.clone());
			wanted = parents_beyond(&found, &artifacts);
			wanted.retain(|id| !left_out.contains(id));
		}
		Ok(Self { root, artifacts, left_out })
	}
}

/// The parents of `those` that are not in `known`, the newest first.
fn parents_beyond(
	those: &BTreeMap<ArtifactId, ArtifactView<AccountId>>,
	known: &BTreeMap<ArtifactId, ArtifactView<AccountId>>,
) -> Vec<ArtifactId> {
	let parents = those.values().flat_map(|view| view.parents.iter().map(|parent| parent.artifact));
	let beyond: BTreeSet<_> = parents.filter(|id| !known.contains_key(id)).collect();
	beyond.into_iter().rev().collect()
}
