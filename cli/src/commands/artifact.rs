//! `tally artifact`: register artifacts, publish versions, look at them.

use super::{bounded, parse_contributor, parse_digest, show_money, text, Context};
use crate::{
	account::{self, AccountId},
	amount::{parse_share, show_share},
	chain::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec, pallet_registry::types as registry,
		},
	},
	client::{failed, At, Client},
	digest::{sha256_of_file, FileSet, Listing},
	manifest,
	output::{big, facts, hex0x, table, Failure, Outcome, Progress, Report},
};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{json, Value};
use std::path::{Path, PathBuf};
use subxt::{ext::futures::future::try_join_all, utils::Static};
use tallystick_primitives::{
	provenance::{
		AnchorInfo, AnchorKind, DigestAlgorithm, Document, DocumentKind, Locator, Locators,
	},
	runtime_api::{ArtifactView, PlanView},
	ArtifactId, ArtifactKind, Digest, PlanId, Share,
};

/// Register models, adapters, datasets and code, and publish versions of them.
#[derive(Subcommand)]
pub enum Command {
	/// Register an artifact: you get its NFT, and with it what it earns.
	#[command(after_help = "\
Licence, parents and shares never change afterwards.
Examples:
  tally artifact register --account owner.key --kind model --metadata card.json --licence Apache-2.0
  tally artifact register --kind adapter --metadata lora.json --licence MIT --parent 0:fine-tuned-from:20% --contributor //Charlie:10%")]
	Register(Box<Register>),
	/// Hash the files of a version and put their digest on chain. The files stay with you.
	#[command(after_help = "\
Writes a manifest of all files beside the directory, so that `tally verify` can say which file differs. Keep \
it, and give it to those who are to check. One transaction publishes the version and anchors the manifest.
Example:
  tally artifact publish --account owner.key --artifact 0 ./my-model --format safetensors")]
	Publish(Publish),
	/// Show an artifact: owner, licence, lineage, versions, plans.
	#[command(after_help = "\
Example:
  tally artifact show 0")]
	Show {
		/// The artifact's id.
		artifact: ArtifactId,
	},
	/// List artifacts, the newest first.
	#[command(after_help = "\
Examples:
  tally artifact list
  tally artifact list --owner //Alice --kind model")]
	List {
		/// Only those of this owner.
		#[arg(long, value_name = "ACCOUNT", value_parser = account::parse_account)]
		owner: Option<AccountId>,
		/// Only those of this kind.
		#[arg(long)]
		kind: Option<Kind>,
		/// How many at most.
		#[arg(long, default_value_t = 50)]
		limit: u32,
	},
	/// Say, as a parent's owner, that a child was made from it as it claims.
	#[command(after_help = "\
Example:
  tally artifact confirm --account owner.key --child 1 --parent 0")]
	Confirm {
		/// The artifact that names the parent.
		#[arg(long)]
		child: ArtifactId,
		/// The parent, which you own.
		#[arg(long)]
		parent: ArtifactId,
	},
}

/// Options of `artifact register`.
#[derive(Args)]
pub struct Register {
	/// What it is.
	#[arg(long)]
	kind: Kind,
	/// The metadata document: a model card as JSON. Only its SHA-256 goes on chain.
	#[arg(long, value_name = "FILE", required_unless_present = "metadata_digest")]
	metadata: Option<PathBuf>,
	/// SHA-256 of the metadata document, instead of the document.
	#[arg(long, value_name = "HEX", value_parser = parse_digest, conflicts_with = "metadata")]
	metadata_digest: Option<Digest>,
	/// Where the metadata document can be read.
	#[arg(long, value_name = "URI", default_value = "")]
	metadata_uri: String,
	/// The licence's SPDX id.
	#[arg(long, value_name = "SPDX")]
	licence: String,
	/// The licence's full text. Only its SHA-256 goes on chain.
	#[arg(long, value_name = "FILE")]
	terms: Option<PathBuf>,
	/// The use of the artifact, and of derivatives of others, may not be sold.
	#[arg(long)]
	no_commercial_use: bool,
	/// Whether others may register derivatives.
	#[arg(long, default_value = "free")]
	derivation: Derivation,
	/// Others may not train on it, nor distil it.
	#[arg(long)]
	no_training_use: bool,
	/// The least share of what it earns that a derivative owes this artifact.
	#[arg(long, value_name = "SHARE", default_value = "0%", value_parser = parse_share)]
	least_share: Share,
	/// The first block in which nothing new may be sold or derived.
	#[arg(long, value_name = "BLOCK")]
	expires: Option<u32>,
	/// What it was made from: ARTIFACT:RELATION:SHARE. Relations: fine-tuned-from, trained-on,
	/// distilled-from, quantized-from, merged-from, uses-code. Can be given again.
	#[arg(long = "parent", value_name = "ARTIFACT:RELATION:SHARE", value_parser = parse_parent)]
	parents: Vec<ParentClaim>,
	/// Who shares in what it earns: ACCOUNT:SHARE. Can be given again.
	#[arg(long = "contributor", value_name = "ACCOUNT:SHARE", value_parser = parse_contributor)]
	contributors: Vec<(AccountId, Share)>,
}

