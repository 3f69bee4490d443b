//! `tally verify`: say what a directory or a file is.

use super::{anchor, artifact, parse_digest, Context};
use crate::{
	account::{self, AccountId},
	client::{failed, At, Client},
	digest::FileSet,
	manifest::{self, Difference, Manifest},
	output::{facts, hex0x, table, utc, Failure, Outcome, Report},
};
use clap::Args;
use serde_json::{json, Value};
use std::path::PathBuf;
use tallystick_primitives::{
	runtime_api::{AnchorView, ClaimantPage},
	ArtifactId, Digest,
};

/// Options of `verify`.
#[derive(Args)]
#[command(after_help = "\
Exit code 0: the files are a published version, or somebody stands by their anchor. 1: they are not. With the \
manifest of the version at hand (beside the directory, or --manifest), the files that differ are named. A bundle \
by model_signing can serve as the manifest.
Examples:
  tally verify ./my-model
  tally verify ./my-model --manifest my-model.manifest.json --artifact 0
  tally verify report.pdf
  tally verify ./my-model --light tallystick.json")]
pub struct Command {
	/// The directory with a version's files, or a single file.
	#[arg(required_unless_present = "digest")]
	path: Option<PathBuf>,
	/// A digest to look up, instead of files.
	#[arg(long, value_name = "HEX", value_parser = parse_digest, conflicts_with = "path")]
	digest: Option<Digest>,
	/// The manifest. Without it: NAME.manifest.json beside the directory, where there is one.
	#[arg(long, value_name = "FILE")]
	manifest: Option<PathBuf>,
	/// Only this artifact counts.
	#[arg(long, value_name = "ID")]
	artifact: Option<ArtifactId>,
	/// A path in the directory that was left out of the version. What the manifest says is known already.
	#[arg(long, value_name = "PATH")]
	ignore: Vec<String>,
}

/// What the chain says about a digest.
struct Standing {
	digest: Digest,
	/// The artifact that alone counts, where one is named.
	only: Option<ArtifactId>,
	versions: Vec<PublishedVersion>,
	/// Who claims it, confirmed ones first.
	claimants: ClaimantPage<AccountId>,
}

struct PublishedVersion {
	artifact: ArtifactId,
	kind: String,
	owner: AccountId,
	publisher: AccountId,
	licence: String,
	licence_json: Value,
	block: u32,
}

impl Standing {
	/// The anchors that one look shows.
	fn anchors(&self) -> &[AnchorView<AccountId>] {
		&self.claimants.anchors
	}

	/// Whether it is a version, or anybody stands by it. Asked about one artifact, anchors are no
	/// answer.
	fn is_known(&self) -> bool {
		let anchored = self.anchors().iter().any(AnchorView::is_active);
		!self.versions.is_empty() || (self.only.is_none() && anchored)
	}

	/// Whether the chain has anything to say about it.
	fn is_mentioned(&self) -> bool {
		!self.versions.is_empty() || !self.anchors().is_empty()
	}

	/// The first sentence of a report.
	fn headline(&self, what: &str) -> String {
		match self.only {
			_ if !self.versions.is_empty() => format!("yes: {what} is a published version"),
			Some(artifact) => format!("no: {what} is no version of artifact {artifact}"),
			None if self.is_known() => {
				format!("yes: {what} is anchored; it is no version of an artifact")
			}
			None if !self.anchors().is_empty() => {
				format!("no: whoever anchored {what} has withdrawn it")
			}
			None => format!("no: {what} is nothing that this chain knows"),
		}
	}

	fn words(&self) -> String {
		let mut text = String::new();
		for version in &self.versions {
			text.push_str(&format!(
				"\n\nversion of artifact {} ({})\n{}",
				version.artifact,
				version.kind,
				facts([
					("owner", account::show(&version.owner)),
					("published by", account::show(&version.publisher)),
					("published in block", version.block.to_string()),
					("licence", version.licence.clone()),
				])
			));
		}
		if !self.anchors().is_empty() {
			let rows = self.anchors().iter().map(|anchor| {
				[
					anchor.id.to_string(),
					format!("{:?}", anchor.info.kind),
					account::show(&anchor.issuer),
					anchor.block.to_string(),
					utc(anchor.time),
					if anchor.is_active() { "stands" } else { "withdrawn" }.to_owned(),
				]
			});
			let headings = ["anchor", "kind", "issuer", "block", "time", "issuer's word"];
			text.push_str(&format!("\n\n{}", table(headings, rows)));
		}
		text
	}

