//! `tally artifact versions`, `deprecate`, `withdraw`, `serve`, `locators`, `fetch`: what became of a
//! version, and where its files are.

use super::{owned, register::places, view};
use crate::{
	account::{self, AccountId},
	chain::{self, runtime_types::bounded_collections::bounded_vec::BoundedVec},
	client::{At, Client},
	commands::{bounded, parse_digest, raw, text, Context},
	digest,
	locators::Places,
	manifest,
	output::{big, facts, hex0x, table, Failure, Outcome, Report},
};
use clap::{Args, ValueEnum};
use serde_json::{json, Value};
use std::path::{Path, PathBuf};
use subxt::utils::Static;
use tallystick_primitives::{
	lineage::{VersionStatus, WithdrawalKind},
	runtime_api::{VersionPage, VersionView},
	ArtifactId, Digest,
};

/// List the versions of an artifact, the oldest first.
#[derive(Args)]
#[command(after_help = "\
A hundred at once.
Examples:
  tally artifact versions 0
  tally artifact versions 0 --start 100 --json")]
pub struct Versions {
	/// The artifact.
	artifact: ArtifactId,
	/// The number of the first one.
	#[arg(long, default_value_t = 0)]
	start: u32,
}

/// Say that a version should not be used any more. It can still be.
#[derive(Args)]
#[command(after_help = "\
Examples:
  tally artifact deprecate --account owner.key 0 0xf47f4525579f0641396dacb04222f2721796f797e7c97be73b1c05fc2ba91988
  tally artifact deprecate --account owner.key 0 0xf47f4525579f0641396dacb04222f2721796f797e7c97be73b1c05fc2ba91988 --undo")]
pub struct Deprecate {
	/// The artifact.
	artifact: ArtifactId,
	/// The version's root digest.
	#[arg(value_name = "VERSION", value_parser = parse_digest)]
	digest: Digest,
	/// Say that it may be used after all.
	#[arg(long)]
	undo: bool,
}

/// Withdraw a version for good: it is neither sold, served nor verified any more.
#[derive(Args)]
#[command(after_help = "\
Units that are sold still work during the notice period; with --safety it ends at once.
Examples:
  tally artifact withdraw --account owner.key 0 0xf47f4525579f0641396dacb04222f2721796f797e7c97be73b1c05fc2ba91988 --safety --reason 'a backdoor in the tokenizer'
  tally artifact withdraw --account owner.key 0 0xf47f4525579f0641396dacb04222f2721796f797e7c97be73b1c05fc2ba91988 --kind superseded --reason 'version 2 is out'")]
pub struct Withdraw {
	/// The artifact.
	artifact: ArtifactId,
	/// The version's root digest.
	#[arg(value_name = "VERSION", value_parser = parse_digest)]
	digest: Digest,
	/// It is dangerous to use: at once, without notice.
	#[arg(long, conflicts_with = "kind")]
	safety: bool,
	/// What kind of reason there is.
	#[arg(long, default_value = "other")]
	kind: WithdrawalName,
	/// Why, for people: at most 128 bytes.
	#[arg(long, default_value = "")]
	reason: String,
}

/// Say which version is the one to use.
#[derive(Args)]
#[command(after_help = "\
Examples:
  tally artifact serve --account owner.key 0 0xf47f4525579f0641396dacb04222f2721796f797e7c97be73b1c05fc2ba91988
  tally artifact serve --account owner.key 0 --none")]
pub struct Serve {
	/// The artifact.
	artifact: ArtifactId,
	/// The version's root digest.
	#[arg(value_name = "VERSION", value_parser = parse_digest, required_unless_present = "none")]
	digest: Option<Digest>,
	/// None of them.
	#[arg(long, conflicts_with = "digest")]
	none: bool,
}