/// Options of `artifact publish`.
#[derive(Args)]
pub struct Publish {
	/// The artifact that the files are a version of.
	#[arg(long, value_name = "ID")]
	artifact: ArtifactId,
	/// The directory with the version's files, or a single file.
	path: PathBuf,
	/// The format of the files: safetensors, gguf, onnx …
	#[arg(long, default_value = "")]
	format: String,
	/// Where the files can be fetched. Weights can be private: leave it out.
	#[arg(long, default_value = "")]
	uri: String,
	/// Where the manifest is written. Without it: beside the directory, as NAME.manifest.json.
	#[arg(long, value_name = "FILE")]
	manifest: Option<PathBuf>,
	/// Where others can fetch the manifest.
	#[arg(long, value_name = "URI", default_value = "")]
	manifest_uri: String,
	/// A path in the directory to leave out, with all that is below it. Can be given again. What belongs
	/// to git at the top is always left out.
	#[arg(long, value_name = "PATH")]
	ignore: Vec<String>,
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

/// Whether others may register derivatives.
#[derive(Clone, Copy, ValueEnum)]
enum Derivation {
	/// Anybody may.
	Free,
	/// Only the owner, who can hand them over.
	ByApproval,
	/// Nobody but the owner.
	Never,
}

#[derive(Clone)]
struct ParentClaim {
	artifact: ArtifactId,
	relation: Relation,
	share: Share,
}

/// How an artifact was made from a parent.
#[derive(Clone, Copy, ValueEnum)]
enum Relation {
	FineTunedFrom,
	TrainedOn,
	DistilledFrom,
	QuantizedFrom,
	MergedFrom,
	UsesCode,
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
		relation: Relation::from_str(relation, true).map_err(|_| {
			let names: Vec<_> = Relation::value_variants()
				.iter()
				.filter_map(|relation| relation.to_possible_value())
				.map(|value| value.get_name().to_owned())
				.collect();
			format!("`{relation}` is no relation: one of {}", names.join(", "))
		})?,
		share: parse_share(share)?,
	})
}

/// Runs a command of this group.
pub async fn run(command: Command, context: &Context) -> Outcome {
	match command {
		Command::Register(options) => register(*options, context).await,
		Command::Publish(options) => publish(options, context).await,
		Command::Show { artifact } => show(artifact, context).await,
		Command::List { owner, kind, limit } => list(owner, kind, limit, context).await,
		Command::Confirm { child, parent } => confirm(child, parent, context).await,
	}
}

