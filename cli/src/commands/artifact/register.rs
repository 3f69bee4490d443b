//! `tally artifact register`, `update`, `licence`: what an artifact is, and what others may do with it.

use super::{owned, parse_contributor, parse_digest, parse_relation, terms, Kind};
use crate::{
	account::{self, AccountId},
	amount::parse_share,
	chain::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec, pallet_registry::types as registry,
		},
	},
	client::Client,
	commands::{bounded, raw, Context},
	digest::sha256_of_file,
	names,
	output::{facts, hex0x, Failure, Outcome, Report},
};
use clap::Args;
use serde_json::{json, Value};
use std::path::{Path, PathBuf};
use subxt::{ext::futures::future::try_join_all, utils::Static};
use tallystick_primitives::{
	licence::Licence, lineage::Relation, provenance::MAX_LOCATORS, runtime_api::ArtifactView,
	ArtifactId, Digest, Share,
};

/// The most parents, and the most contributors, of an artifact.
const MOST: usize = 16;

/// Options of `artifact register`.
#[derive(Args)]
#[command(after_help = "\
Parents, their shares and what their licences say now never change afterwards; contributors give up their share themselves alone. A licence that \
is changed later (`tally artifact licence`) leaves the children that are registered as they are.
Examples:
  tally artifact register --account owner.key --kind model --metadata card.json --licence Apache-2.0
  tally artifact register --kind model --name Base --metadata card.json --locator https://example.org/card.json --locator ipfs://bafy/card.json --licence Apache-2.0 --derivation by-approval --least-share 5% --least-per-call 0.001TLY --expires 5000000
  tally artifact register --kind adapter --name 'My LoRA' --metadata lora.json --licence MIT --parent 0:fine-tuned-from:20% --contributor //Charlie:10%")]
pub struct Register {
	/// What it is.
	#[arg(long)]
	kind: Kind,
	/// Its name, for people: at most 64 bytes. Others may take the same. Without it: the `name` in the
	/// metadata document.
	#[arg(long)]
	name: Option<String>,
	#[command(flatten)]
	document: Document,
	/// The licence's SPDX id.
	#[arg(long, value_name = "SPDX")]
	licence: String,
	#[command(flatten)]
	terms: terms::Terms,
	/// What it was made from: ARTIFACT:RELATION:SHARE. Relations: fine-tuned-from, trained-on,
	/// distilled-from, quantized-from, merged-from, uses-code. Can be given again.
	#[arg(long = "parent", value_name = "ARTIFACT:RELATION:SHARE", value_parser = parse_parent)]
	parents: Vec<ParentClaim>,
	/// Who shares in what it earns: ACCOUNT:SHARE. Can be given again.
	#[arg(long = "contributor", value_name = "ACCOUNT:SHARE", value_parser = parse_contributor)]
	contributors: Vec<(AccountId, Share)>,
}

/// The metadata document of a new artifact.
#[derive(Args)]
struct Document {
	/// The metadata document: a model card as JSON. Only its SHA-256 goes on chain.
	#[arg(long, value_name = "FILE", required_unless_present = "metadata_digest")]
	metadata: Option<PathBuf>,
	/// SHA-256 of the metadata document, instead of the document.
	#[arg(long, value_name = "HEX", value_parser = parse_digest, conflicts_with = "metadata")]
	metadata_digest: Option<Digest>,
	/// Where the metadata document can be read: up to four, the preferred place first.
	#[arg(long = "locator", alias = "metadata-uri", value_name = "URI")]
	locators: Vec<String>,
}

/// Change the name of an artifact, its metadata document, or where that is.
#[derive(Args)]
#[command(after_help = "\
What is not named stays as it is; --locator replaces all of them.
Examples:
  tally artifact update --account owner.key 0 --name 'Tiny Llama 2' --metadata card-2.json
  tally artifact update --account owner.key 0 --locator https://example.org/card.json --locator ar://Tx1
  tally artifact update --account owner.key 0 --no-locators")]
pub struct Update {
	/// The artifact.
	artifact: ArtifactId,
	/// Its new name.
	#[arg(long)]
	name: Option<String>,
	/// Its new metadata document.
	#[arg(long, value_name = "FILE")]
	metadata: Option<PathBuf>,
	/// SHA-256 of its new metadata document, instead of the document.
	#[arg(long, value_name = "HEX", value_parser = parse_digest, conflicts_with = "metadata")]
	metadata_digest: Option<Digest>,
	/// Where the metadata document can be read: up to four, the preferred place first.
	#[arg(long = "locator", value_name = "URI")]
	locators: Vec<String>,
	/// Name no places of the metadata document any more.
	#[arg(long, conflicts_with = "locators")]
	no_locators: bool,
}