/// Say where the files of a version are.
#[derive(Args)]
#[command(after_help = "\
Up to four places, the preferred one first; they replace those that there are. A place is a folder that has the files \
under their names, or for a single file the file itself.
Examples:
  tally artifact locators --account owner.key 0 0xf47f4525579f0641396dacb04222f2721796f797e7c97be73b1c05fc2ba91988 --locator ipfs://bafy/model --locator https://example.org/model
  tally artifact locators --account owner.key 0 0xf47f4525579f0641396dacb04222f2721796f797e7c97be73b1c05fc2ba91988")]
pub struct Locate {
	/// The artifact.
	artifact: ArtifactId,
	/// The version's root digest.
	#[arg(value_name = "VERSION", value_parser = parse_digest)]
	digest: Digest,
	/// A place. None: nowhere.
	#[arg(long = "locator", value_name = "URI")]
	locators: Vec<String>,
}

/// Options of `artifact fetch`.
#[derive(Args)]
#[command(after_help = "\
The manifest or bundle of the version says which files there are: its root digest has to be the version's. Each file is \
taken from the first place that has it with that digest; nothing else is written. --max-bytes is for each file.
Example:
  tally artifact fetch 0 --manifest my-model.manifest.json --out ./my-model --max-bytes 20000000000")]
pub struct Fetch {
	/// The artifact.
	artifact: ArtifactId,
	/// The version's root digest. Without it, the manifest's.
	#[arg(long, value_name = "HEX", value_parser = parse_digest)]
	version_digest: Option<Digest>,
	/// The version's manifest or bundle.
	#[arg(long, value_name = "FILE")]
	manifest: PathBuf,
	/// The directory to write to. It must not exist, or be empty.
	#[arg(long, value_name = "DIR")]
	out: PathBuf,
	#[command(flatten)]
	places: Places,
}

#[derive(Clone, Copy, ValueEnum)]
enum WithdrawalName {
	/// It does not do what it should.
	Defect,
	/// Somebody's rights: a licence, a person's data.
	Rights,
	/// There is a better one.
	Superseded,
	/// Something else.
	Other,
}

impl From<WithdrawalName> for WithdrawalKind {
	fn from(name: WithdrawalName) -> Self {
		match name {
			WithdrawalName::Defect => Self::Defect,
			WithdrawalName::Rights => Self::Rights,
			WithdrawalName::Superseded => Self::Superseded,
			WithdrawalName::Other => Self::Other,
		}
	}
}

fn kind_name(kind: WithdrawalKind) -> &'static str {
	match kind {
		WithdrawalKind::Safety => "safety",
		WithdrawalKind::Defect => "defect",
		WithdrawalKind::Rights => "rights",
		WithdrawalKind::Superseded => "superseded",
		WithdrawalKind::Other => "other",
	}
}

/// What became of a version, for people. Empty where nothing did.
pub fn status_words(status: &VersionStatus<u32>) -> String {
	match status {
		VersionStatus::Published => String::new(),
		VersionStatus::Deprecated => "deprecated: the owner says not to use it any more".into(),
		VersionStatus::Withdrawn { from, kind, note } => {
			let note = text(note);
			let why = if note.is_empty() { String::new() } else { format!(": {note}") };
			format!("withdrawn from block {from} on ({}){why}", kind_name(*kind))
		}
	}
}

/// What became of a version, for programs.
pub fn status_json(status: &VersionStatus<u32>) -> Value {
	match status {
		VersionStatus::Published => json!({ "status": "published" }),
		VersionStatus::Deprecated => json!({ "status": "deprecated" }),
		VersionStatus::Withdrawn { from, kind, note } => json!({
			"status": "withdrawn",
			"from": from,
			"kind": kind_name(*kind),
			"reason": raw(note),
		}),
	}
}

/// A version, for programs.
pub fn json(version: &VersionView<AccountId>, serving: Option<Digest>) -> Value {
	json!({
		"version": hex0x(version.digest),
		"number": version.number,
		"format": raw(&version.format),
		"files": version.files,
		"bytes": version.bytes,
		"locators": version.locators.iter().map(|locator| raw(locator)).collect::<Vec<_>>(),
		"publisher": account::show(&version.publisher),
		"block": version.published_at,
		"status": status_json(&version.status),
		"servable": version.servable,
		"serving": serving == Some(version.digest),
	})
}