	fn json(&self) -> Value {
		json!({
			"digest": hex0x(self.digest),
			"versions": self.versions.iter().map(|version| json!({
				"artifact": version.artifact,
				"kind": version.kind,
				"owner": account::show(&version.owner),
				"publisher": account::show(&version.publisher),
				"licence": version.licence_json,
				"block": version.block,
			})).collect::<Vec<_>>(),
			"anchors": self.anchors().iter().map(|anchor| json!({
				"anchor": anchor.id,
				"kind": anchor.info.kind,
				"issuer": account::show(&anchor.issuer),
				"document": anchor.info.document.map(|document| hex0x(document.digest)),
				"block": anchor.block,
				"time": anchor.time,
				"active": anchor.is_active(),
			})).collect::<Vec<_>>(),
		})
	}
}

/// Runs the command.
pub async fn run(options: Command, context: &Context) -> Outcome {
	let manifest = options.path.as_ref().map(|path| find_manifest(&options, path)).transpose()?;
	// The node before the hashing, so that a wrong URL is known at once.
	let client = context.connect().await?;
	let (at, mut report) = look(options, manifest.flatten(), context, &client).await?;
	let moment = client.moment(&at).await?;
	report.text.push_str(&format!("\n\nas of {}", moment.words()));
	report.json["as_of"] = moment.json();
	Ok(report)
}

/// The report, and the state that it is about.
async fn look(
	options: Command,
	manifest: Option<(PathBuf, Manifest)>,
	context: &Context,
	client: &Client,
) -> Result<(At, Report), Failure> {
	let Some(path) = options.path.clone() else {
		let at = client.best().await?;
		let digest = options.digest.unwrap_or_default();
		let standing = standing(client, &at, digest, options.artifact).await?;
		return Ok((at, verdict(&standing, "the digest", None)));
	};
	let mut ignore = options.ignore.clone();
	ignore.extend(manifest.iter().flat_map(|(_, manifest)| manifest.ignored()));
	// A single file has nothing that could be left out.
	let ignore = if path.is_dir() { ignore } else { Vec::new() };
	let files = artifact::hash(&path, &ignore, context.quiet())?;
	let at = client.best().await?;
	let known = best_standing(client, &at, &files, path.is_file(), options.artifact).await?;
	let what = format!(
		"{} ({}, {})",
		path.display(),
		counted(files.files.len() as u64, "file"),
		counted(files.bytes, "byte")
	);
	if known.is_known() {
		let report = verdict(&known, &what, Some(&files));
		return Ok((at, report));
	}
	let differing = manifest.filter(|(_, manifest)| !manifest.compare(&files).is_empty());
	let Some((place, manifest)) = differing else {
		let mut report = verdict(&known, &what, Some(&files));
		if path.is_dir() && !known.is_mentioned() {
			report.text.push_str(
				"\nwith the version's manifest (--manifest FILE), the files that differ can be named",
			);
		}
		return Ok((at, report));
	};
	let original = standing(client, &at, manifest.root, options.artifact).await?;
	let report = compared(&known, &original, &files, &place, &manifest, &what);
	Ok((at, report))
}

/// What the chain says about the files, under any of the digests that name them.
async fn best_standing(
	client: &Client,
	at: &At,
	files: &FileSet,
	single: bool,
	only: Option<ArtifactId>,
) -> Result<Standing, Failure> {
	// As the specification names them; as model_signing 1.1.1 does; and a single file also by its own
	// SHA-256, as documents are anchored.
	let mut digests = vec![files.root()];
	digests.extend(files.root_by_components());
	if single {
		digests.extend(files.files.first().map(|file| Digest::from(file.sha256)));
	}
	let mut best = standing(client, at, digests.remove(0), only).await?;
	for digest in digests {
		if best.is_known() {
			break;
		}
		let other = standing(client, at, digest, only).await?;
		if other.is_known() || !best.is_mentioned() {
			best = other;
		}
	}
	Ok(best)
}

fn find_manifest(
	options: &Command,
	path: &std::path::Path,
) -> Result<Option<(PathBuf, Manifest)>, Failure> {
	if let Some(named) = &options.manifest {
		return Ok(Some((named.clone(), manifest::read(named)?)));
	}
	let place = manifest::default_path(path);
	if place.is_file() {
		return Ok(Some((place.clone(), manifest::read(&place)?)));
	}
	Ok(None)
}