/// Options of `artifact licence`.
#[derive(Args)]
#[command(after_help = "\
What is not named stays as it is. Children that are registered already, and units that are sold, keep what they were \
promised.
Examples:
  tally artifact licence --account owner.key 0 --least-share 10%
  tally artifact licence --account owner.key 0 --spdx LicenseRef-mine --terms licence.txt --no-commercial-use
  tally artifact licence --account owner.key 0 --derivation free --no-least-amount --no-expiry")]
pub struct LicenceChange {
	/// The artifact.
	artifact: ArtifactId,
	/// The new licence's SPDX id.
	#[arg(long, value_name = "SPDX")]
	spdx: Option<String>,
	#[command(flatten)]
	terms: terms::Terms,
}

#[derive(Clone)]
struct ParentClaim {
	artifact: ArtifactId,
	relation: Relation,
	share: Share,
}

fn parse_parent(text: &str) -> Result<ParentClaim, String> {
	let mut parts = text.splitn(3, ':');
	let (Some(artifact), Some(relation), Some(share)) = (parts.next(), parts.next(), parts.next())
	else {
		return Err(format!(
			"`{text}` is not ARTIFACT:RELATION:SHARE, as in 0:fine-tuned-from:20%"
		));
	};
	Ok(ParentClaim {
		artifact: artifact.parse().map_err(|_| format!("`{artifact}` is no artifact's id"))?,
		relation: parse_relation(relation)?,
		share: parse_share(share)?,
	})
}

/// As many parents or contributors as an artifact can have.
fn few(what: &str, number: usize) -> Result<(), Failure> {
	if number > MOST {
		return Err(Failure::usage(format!("{number} times {what}, and {MOST} fit")).hint(
			"register what some of them made together as an artifact of its own, and name that",
		));
	}
	Ok(())
}

/// Places, for the chain.
pub fn places(locators: &[String]) -> Result<BoundedVec<BoundedVec<u8>>, Failure> {
	if locators.len() > MAX_LOCATORS as usize {
		let number = locators.len();
		return Err(Failure::usage(format!("{number} times --locator, and {MAX_LOCATORS} fit"))
			.hint("name the places that will last"));
	}
	let places = locators
		.iter()
		.map(|locator| Ok(BoundedVec(bounded("a locator", locator, 256)?)))
		.collect::<Result<_, Failure>>()?;
	Ok(BoundedVec(places))
}

/// The name in a metadata document.
fn name_in(document: Option<&Path>) -> Result<String, Failure> {
	let name = document.and_then(|path| {
		let document: Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
		document["name"].as_str().map(str::to_owned)
	});
	name.ok_or_else(|| {
		Failure::usage("nothing says what the artifact is called")
			.hint("give --name, or a metadata document with a name in it")
	})
}

/// A name, for the chain. What makes it look like another's is told; the chain does not forbid it.
fn name(name: &str) -> Result<BoundedVec<u8>, Failure> {
	let name_bytes = bounded("the name", name, 64)?;
	for warning in names::warnings(name.as_bytes(), []) {
		eprintln!("warning: {warning}");
	}
	Ok(BoundedVec(name_bytes))
}