/// A table of versions.
pub fn overview(versions: &[VersionView<AccountId>], serving: Option<Digest>) -> String {
	let rows = versions.iter().map(|version| {
		let mut status = match version.status {
			VersionStatus::Published => "published".to_owned(),
			_ => status_words(&version.status),
		};
		if serving == Some(version.digest) {
			status = format!("serving, {status}");
		}
		[
			hex0x(version.digest),
			text(&version.format),
			version.files.to_string(),
			version.bytes.to_string(),
			version.published_at.to_string(),
			status,
		]
	});
	table(["version", "format", "files", "bytes", "block", "status"], rows)
}

/// A version of an artifact. One of the newest hundred is in the artifact's view; older ones are looked
/// for page by page.
pub async fn find(
	client: &Client,
	at: &At,
	artifact: ArtifactId,
	digest: Digest,
) -> Result<Option<VersionView<AccountId>>, Failure> {
	let mut next = Some(0);
	while let Some(start) = next {
		let page: VersionPage<AccountId> =
			client.ask(at, "versions", (artifact, start, 100u32)).await?;
		let found = page.versions.into_iter().find(|version| version.digest == digest);
		if found.is_some() {
			return Ok(found);
		}
		next = page.next;
	}
	Ok(None)
}

/// Lists.
pub async fn list(options: Versions, context: &Context) -> Outcome {
	let client = context.connect().await?;
	let at = client.best().await?;
	let artifact = view(&client, &at, options.artifact).await?;
	let page: VersionPage<AccountId> =
		client.ask(&at, "versions", (options.artifact, options.start, 100u32)).await?;
	let mut words = match page.versions.is_empty() {
		true => "there are none".to_owned(),
		false => overview(&page.versions, artifact.serving),
	};
	if let Some(next) = page.next {
		words.push_str(&format!("\nmore with --start {next}; there are {} in all", page.total));
	}
	let json = json!({
		"artifact": options.artifact,
		"versions": page.versions.iter()
			.map(|version| self::json(version, artifact.serving))
			.collect::<Vec<_>>(),
		"next": page.next,
		"total": page.total,
	});
	Ok(Report::new(words, json))
}