/// What the chain says about a digest.
async fn standing(
	client: &Client,
	at: &At,
	digest: Digest,
	only: Option<ArtifactId>,
) -> Result<Standing, Failure> {
	let mut versions = Vec::new();
	for id in artifacts_with(client, at, digest, only).await? {
		let view = artifact::view(client, at, id).await?;
		let (licence, licence_json) = artifact::licence(at, id).await?;
		if let Some(version) = artifact::version(at, id, digest).await? {
			versions.push(PublishedVersion {
				artifact: id,
				kind: format!("{:?}", view.kind).to_lowercase(),
				owner: view.owner,
				publisher: version.publisher,
				licence,
				licence_json,
				block: version.published_at,
			});
		}
	}
	let claimants = anchor::claimants(client, at, digest).await?;
	Ok(Standing { digest, only, versions, claimants })
}

/// The artifacts that have `digest` as a version. Versions are stored by artifact, so their keys are
/// looked up, many in one request.
async fn artifacts_with(
	client: &Client,
	at: &At,
	digest: Digest,
	only: Option<ArtifactId>,
) -> Result<Vec<ArtifactId>, Failure> {
	let ids: Vec<ArtifactId> = match only {
		Some(id) => vec![id],
		None => (0..artifact::next_artifact(at).await?).collect(),
	};
	let entry =
		at.storage().entry(crate::chain::storage().registry().versions()).map_err(failed)?;
	let keys: Result<Vec<_>, _> = ids.iter().map(|id| entry.fetch_key((*id, digest))).collect();
	let values = client.values(at, &keys.map_err(failed)?).await?;
	Ok(ids.into_iter().zip(values).filter(|(_, value)| value.is_some()).map(|(id, _)| id).collect())
}

/// A report on what is known of the digest itself.
fn verdict(standing: &Standing, what: &str, files: Option<&FileSet>) -> Report {
	let (known, headline) = (standing.is_known(), standing.headline(what));
	let text =
		format!("{headline}\n{}{}", facts([("digest", hex0x(standing.digest))]), standing.words());
	let mut json = standing.json();
	json["verified"] = known.into();
	if let Some(files) = files {
		json["files"] = files.files.len().into();
		json["bytes"] = files.bytes.into();
	}
	Report::new(text, json).with_ok(known)
}

/// A report on how files differ from a manifest.
fn compared(
	known: &Standing,
	original: &Standing,
	files: &FileSet,
	place: &std::path::Path,
	manifest: &Manifest,
	what: &str,
) -> Report {
	let difference = manifest.compare(files);
	let vouched: Vec<_> = original
		.anchors()
		.iter()
		.filter(|anchor| {
			let document = anchor.info.document.map(|document| document.digest);
			anchor.is_active() && document == Some(manifest.digest)
		})
		.collect();
	let trust = if vouched.is_empty() {
		"this manifest is not anchored on this chain: its list proves nothing".to_owned()
	} else {
		let issuers: Vec<_> = vouched.iter().map(|anchor| account::show(&anchor.issuer)).collect();
		format!("the manifest is the one that was anchored by {}", issuers.join(", "))
	};
	let mut text = format!(
		"{}\n{}",
		known.headline(what),
		facts([
			("digest", hex0x(known.digest)),
			("manifest", place.display().to_string()),
			("manifest's version", hex0x(manifest.root)),
		])
	);
	text.push_str(&format!("\n{trust}\n\n{}", differences(&difference)));
	if original.is_known() {
		text.push_str(&format!("\n\nwhat the manifest lists is:{}", original.words()));
	}
	let mut json = known.json();
	json["verified"] = false.into();
	json["manifest"] = json!({
		"path": place.display().to_string(),
		"digest": hex0x(manifest.digest),
		"anchored": !vouched.is_empty(),
		"version": original.json(),
	});
	json["difference"] = json!(difference);
	Report::new(text, json).with_ok(false)
}

/// `1 file`, `2 files`.
fn counted(number: u64, what: &str) -> String {
	format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn differences(difference: &Difference) -> String {
	if difference.is_empty() {
		return "the files are those of the manifest".into();
	}
	let all = [
		("changed", &difference.changed),
		("missing", &difference.missing),
		("added", &difference.added),
	];
	let rows = all
		.into_iter()
		.flat_map(|(how, names)| names.iter().map(move |name| [how.to_owned(), name.clone()]));
	table(["how", "file"], rows)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn differences_name_the_files() {
		let difference = Difference {
			changed: vec!["weights.bin".into()],
			missing: vec![],
			added: vec!["x".into()],
		};
		assert_eq!(differences(&difference), "how      file\nchanged  weights.bin\nadded    x");
	}
}
