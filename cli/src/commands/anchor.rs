//! `tally anchor`: put a digest on chain, for ever.

use super::{bounded, parse_digest, Context};
use crate::{
	account::AccountId,
	chain::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec,
			pallet_provenance::types::{AnchorInfo, AnchorKind, DigestAlgorithm},
		},
	},
	client::{At, Client},
	digest::sha256_of_file,
	output::{facts, hex0x, Failure, Outcome, Report},
};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::PathBuf;
use tallystick_primitives::{runtime_api::ClaimantPage, AnchorId, Digest};

/// Options of `anchor`.
#[derive(Args)]
#[command(after_help = "\
A directory is anchored by its root digest (OpenSSF Model Signing v1.0), a file by its SHA-256. It is paid for \
once, and stays. Anybody can anchor anything: an anchor proves that its issuer knew the digest at that time.
Examples:
  tally anchor --account owner.key ./dataset --kind dataset
  tally anchor --account owner.key report.pdf --kind document --media-type application/pdf
  tally anchor --account owner.key --revoke 3")]
pub struct Command {
	/// The file or directory.
	#[arg(required_unless_present_any = ["digest", "revoke"])]
	path: Option<PathBuf>,
	/// The digest itself, where the file is elsewhere.
	#[arg(long, value_name = "HEX", value_parser = parse_digest, conflicts_with = "path")]
	digest: Option<Digest>,
	/// How the digest was made, where it is given.
	#[arg(long, default_value = "sha256")]
	algorithm: Algorithm,
	/// What it is.
	#[arg(long, default_value = "document")]
	kind: Kind,
	/// A document that says more: a bill of materials, a signature bundle. Only its SHA-256 goes on chain.
	#[arg(long, value_name = "FILE")]
	document: Option<PathBuf>,
	/// The media type of the document, or without one, of the subject.
	#[arg(long, value_name = "TYPE", default_value = "")]
	media_type: String,
	/// Where the document, or without one, the subject can be fetched.
	#[arg(long, default_value = "")]
	uri: String,
	/// Take your word back: the anchor stays, and says that you no longer stand by it.
	#[arg(long, value_name = "ANCHOR", conflicts_with_all = ["path", "digest"])]
	revoke: Option<AnchorId>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Algorithm {
	Sha256,
	Blake2b256,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
	ModelVersion,
	Dataset,
	Document,
	Content,
	Inference,
	Receipts,
	Other,
}

impl From<Kind> for AnchorKind {
	fn from(kind: Kind) -> Self {
		match kind {
			Kind::ModelVersion => Self::ModelVersion,
			Kind::Dataset => Self::Dataset,
			Kind::Document => Self::Document,
			Kind::Content => Self::Content,
			Kind::Inference => Self::Inference,
			Kind::Receipts => Self::Receipts,
			Kind::Other => Self::Other,
		}
	}
}

/// Runs the command.
pub async fn run(options: Command, context: &Context) -> Outcome {
	match options.revoke {
		Some(anchor) => revoke(anchor, context).await,
		None => anchor(options, context).await,
	}
}

async fn anchor(options: Command, context: &Context) -> Outcome {
	let account = context.account()?;
	let media_type = BoundedVec(bounded("the media type", &options.media_type, 64)?);
	let uri = BoundedVec(bounded("the URI", &options.uri, 256)?);
	let client = context.connect().await?;
	let (digest, algorithm, length) = match (&options.path, options.digest) {
		(Some(path), _) if path.is_dir() => {
			let files = super::artifact::hash(path, &[], context.quiet())?;
			(files.root(), DigestAlgorithm::Sha256, files.bytes)
		}
		(Some(path), _) => {
			let digest = sha256_of_file(path)?;
			(digest, DigestAlgorithm::Sha256, length_of(path)?)
		}
		(None, digest) => {
			let algorithm = match options.algorithm {
				Algorithm::Sha256 => DigestAlgorithm::Sha256,
				Algorithm::Blake2b256 => DigestAlgorithm::Blake2b256,
			};
			(digest.unwrap_or_default(), algorithm, 0)
		}
	};
	let document = options.document.as_deref().map(sha256_of_file).transpose()?;
	let bytes = match &options.document {
		Some(path) => length_of(path)?,
		None => length,
	};
	let info =
		AnchorInfo { algorithm, kind: options.kind.into(), document, bytes, media_type, uri };
	let call = chain::transactions().provenance().anchor(digest, info);
	let included = client.submit(&call, &account, "anchor").await?;
	let event: chain::provenance::events::Anchored = included.event()?;
	let text = format!(
		"{} is anchored\n{}",
		hex0x(digest),
		facts([("anchor", event.anchor.to_string()), ("block", included.words())])
	);
	let json = json!({
		"anchor": event.anchor,
		"digest": hex0x(digest),
		"document": document.map(hex0x),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

fn length_of(path: &std::path::Path) -> Result<u64, Failure> {
	let metadata = path.metadata();
	metadata
		.map(|metadata| metadata.len())
		.map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))
}

async fn revoke(anchor: AnchorId, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let call = chain::transactions().provenance().revoke(anchor);
	let included = client.submit(&call, &account, "revoke").await?;
	let _: chain::provenance::events::Revoked = included.event()?;
	let text = format!(
		"anchor {anchor} is revoked; it stays on chain, and says so\n{}",
		facts([("block", included.words())])
	);
	let json = json!({ "anchor": anchor, "revoked": true, "transaction": included.json() });
	Ok(Report::new(text, json))
}

/// Who claims a digest, confirmed ones first: the first hundred places, in one call.
pub async fn claimants(
	client: &Client,
	at: &At,
	digest: Digest,
) -> Result<ClaimantPage<AccountId>, Failure> {
	client.ask(at, "anchors", (digest, 0u32, 100u32)).await
}