/// Deprecates, or takes that back.
pub async fn deprecate(options: Deprecate, context: &Context) -> Outcome {
	let Deprecate { artifact, digest: version, undo } = options;
	let account = context.account()?;
	let client = context.connect().await?;
	owned(&client, artifact, &account).await?;
	let call = chain::transactions().registry().set_deprecated(artifact, version, !undo);
	let included = client.submit(&call, &account, "deprecate").await?;
	let _: chain::registry::events::DeprecationSet = included.event()?;
	let what = if undo { "no longer deprecated" } else { "deprecated" };
	let text = format!(
		"version {} of artifact {artifact} is {what}\n{}",
		hex0x(version),
		facts([("block", included.words())])
	);
	let json = json!({
		"artifact": artifact, "version": hex0x(version), "deprecated": !undo,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Withdraws.
pub async fn withdraw(options: Withdraw, context: &Context) -> Outcome {
	let Withdraw { artifact, digest: version, safety, kind, reason } = options;
	let note = BoundedVec(bounded("the reason", &reason, 128)?);
	let kind = if safety { WithdrawalKind::Safety } else { kind.into() };
	let account = context.account()?;
	let client = context.connect().await?;
	owned(&client, artifact, &account).await?;
	let call =
		chain::transactions().registry().withdraw_version(artifact, version, Static(kind), note);
	let included = client.submit(&call, &account, "withdraw").await?;
	let event: chain::registry::events::VersionWithdrawn = included.event()?;
	let when = if safety { "at once".to_owned() } else { format!("from block {} on", event.from) };
	let text = format!(
		"version {} of artifact {artifact} is withdrawn, {when}\n{}",
		hex0x(version),
		facts([("kind", kind_name(kind).to_owned()), ("block", included.words())])
	);
	let json = json!({
		"artifact": artifact, "version": hex0x(version), "kind": kind_name(kind),
		"from": event.from, "transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Says which version is to be used.
pub async fn serve(options: Serve, context: &Context) -> Outcome {
	let Serve { artifact, digest: version, .. } = options;
	let account = context.account()?;
	let client = context.connect().await?;
	owned(&client, artifact, &account).await?;
	let call = chain::transactions().registry().set_serving(artifact, version);
	let included = client.submit(&call, &account, "serve").await?;
	let _: chain::registry::events::ServingSet = included.event()?;
	let what = match version {
		Some(version) => {
			format!("version {} of artifact {artifact} is the one to use", hex0x(version))
		}
		None => format!("no version of artifact {artifact} is the one to use"),
	};
	let text = format!("{what}\n{}", facts([("block", included.words())]));
	let json = json!({
		"artifact": artifact, "serving": version.map(hex0x), "transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Says where the files are.
pub async fn locate(options: Locate, context: &Context) -> Outcome {
	let Locate { artifact, digest: version, locators } = options;
	let account = context.account()?;
	let client = context.connect().await?;
	owned(&client, artifact, &account).await?;
	let call =
		chain::transactions().registry().update_locators(artifact, version, places(&locators)?);
	let included = client.submit(&call, &account, "locators").await?;
	let _: chain::registry::events::LocatorsUpdated = included.event()?;
	let text = format!(
		"the files of version {} of artifact {artifact} are in {} places\n{}",
		hex0x(version),
		locators.len(),
		facts([("block", included.words())])
	);
	let json = json!({
		"artifact": artifact, "version": hex0x(version), "locators": locators,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Fetches the files.
pub async fn fetch(options: Fetch, context: &Context) -> Outcome {
	let listed = manifest::read(&options.manifest)?;
	let root = Digest::from(listed.root);
	let version = options.version_digest.unwrap_or(root);
	if version != root {
		return Err(Failure::new(format!(
			"{} lists the files of {}, and not of {}",
			options.manifest.display(),
			hex0x(root),
			hex0x(version)
		))
		.code("BadManifest")
		.hint("get the manifest of this version from whoever published it"));
	}
	ensure_empty(&options.out)?;
	let client = context.connect().await?;
	let at = client.best().await?;
	let found = find(&client, &at, options.artifact, version).await?.ok_or_else(|| {
		Failure::new(format!("artifact {} has no version {}", options.artifact, hex0x(version)))
			.code("Registry.VersionNotFound")
			.hint("`tally artifact versions` lists those there are")
	})?;
	if !found.servable {
		return Err(Failure::new(status_words(&found.status))
			.code("Registry.VersionWithdrawn")
			.hint("`tally artifact versions` lists those that can be used"));
	}
	let single = listed.files.files.len() == 1;
	let mut bytes = 0u128;
	let mut fetched = Vec::new();
	for file in &listed.files.files {
		let path = safe_join(&options.out, &file.name)?;
		let places: Vec<Vec<u8>> =
			found.locators.iter().flat_map(|place| at_place(place, &file.name, single)).collect();
		let what = text(file.name.as_bytes());
		let failed = |error: std::io::Error| {
			Failure::new(format!("cannot write {}: {error}", path.display()))
		};
		if let Some(folder) = path.parent() {
			std::fs::create_dir_all(folder).map_err(failed)?;
		}
		let digest = Digest::from(file.sha256);
		let got = options.places.fetch_file(&what, digest, &places, context.quiet(), &path).await?;
		bytes += u128::from(got.found);
		fetched.push((what, got));
	}
	// What is on the disk now is what the chain names.
	let written = digest::hash(&options.out, &listed.ignored(), context.quiet())?;
	if !listed.compare(&written).is_empty() {
		return Err(Failure::new("what was written is not the version").code("NotFetched"));
	}
	let words = format!(
		"version {} of artifact {} is in {}\n{}\nnext: tally verify {}",
		hex0x(version),
		options.artifact,
		options.out.display(),
		facts([("files", format!("{}, {bytes} bytes", fetched.len()))]),
		options.out.display()
	);
	let json = json!({
		"artifact": options.artifact,
		"version": hex0x(version),
		"bytes": big(bytes),
		"files": fetched.iter().map(|(name, got)| json!({
			"name": name, "locator": got.locator, "passed_over": got.passed_over,
		})).collect::<Vec<_>>(),
	});
	Ok(Report::new(words, json))
}

/// Where a file is at a place: below it, or for a single file also the place itself.
fn at_place(place: &[u8], name: &str, single: bool) -> Vec<Vec<u8>> {
	let place = String::from_utf8_lossy(place);
	let below = format!("{}/{}", place.trim_end_matches('/'), escaped(name));
	let mut all = Vec::new();
	if single {
		all.push(place.clone().into_owned().into_bytes());
	}
	all.push(below.into_bytes());
	all
}

/// A file's name in a URI (RFC 3986): all but unreserved characters and `/` in percent-encoding.
fn escaped(name: &str) -> String {
	let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
	name.bytes()
		.map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
		.collect()
}

/// The file's path below `folder`. A manifest is somebody else's: a name that would lead elsewhere is
/// refused.
fn safe_join(folder: &Path, name: &str) -> Result<PathBuf, Failure> {
	let bad = name.is_empty()
		|| name.contains('\\')
		|| name.contains('\0')
		|| name.split('/').any(|part| matches!(part, "" | "." | ".."));
	if bad {
		return Err(Failure::new(format!("the manifest has a file {}", text(name.as_bytes())))
			.code("BadManifest")
			.hint("no file of a version can have that name"));
	}
	Ok(folder.join(name))
}

fn ensure_empty(folder: &Path) -> Result<(), Failure> {
	let failed =
		|error: std::io::Error| Failure::new(format!("cannot make {}: {error}", folder.display()));
	if !folder.exists() {
		return std::fs::create_dir_all(folder).map_err(failed);
	}
	let is_empty = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
	if !is_empty {
		return Err(Failure::usage(format!("{} is no empty directory", folder.display()))
			.hint("name a directory that does not exist yet: nothing is overwritten"));
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn names_of_a_manifest_stay_in_the_folder() {
		let folder = Path::new("model");
		assert_eq!(safe_join(folder, "a/b.bin").unwrap(), folder.join("a/b.bin"));
		for name in ["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a\\b", "a\0"] {
			assert!(safe_join(folder, name).is_err(), "{name:?}");
		}
	}

	#[test]
	fn a_place_is_a_folder_or_a_single_file() {
		let shown = |places: Vec<Vec<u8>>| -> Vec<String> {
			places.into_iter().map(|place| String::from_utf8(place).unwrap()).collect()
		};
		assert_eq!(
			shown(at_place(b"https://example.org/m/", "a b/ü.bin", false)),
			["https://example.org/m/a%20b/%C3%BC.bin"]
		);
		assert_eq!(
			shown(at_place(b"ar://Tx", "model.gguf", true)),
			["ar://Tx", "ar://Tx/model.gguf"]
		);
	}

	#[test]
	fn a_reason_cannot_control_the_terminal() {
		let note = b"x\x1b[2J\x9b0m\ny".to_vec().try_into().unwrap();
		let status = VersionStatus::Withdrawn { from: 3, kind: WithdrawalKind::Safety, note };
		let json = tallystick_formats::text::json(&status_json(&status)).replace('\n', "");
		for shown in [status_words(&status), json] {
			assert!(!shown.contains(char::is_control), "{shown:?}");
		}
	}
}
