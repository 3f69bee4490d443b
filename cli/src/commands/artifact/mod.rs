//! `tally artifact`: register artifacts, publish versions, say what others may do with them, hand them
//! over, look at them.

mod ancestry;
mod bom;
pub mod deposit;
mod derivative;
mod gift;
mod granted;
mod lineage;
mod metadata;
mod parentage;
mod publish;
mod register;
mod shares;
mod show;
pub mod terms;
pub mod version;

pub use show::{kind_name, state_words};

use super::{parse_contributor, parse_digest, Context};
use crate::{
	account::{self, AccountId},
	chain,
	client::{failed, At, Client},
	output::{Failure, Outcome},
};
use clap::{Subcommand, ValueEnum};
use tallystick_primitives::{
	lineage::Relation, runtime_api::ArtifactView, ArtifactId, ArtifactKind, Digest,
};

/// Register models, adapters, datasets and code, and publish versions of them.
#[derive(Subcommand)]
pub enum Command {
	/// Register an artifact: you get its NFT, and with it what it earns.
	Register(Box<register::Register>),
	Update(register::Update),
	/// Change what others may do with an artifact, from now on.
	Licence(Box<register::LicenceChange>),
	Publish(publish::Publish),
	Show(show::Show),
	List(show::List),
	Lineage(lineage::Options),
	Bom(bom::Options),
	/// Fetch the metadata document of an artifact from the places that the chain names, and check it.
	Metadata(metadata::Options),
	/// Fetch the files of a version from the places that the chain names, and check each.
	Fetch(version::Fetch),
	Confirm(parentage::Confirm),
	Versions(version::Versions),
	Deprecate(version::Deprecate),
	Withdraw(version::Withdraw),
	Serve(version::Serve),
	Locators(version::Locate),
	RequestDerivative(derivative::Request),
	Requests(derivative::Requests),
	Approve(derivative::Approve),
	Refuse(derivative::Refuse),
	Give(gift::Give),
	Accept(gift::Accept),
	CancelGift(gift::Cancel),
	AddContributor(shares::Add),
	Renounce(shares::Renounce),
	TransferShare(shares::Transfer),
}

/// What an artifact is.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
	/// A model that can be served by itself.
	Model,
	/// A fine-tune, LoRA or other addition to a model.
	Adapter,
	/// Data to train or evaluate with.
	Dataset,
	/// Programs.
	Code,
}

impl From<Kind> for ArtifactKind {
	fn from(kind: Kind) -> Self {
		match kind {
			Kind::Model => Self::Model,
			Kind::Adapter => Self::Adapter,
			Kind::Dataset => Self::Dataset,
			Kind::Code => Self::Code,
		}
	}
}

/// How an artifact was made from a parent, as it is named here.
const RELATIONS: [(&str, Relation); 6] = [
	("fine-tuned-from", Relation::FineTunedFrom),
	("trained-on", Relation::TrainedOn),
	("distilled-from", Relation::DistilledFrom),
	("quantized-from", Relation::QuantizedFrom),
	("merged-from", Relation::MergedFrom),
	("uses-code", Relation::UsesCode),
];

/// A relation's name.
pub fn relation_name(relation: Relation) -> &'static str {
	let named = RELATIONS.iter().find(|(_, other)| *other == relation);
	named.map_or("made-from", |(name, _)| name)
}

/// Reads a relation.
fn parse_relation(text: &str) -> Result<Relation, String> {
	let named = RELATIONS.iter().find(|(name, _)| *name == text);
	named.map(|(_, relation)| *relation).ok_or_else(|| {
		let names = RELATIONS.map(|(name, _)| name).join(", ");
		format!("`{text}` is no relation: one of {names}")
	})
}

/// Runs a command of this group.
pub async fn run(command: Command, context: &Context) -> Outcome {
	match command {
		Command::Register(options) => register::register(*options, context).await,
		Command::Update(options) => register::update(options, context).await,
		Command::Licence(options) => register::licence(*options, context).await,
		Command::Publish(options) => publish::run(options, context).await,
		Command::Show(options) => show::show(options, context).await,
		Command::List(options) => show::list(options, context).await,
		Command::Lineage(options) => lineage::run(options, context).await,
		Command::Bom(options) => bom::run(options, context).await,
		Command::Metadata(options) => metadata::run(options, context).await,
		Command::Fetch(options) => version::fetch(options, context).await,
		Command::Confirm(options) => parentage::confirm(options, context).await,
		Command::Versions(options) => version::list(options, context).await,
		Command::Deprecate(options) => version::deprecate(options, context).await,
		Command::Withdraw(options) => version::withdraw(options, context).await,
		Command::Serve(options) => version::serve(options, context).await,
		Command::Locators(options) => version::locate(options, context).await,
		Command::RequestDerivative(options) => derivative::request(options, context).await,
		Command::Requests(options) => derivative::requests(options, context).await,
		Command::Approve(options) => derivative::approve(options, context).await,
		Command::Refuse(options) => derivative::refuse(options, context).await,
		Command::Give(options) => gift::give(options, context).await,
		Command::Accept(options) => gift::accept(options, context).await,
		Command::CancelGift(options) => gift::cancel(options, context).await,
		Command::AddContributor(options) => shares::add(options, context).await,
		Command::Renounce(options) => shares::renounce(options, context).await,
		Command::TransferShare(options) => shares::transfer(options, context).await,
	}
}

/// An artifact, for reading.
pub async fn view(
	client: &Client,
	at: &At,
	artifact: ArtifactId,
) -> Result<ArtifactView<AccountId>, Failure> {
	let view: Option<ArtifactView<AccountId>> = client.ask(at, "artifact", artifact).await?;
	view.ok_or_else(|| {
		Failure::new(format!("there is no artifact {artifact}"))
			.code("Registry.ArtifactNotFound")
			.hint("`tally artifact list` shows the artifacts there are")
	})
}

/// The artifact, if the account that signs owns it: what anybody else would ask of the chain, it refuses.
async fn owned(
	client: &Client,
	artifact: ArtifactId,
	account: &account::Account,
) -> Result<ArtifactView<AccountId>, Failure> {
	let view = view(client, &client.best().await?, artifact).await?;
	if view.owner != account.id() {
		return Err(Failure::new(format!(
			"artifact {artifact} belongs to {}",
			account::show(&view.owner)
		))
		.code("Registry.NotOwner")
		.hint("sign with the owner's key (--account)"));
	}
	Ok(view)
}

/// The versions of an artifact that can be used, the one that its owner recommends first, then the newest.
pub fn usable(view: &ArtifactView<AccountId>) -> Vec<Digest> {
	let servable = view.versions.iter().rev().filter(|version| version.servable);
	let others =
		servable.map(|version| version.digest).filter(|digest| view.serving != Some(*digest));
	view.serving.into_iter().chain(others).collect()
}

/// The id that the next artifact gets: one more than the newest has.
pub async fn next_artifact(at: &At) -> Result<ArtifactId, Failure> {
	let next = at
		.storage()
		.fetch(chain::storage().registry().next_artifact_id(), ())
		.await
		.map_err(failed)?;
	next.decode().map_err(failed)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn relations_are_read_by_their_names() {
		for (name, relation) in RELATIONS {
			assert_eq!(parse_relation(name), Ok(relation));
			assert_eq!(relation_name(relation), name);
		}
		assert!(parse_relation("made-of").unwrap_err().contains("uses-code"));
	}
}