async fn register(options: Register, context: &Context) -> Outcome {
	let account = context.account()?;
	let metadata_digest = match (&options.metadata, options.metadata_digest) {
		(Some(path), _) => sha256_of_file(path)?,
		(None, digest) => digest.unwrap_or_default(),
	};
	let terms = options.terms.as_deref().map(sha256_of_file).transpose()?.unwrap_or_default();
	let derivation = match options.derivation {
		Derivation::Free => registry::Derivation::Free,
		Derivation::ByApproval => registry::Derivation::ByApproval,
		Derivation::Never => registry::Derivation::Never,
	};
	let parents = options.parents.iter().map(|parent| registry::ParentClaim {
		artifact: parent.artifact,
		relation: match parent.relation {
			Relation::FineTunedFrom => registry::Relation::FineTunedFrom,
			Relation::TrainedOn => registry::Relation::TrainedOn,
			Relation::DistilledFrom => registry::Relation::DistilledFrom,
			Relation::QuantizedFrom => registry::Relation::QuantizedFrom,
			Relation::MergedFrom => registry::Relation::MergedFrom,
			Relation::UsesCode => registry::Relation::UsesCode,
		},
		share: Static(parent.share),
	});
	let contributors = options.contributors.iter().map(|(who, share)| registry::Contributor {
		account: account::to_subxt(who),
		share: Static(*share),
	});
	let call = chain::transactions().registry().register(
		Static(options.kind.into()),
		registry::Metadata {
			digest: metadata_digest,
			uri: BoundedVec(bounded("the metadata URI", &options.metadata_uri, 256)?),
		},
		registry::Licence {
			spdx: BoundedVec(bounded("the licence's id", &options.licence, 64)?),
			terms,
			commercial_use: !options.no_commercial_use,
			derivation,
			training_use: !options.no_training_use,
			least_share: Static(options.least_share),
			expires: options.expires,
		},
		BoundedVec(parents.collect()),
		BoundedVec(contributors.collect()),
	);
	let client = context.connect().await?;
	let included = client.submit(&call, &account, "register").await?;
	let event: chain::registry::events::Registered = included.event()?;
	let id = event.artifact;
	let text = format!(
		"artifact {id} is registered, and its NFT is yours\n{}\nnext: tally artifact publish --artifact {id} DIR",
		facts([
			("owner", account::show(&account.id())),
			("metadata", hex0x(metadata_digest)),
			("block", included.words()),
		])
	);
	let json = json!({
		"artifact": id,
		"owner": account::show(&account.id()),
		"metadata_digest": hex0x(metadata_digest),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Hashes the version in `path`, with a progress bar for people.
pub fn hash(path: &Path, ignore: &[String], quiet: bool) -> Result<FileSet, Failure> {
	let listing = Listing::of(path, ignore)?;
	let progress =
		Progress::bytes(quiet, listing.bytes(), format!("hashing {} files", listing.count()));
	let files = listing.hash(|bytes| progress.inc(bytes));
	progress.done();
	files
}

async fn publish(options: Publish, context: &Context) -> Outcome {
	let account = context.account()?;
	let manifest_path =
		options.manifest.clone().unwrap_or_else(|| manifest::default_path(&options.path));
	refuse_inside(&manifest_path, &options.path)?;
	// First the node, then the hours of hashing: what is wrong with the first is known at once.
	let client = context.connect().await?;
	let artifact = view(&client, &client.best().await?, options.artifact).await?;
	if artifact.owner != account.id() {
		return Err(Failure::new(format!(
			"artifact {} belongs to {}",
			options.artifact,
			account::show(&artifact.owner)
		))
		.code("Registry.NotOwner")
		.hint("sign with the owner's key (--account)"));
	}
	let files = hash(&options.path, &options.ignore, context.quiet())?;
	let root = files.root();
	let bytes = manifest::encode(&files);
	let document = crate::digest::sha256(&bytes);
	// Written before the transaction, put in its place after it: what fails does not replace the
	// manifest of another version.
	let draft = manifest::Draft::write(&manifest_path, &bytes)?;
	let count = u32::try_from(files.files.len())
		.map_err(|_| Failure::new("there are more files than the chain can count"))?;
	let info = registry::VersionInfo {
		format: BoundedVec(bounded("the format", &options.format, 32)?),
		files: count,
		bytes: files.bytes,
		uri: BoundedVec(bounded("the URI", &options.uri, 256)?),
	};
	let anchor = anchor_info(&artifact.kind, document, bytes.len(), &options.manifest_uri)?;
	// One account anchors a digest once. Whoever publishes the same files under a second artifact has
	// done it before, and the manifest is the same.
	let at = client.best().await?;
	let before = super::anchor::own(&client, &at, root, anchor.kind, &account.id()).await?;
	let before = before.filter(|before| before.info.document == anchor.document);
	type Call = chain::runtime_types::tallystick_runtime::RuntimeCall;
	let mut calls = vec![Call::Registry(chain::registry::Call::publish {
		artifact: options.artifact,
		version: root,
		info,
	})];
	if before.is_none() {
		calls.push(Call::Provenance(chain::provenance::Call::anchor {
			digest: root,
			info: Static(anchor),
			key: None,
			reservation: None,
		}));
	}
	let call = chain::transactions().utility().batch_all(calls);
	let included = client.submit(&call, &account, "publish").await?;
	draft.keep()?;
	let published: chain::registry::events::Published = included.event()?;
	let anchor = match before {
		Some(anchor) => anchor.id,
		None => included.event::<chain::provenance::events::Anchored>()?.anchor,
	};
	let mut text = format!(
		"version {} of artifact {} is published\n{}",
		hex0x(published.version),
		options.artifact,
		facts([
			("files", format!("{count}, {} bytes", files.bytes)),
			("manifest", manifest_path.display().to_string()),
			("manifest digest", hex0x(document)),
			("anchor", anchor.to_string()),
			("block", included.words()),
		])
	);
	let by_components = files.root_by_components();
	if let Some(other) = by_components {
		text.push_str(&format!(
			"\nnote: model_signing 1.1.1 and before orders these file names otherwise than the specification, \
			 and says {}; `tally verify` finds either",
			hex0x(other)
		));
	}
	let json = json!({
		"artifact": options.artifact,
		"version": hex0x(root),
		"version_by_path_components": by_components.map(hex0x),
		"files": count,
		"bytes": files.bytes,
		"manifest": manifest_path.display().to_string(),
		"manifest_digest": hex0x(document),
		"anchor": anchor,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// What the anchor of a version says: where its manifest is, and what it is.
fn anchor_info(
	kind: &ArtifactKind,
	manifest: Digest,
	length: usize,
	uri: &str,
) -> Result<AnchorInfo, Failure> {
	// What is bounded already is not cut off.
	let locator = Locator::truncate_from(bounded("the manifest's URI", uri, 256)?);
	let locators = if uri.is_empty() { Vec::new() } else { vec![locator] };
	Ok(AnchorInfo {
		algorithm: DigestAlgorithm::Sha256,
		kind: match kind {
			ArtifactKind::Model | ArtifactKind::Adapter => AnchorKind::ModelVersion,
			ArtifactKind::Dataset => AnchorKind::Dataset,
			ArtifactKind::Code => AnchorKind::Code,
		},
		document: Some(Document { kind: DocumentKind::FileManifest, digest: manifest }),
		bytes: length as u64,
		media_type: sp_core::bounded_vec::BoundedVec::truncate_from(manifest::MEDIA_TYPE.into()),
		locators: Locators::truncate_from(locators),
		relations: Default::default(),
		soft: Default::default(),
	})
}

/// A manifest inside the directory would be a file of the version that it lists.
fn refuse_inside(manifest: &Path, dir: &Path) -> Result<(), Failure> {
	let folder = manifest.parent().filter(|folder| !folder.as_os_str().is_empty());
	let folder = folder.unwrap_or(Path::new(".")).canonicalize();
	let dir = dir.canonicalize();
	match (folder, dir) {
		(Ok(folder), Ok(dir)) if dir.is_dir() && folder.starts_with(&dir) => {
			Err(Failure::usage("the manifest would be inside the directory that it lists")
				.hint("name a place outside with --manifest"))
		}
		_ => Ok(()),
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

/// The licence of an artifact, for people and for programs.
pub async fn licence(at: &At, artifact: ArtifactId) -> Result<(String, Value), Failure> {
	let stored = at
		.storage()
		.try_fetch(chain::storage().registry().artifacts(), (artifact,))
		.await
		.map_err(failed)?;
	let Some(stored) = stored else { return Ok((String::new(), Value::Null)) };
	let licence = stored.decode().map_err(failed)?.licence;
	let spdx = text(&licence.spdx.0);
	let (derivation, words) = match licence.derivation {
		registry::Derivation::Free => ("free", "derivatives free"),
		registry::Derivation::ByApproval => ("by-approval", "derivatives by approval"),
		registry::Derivation::Never => ("never", "no derivatives"),
	};
	let mut parts = vec![spdx.clone()];
	parts.push(if licence.commercial_use { "commercial use" } else { "no commercial use" }.into());
	parts.push(words.into());
	parts.push(if licence.training_use { "training" } else { "no training" }.into());
	if licence.least_share.0 != Share::zero() {
		parts.push(format!("derivatives owe {}", show_share(licence.least_share.0)));
	}
	if let Some(expires) = licence.expires {
		parts.push(format!("until block {expires}"));
	}
	let json = json!({
		"spdx": spdx,
		"terms": hex0x(licence.terms),
		"commercial_use": licence.commercial_use,
		"derivation": derivation,
		"training_use": licence.training_use,
		"least_share": show_share(licence.least_share.0),
		"expires": licence.expires,
	});
	Ok((parts.join(", "), json))
}

/// What is stored about a version.
pub struct VersionFacts {
	/// What the publisher says of the format.
	pub format: String,
	/// Files in it.
	pub files: u32,
	/// Their bytes.
	pub bytes: u64,
	/// Where they are.
	pub uri: String,
	/// Who published it.
	pub publisher: AccountId,
	/// The block of its publication.
	pub published_at: u32,
}

/// A version of an artifact.
pub async fn version(
	at: &At,
	artifact: ArtifactId,
	digest: Digest,
) -> Result<Option<VersionFacts>, Failure> {
	let stored = at
		.storage()
		.try_fetch(chain::storage().registry().versions(), (artifact, digest))
		.await
		.map_err(failed)?;
	let Some(stored) = stored else { return Ok(None) };
	let stored = stored.decode().map_err(failed)?;
	Ok(Some(VersionFacts {
		format: text(&stored.info.format.0),
		files: stored.info.files,
		bytes: stored.info.bytes,
		uri: text(&stored.info.uri.0),
		publisher: account::from_subxt(&stored.publisher),
		published_at: stored.published_at,
	}))
}

/// The plans of an artifact, on sale or not.
async fn plans_of(
	client: &Client,
	at: &At,
	artifact: ArtifactId,
) -> Result<Vec<(PlanId, PlanView)>, Failure> {
	let mut plans = Vec::new();
	let mut stored =
		at.storage().iter(chain::storage().credits().plans(), ()).await.map_err(failed)?;
	while let Some(entry) = stored.next().await {
		let entry = entry.map_err(failed)?;
		if entry.value().decode().map_err(failed)?.artifact == artifact {
			let (plan,) = entry.key().map_err(failed)?.decode().map_err(failed)?;
			if let Some(view) = client.ask(at, "plan", plan).await? {
				plans.push((plan, view));
			}
		}
	}
	plans.sort_by_key(|(plan, _)| *plan);
	Ok(plans)
}

async fn show(artifact: ArtifactId, context: &Context) -> Outcome {
	let client = context.connect().await?;
	let at = client.best().await?;
	let view = view(&client, &at, artifact).await?;
	let (licence_words, licence_json) = licence(&at, artifact).await?;
	let mut text = format!("artifact {artifact}: {}\n", format!("{:?}", view.kind).to_lowercase());
	text.push_str(&facts([
		("owner", account::show(&view.owner)),
		("licence", licence_words),
		("metadata", hex0x(view.metadata_digest)),
		("metadata at", super::text(&view.metadata_uri)),
	]));
	if !view.parents.is_empty() {
		let rows = view.parents.iter().map(|(parent, share, confirmed)| {
			let confirmed = if *confirmed { "yes" } else { "claimed only" };
			[parent.to_string(), show_share(*share), confirmed.to_owned()]
		});
		text.push_str(&format!("\n\n{}", table(["parent", "share", "confirmed"], rows)));
	}
	if !view.contributors.is_empty() {
		let rows =
			view.contributors.iter().map(|(who, share)| [account::show(who), show_share(*share)]);
		text.push_str(&format!("\n\n{}", table(["contributor", "share"], rows)));
	}
	let mut versions = Vec::new();
	for digest in &view.versions {
		if let Some(facts) = version(&at, artifact, *digest).await? {
			versions.push((*digest, facts));
		}
	}
	if !versions.is_empty() {
		let rows = versions.iter().map(|(digest, facts)| {
			[
				hex0x(digest),
				facts.format.clone(),
				facts.files.to_string(),
				facts.bytes.to_string(),
				facts.published_at.to_string(),
			]
		});
		let headings = ["version", "format", "files", "bytes", "block"];
		text.push_str(&format!("\n\n{}", table(headings, rows)));
	}
	let plans = plans_of(&client, &at, artifact).await?;
	if !plans.is_empty() {
		let rows = plans.iter().map(|(id, plan)| {
			let state = if plan.on_sale { "on sale" } else { "retired" };
			[id.to_string(), show_money(&plan.currency, plan.price), state.to_owned()]
		});
		text.push_str(&format!("\n\n{}", table(["plan", "price of a unit", "state"], rows)));
	}
	let json = json!({
		"artifact": artifact,
		"kind": format!("{:?}", view.kind).to_lowercase(),
		"owner": account::show(&view.owner),
		"licence": licence_json,
		"metadata_digest": hex0x(view.metadata_digest),
		"metadata_uri": super::text(&view.metadata_uri),
		"parents": view.parents.iter().map(|(parent, share, confirmed)| json!({
			"artifact": parent, "share": show_share(*share), "confirmed": confirmed,
		})).collect::<Vec<_>>(),
		"contributors": view.contributors.iter().map(|(who, share)| json!({
			"account": account::show(who), "share": show_share(*share),
		})).collect::<Vec<_>>(),
		"versions": versions.iter().map(|(digest, facts)| json!({
			"version": hex0x(digest),
			"format": facts.format,
			"files": facts.files,
			"bytes": facts.bytes,
			"uri": facts.uri,
			"publisher": account::show(&facts.publisher),
			"block": facts.published_at,
		})).collect::<Vec<_>>(),
		"plans": plans.iter().map(|(id, plan)| json!({
			"plan": id, "price": big(plan.price), "currency": super::show_currency(&plan.currency),
			"on_sale": plan.on_sale,
		})).collect::<Vec<_>>(),
	});
	Ok(Report::new(text, json))
}

async fn list(
	owner: Option<AccountId>,
	kind: Option<Kind>,
	limit: u32,
	context: &Context,
) -> Outcome {
	let client = context.connect().await?;
	let at = client.best().await?;
	let next = next_artifact(&at).await?;
	let mut found = Vec::new();
	// Pages of requests that are under way at once, from the newest artifact down.
	let ids: Vec<ArtifactId> = (0..next).rev().collect();
	for page in ids.chunks(32) {
		let views = page.iter().map(|id| client.ask(&at, "artifact", *id));
		let views: Vec<Option<ArtifactView<AccountId>>> = try_join_all(views).await?;
		for (id, view) in page.iter().zip(views) {
			let Some(view) = view else { continue };
			let wanted = owner.as_ref().is_none_or(|owner| *owner == view.owner)
				&& kind.is_none_or(|kind| ArtifactKind::from(kind) == view.kind);
			if wanted {
				found.push((*id, view));
			}
		}
		if found.len() as u64 >= u64::from(limit) {
			break;
		}
	}
	found.truncate(limit as usize);
	let text = if found.is_empty() {
		"there are no such artifacts".to_owned()
	} else {
		let rows = found.iter().map(|(id, view)| {
			[
				id.to_string(),
				format!("{:?}", view.kind).to_lowercase(),
				account::show(&view.owner),
				super::text(&view.licence),
				view.versions.len().to_string(),
			]
		});
		table(["artifact", "kind", "owner", "licence", "versions"], rows)
	};
	let json = json!({
		"artifacts": found.iter().map(|(id, view)| json!({
			"artifact": id,
			"kind": format!("{:?}", view.kind).to_lowercase(),
			"owner": account::show(&view.owner),
			"licence": super::text(&view.licence),
			"versions": view.versions.iter().map(hex0x).collect::<Vec<_>>(),
		})).collect::<Vec<_>>(),
		"total": next,
	});
	Ok(Report::new(text, json))
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

async fn confirm(child: ArtifactId, parent: ArtifactId, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let call = chain::transactions().registry().confirm_parent(child, parent);
	let included = client.submit(&call, &account, "confirm").await?;
	let _: chain::registry::events::ParentConfirmed = included.event()?;
	let text = format!(
		"it is confirmed that artifact {child} was made from {parent}\n{}",
		facts([("block", included.words())])
	);
	let json = json!({ "child": child, "parent": parent, "transaction": included.json() });
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
	fn a_manifest_inside_its_directory_is_refused() {
		let dir = tempfile::tempdir().unwrap();
		let inner = dir.path().join("model");
		std::fs::create_dir(&inner).unwrap();
		assert!(refuse_inside(&inner.join("m.json"), &inner).is_err());
		assert!(refuse_inside(&dir.path().join("m.json"), &inner).is_ok());
		assert!(refuse_inside(Path::new("m.json"), &inner).is_ok());
	}
}