/// Registers an artifact.
pub async fn register(options: Register, context: &Context) -> Outcome {
	let account = context.account()?;
	let metadata_digest = match (&options.document.metadata, options.document.metadata_digest) {
		(Some(path), _) => sha256_of_file(path)?,
		(None, digest) => digest.unwrap_or_default(),
	};
	let called = match options.name {
		Some(name) => name,
		None => name_in(options.document.metadata.as_deref())?,
	};
	few("--parent", options.parents.len())?;
	few("--contributor", options.contributors.len())?;
	let contributors = options.contributors.iter().map(|(who, share)| registry::Contributor {
		account: account::to_subxt(who),
		share: Static(*share),
	});
	let metadata = registry::Metadata {
		name: name(&called)?,
		digest: metadata_digest,
		locators: places(&options.document.locators)?,
	};
	let licence = options.terms.licence(&options.licence)?;
	let client = context.connect().await?;
	let agreed = agreed(&client, &options.parents).await?;
	let parents =
		options.parents.iter().zip(&agreed).map(|(parent, agreed)| registry::ParentClaim {
			artifact: parent.artifact,
			relation: Static(parent.relation),
			share: Static(parent.share),
			terms: agreed.agreed_hash(),
		});
	let call = chain::transactions().registry().register(
		Static(options.kind.into()),
		metadata,
		Static(licence.clone()),
		BoundedVec(parents.collect()),
		BoundedVec(contributors.collect()),
	);
	let included = client.submit(&call, &account, "register").await?;
	let event: chain::registry::events::Registered = included.event()?;
	let id = event.artifact;
	let parents = || options.parents.iter().zip(&agreed);
	let terms_of = parents().map(|(parent, agreed)| {
		format!("\nagreed to the licence of artifact {}: {}", parent.artifact, terms::words(agreed))
	});
	let text = format!(
		"artifact {id} is registered, and its NFT is yours\n{}{}\nnext: tally artifact publish --artifact {id} DIR",
		facts([
			("name", names::show(called.as_bytes())),
			("owner", account::show(&account.id())),
			("licence", terms::words(&licence)),
			("metadata", hex0x(metadata_digest)),
			("block", included.words()),
		]),
		terms_of.collect::<String>(),
	);
	let json = json!({
		"artifact": id,
		"name": called,
		"owner": account::show(&account.id()),
		"licence": terms::json(&licence),
		"metadata_digest": hex0x(metadata_digest),
		"agreed": parents().map(|(parent, agreed)| json!({
			"artifact": parent.artifact,
			"licence": terms::json(agreed),
			"hash": hex0x(agreed.agreed_hash()),
		})).collect::<Vec<_>>(),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// The licences of the parents, all in one block: what is agreed to for ever. Should one of them change
/// before the registration is in a block, that fails.
async fn agreed(client: &Client, parents: &[ParentClaim]) -> Result<Vec<Licence<u32>>, Failure> {
	if parents.is_empty() {
		return Ok(Vec::new());
	}
	let at = &client.best().await?;
	let licences = parents.iter().map(|parent| async move {
		let view: Option<ArtifactView<AccountId>> =
			client.ask(at, "artifact", parent.artifact).await?;
		view.map(|view| view.licence).ok_or_else(|| {
			Failure::new(format!("there is no artifact {}", parent.artifact))
				.code("Registry.ParentNotFound")
				.hint("`tally artifact list` shows what can be a parent; register it first")
		})
	});
	try_join_all(licences).await
}

/// Changes name, metadata document or places.
pub async fn update(options: Update, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let before = owned(&client, options.artifact, &account).await?;
	let digest = match (&options.metadata, options.metadata_digest) {
		(Some(path), _) => sha256_of_file(path)?,
		(None, digest) => digest.unwrap_or(before.metadata_digest),
	};
	let name = match &options.name {
		Some(new) => name(new)?,
		None => BoundedVec(before.name),
	};
	let locators = if options.no_locators || !options.locators.is_empty() {
		places(&options.locators)?
	} else {
		let locators = before.metadata_locators.iter();
		BoundedVec(locators.map(|locator| BoundedVec(locator.to_vec())).collect())
	};
	let (shown, raw_name) = (names::show(&name.0), raw(&name.0));
	let metadata = registry::Metadata { name, digest, locators };
	let call = chain::transactions().registry().update_metadata(options.artifact, metadata);
	let included = client.submit(&call, &account, "update").await?;
	let _: chain::registry::events::MetadataUpdated = included.event()?;
	let text = format!(
		"artifact {} is changed\n{}",
		options.artifact,
		facts([("name", shown), ("metadata", hex0x(digest)), ("block", included.words())])
	);
	let json = json!({
		"artifact": options.artifact,
		"name": raw_name,
		"metadata_digest": hex0x(digest),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Changes the licence.
pub async fn licence(options: LicenceChange, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let before = owned(&client, options.artifact, &account).await?.licence;
	let licence = options.terms.changed(options.spdx.as_deref(), before.clone())?;
	if licence == before {
		return Err(Failure::usage("the licence stays as it is").hint("name what is to change"));
	}
	let call =
		chain::transactions().registry().update_licence(options.artifact, Static(licence.clone()));
	let included = client.submit(&call, &account, "licence").await?;
	let _: chain::registry::events::LicenceUpdated = included.event()?;
	let text = format!(
		"artifact {} has another licence, for what is registered and sold from now on\n{}",
		options.artifact,
		facts([
			("licence", terms::words(&licence)),
			("until now", terms::words(&before)),
			("block", included.words()),
		])
	);
	let json = json!({
		"artifact": options.artifact,
		"licence": terms::json(&licence),
		"before": terms::json(&before),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn parents_are_read() {
		let parent = parse_parent("3:quantized-from:12.5%").unwrap();
		assert_eq!((parent.artifact, parent.share), (3, Share::from_parts(125_000_000)));
		assert!(matches!(parent.relation, Relation::QuantizedFrom));
		assert!(parse_parent("3:20%").is_err());
		let error = parse_parent("3:made-of:20%").err().unwrap();
		assert!(error.contains("uses-code"), "{error}");
	}

	#[test]
	fn a_name_is_taken_from_the_document() {
		let dir = tempfile::tempdir().unwrap();
		let card = dir.path().join("card.json");
		std::fs::write(&card, r#"{"name":"Tiny Llama"}"#).unwrap();
		assert_eq!(name_in(Some(&card)).unwrap(), "Tiny Llama");
		std::fs::write(&card, "{}").unwrap();
		assert!(name_in(Some(&card)).is_err() && name_in(None).is_err());
	}

	#[test]
	fn places_are_few_and_short() {
		let place = |length: usize| vec!["x".repeat(length)];
		assert!(places(&place(256)).is_ok());
		assert!(places(&place(257)).is_err());
		assert!(places(&[place(1), place(1), place(1), place(1), place(1)].concat()).is_err());
	}
}
