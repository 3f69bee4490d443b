//! `tally artifact publish`: the digest of a version goes on chain, and an anchor beside it that names the
//! list of its files: a manifest that is written here, or a bundle that `model_signing` made.

use super::{owned, register::places};
use crate::{
	account::Account,
	bundle::{self, Found, Signature},
	chain::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec, pallet_registry::types as registry,
		},
	},
	client::{At, Client},
	commands::{anchor, bounded, Context},
	digest::{self, sha256, FileSet},
	manifest::{self, Draft},
	output::{facts, hex0x, Failure, Outcome, Report},
};
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use subxt::utils::Static;
use tallystick_formats::openssf::{Difference, Manifest, MEDIA_TYPE};
use tallystick_primitives::{
	outside_key::Fingerprint,
	provenance::{
		AnchorInfo, AnchorKind, DigestAlgorithm, Document, DocumentKind, Locator, Locators,
		MAX_LOCATORS,
	},
	ArtifactId, ArtifactKind, Digest,
};

/// The media type of a bundle.
const BUNDLE_TYPE: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";

/// Hash the files of a version and put their digest on chain. The files stay with you.
#[derive(Args)]
#[command(after_help = "\
Writes a manifest of all files beside the directory, so that `tally verify` can say which file differs. Keep \
it, and give it to those who are to check. One transaction publishes the version and anchors the manifest.
With --bundle, a bundle that model_signing made stands in the manifest's place. The files have to be those that it \
lists; its key has to be bound to the account (`tally key bind`), and confirms the anchor.
Examples:
  tally artifact publish --account owner.key --artifact 0 ./my-model --format safetensors
  tally artifact publish --account owner.key --artifact 0 ./my-model --locator ipfs://bafy/my-model --locator https://example.org/my-model --serve
  tally artifact publish --account owner.key --artifact 0 ./my-model --bundle model.sig
  tally artifact publish --account owner.key --artifact 0 ./my-model --bundle model.sig --unconfirmed --key signer.pub")]
pub struct Publish {
	/// The artifact that the files are a version of.
	#[arg(long, value_name = "ID")]
	artifact: ArtifactId,
	/// The directory with the version's files, or a single file.
	path: PathBuf,
	/// The format of the files: safetensors, gguf, onnx …
	#[arg(long, default_value = "")]
	format: String,
	/// Where the files can be fetched: up to four, the preferred place first. Weights can be private:
	/// leave it out.
	#[arg(long = "locator", alias = "uri", value_name = "URI")]
	locators: Vec<String>,
	/// Where the manifest is written. Without it: beside the directory, as NAME.manifest.json.
	#[arg(long, value_name = "FILE", conflicts_with = "bundle")]
	manifest: Option<PathBuf>,
	/// Where others can fetch the manifest, or the bundle: up to four.
	#[arg(long = "manifest-locator", alias = "manifest-uri", value_name = "URI")]
	manifest_locators: Vec<String>,
	/// A bundle that model_signing made of these files.
	#[arg(long, value_name = "FILE")]
	bundle: Option<PathBuf>,
	/// Publish the bundle also where its key is not bound to the account, and so confirms nothing.
	#[arg(long, requires = "bundle")]
	unconfirmed: bool,
	/// The PEM file of the key that signed the bundle. Without it, the key that is bound on chain.
	#[arg(long, value_name = "FILE", requires = "bundle")]
	key: Option<PathBuf>,
	/// It is the version to use from now on.
	#[arg(long)]
	serve: bool,
	/// A path in the directory to leave out, with all that is below it. Can be given again. What belongs
	/// to git at the top is always left out.
	#[arg(long, value_name = "PATH")]
	ignore: Vec<String>,
}

/// What stands beside the digest: the list of the files.
struct Listed {
	document: Document,
	length: u64,
	media_type: &'static str,
	/// Where it is.
	path: PathBuf,
	/// The version's digest, as it has it.
	root: Digest,
	/// The outside key that confirms it.
	key: Option<Fingerprint>,
	/// A manifest that is written, and not in its place yet.
	draft: Option<Draft>,
	/// What is known of a bundle's signature.
	signature: Option<Signature>,
}

/// Publishes.
pub async fn run(options: Publish, context: &Context) -> Outcome {
	let account = context.account()?;
	let bundle = match options.bundle.as_deref() {
		Some(named) => bundle::find(&options.path, Some(named), &mut Vec::new())?,
		None => None,
	};
	let manifest_path =
		options.manifest.clone().unwrap_or_else(|| manifest::default_path(&options.path));
	if bundle.is_none() {
		refuse_inside(&manifest_path, &options.path)?;
	}
	// First the node, then the hours of hashing: what is wrong with the first is known at once.
	let client = context.connect().await?;
	let artifact = owned(&client, options.artifact, &account).await?;
	let at = client.best().await?;
	let mut ignore = options.ignore.clone();
	let signed = match &bundle {
		Some(found) => {
			ignore.extend(found.ignored(&options.path));
			Some(signature(found, &options, &account, &client, &at).await?)
		}
		None => None,
	};
	let ignore = if options.path.is_dir() { ignore } else { Vec::new() };
	let files = digest::hash(&options.path, &ignore, context.quiet())?;
	let listed = match (&bundle, signed) {
		(Some(found), Some((signature, key))) => by_bundle(found, signature, key, &files)?,
		_ => by_manifest(&manifest_path, &files)?,
	};
	let count = u32::try_from(files.files.len())
		.map_err(|_| Failure::new("there are more files than the chain can count"))?;
	let info = registry::VersionInfo {
		format: BoundedVec(bounded("the format", &options.format, 32)?),
		files: count,
		bytes: files.bytes,
		locators: places(&options.locators)?,
	};
	let about = anchor_info(&artifact.kind, &listed, &options.manifest_locators)?;
	// One account anchors a digest once. Whoever publishes the same files under a second artifact, or
	// anchored them by themselves, has done it before.
	let before =
		anchor::own(&client, &client.best().await?, listed.root, about.kind, &account.id()).await?;
	let before = before.filter(|before| before.is_active());
	type Call = chain::runtime_types::tallystick_runtime::RuntimeCall;
	let mut calls = vec![Call::Registry(chain::registry::Call::publish {
		artifact: options.artifact,
		version: listed.root,
		info,
	})];
	match &before {
		None => calls.push(Call::Provenance(chain::provenance::Call::anchor {
			digest: listed.root,
			info: Static(about.clone()),
			key: listed.key,
			reservation: None,
		})),
		Some(before) => {
			let confirmed = before.confirmation.as_ref().map(|confirmation| confirmation.key);
			if let Some(key) = listed.key.filter(|_| confirmed.is_none()) {
				calls.push(Call::Provenance(chain::provenance::Call::confirm {
					anchor: before.id,
					fingerprint: key,
				}));
			}
		}
	}
	if options.serve {
		calls.push(Call::Registry(chain::registry::Call::set_serving {
			artifact: options.artifact,
			version: Some(listed.root),
		}));
	}
	let call = chain::transactions().utility().batch_all(calls);
	let included = client.submit(&call, &account, "publish").await?;
	if let Some(draft) = listed.draft {
		draft.keep()?;
	}
	let published: chain::registry::events::Published = included.event()?;
	let other_document =
		before.as_ref().is_some_and(|before| before.info.document != about.document);
	let anchor = match &before {
		Some(anchor) => anchor.id,
		None => included.event::<chain::provenance::events::Anchored>()?.anchor,
	};
	let list = if bundle.is_some() { "bundle" } else { "manifest" };
	let mut text = format!(
		"version {} of artifact {} is published\n{}",
		hex0x(published.version),
		options.artifact,
		facts([
			("files", format!("{count}, {} bytes", files.bytes)),
			(list, listed.path.display().to_string()),
			("its digest", hex0x(listed.document.digest)),
			("its signature", listed.signature.as_ref().map(Signature::words).unwrap_or_default()),
			("confirmed by", listed.key.map(hex0x).unwrap_or_default()),
			("anchor", anchor.to_string()),
			("block", included.words()),
		])
	);
	if other_document {
		text.push_str(
			"\nnote: you anchored these files before; that anchor names another document, and stays",
		);
	}
	let by_components = files.root_by_components().map(Digest::from);
	if let Some(other) = by_components.filter(|other| *other != listed.root) {
		text.push_str(&format!(
			"\nnote: model_signing 1.1.1 and before orders these file names otherwise than the specification, \
			 and says {}; `tally verify` finds either",
			hex0x(other)
		));
	}
	let json = json!({
		"artifact": options.artifact,
		"version": hex0x(listed.root),
		"version_by_path_components": by_components.map(hex0x),
		"files": count,
		"bytes": files.bytes,
		list: listed.path.display().to_string(),
		format!("{list}_digest"): hex0x(listed.document.digest),
		"signature": listed.signature.as_ref().map(Signature::name),
		"key": listed.key.map(hex0x),
		"anchor": anchor,
		"anchor_names_another_document": other_document,
		"serving": options.serve,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Checks the bundle's signature, and whether its key speaks for the account.
async fn signature(
	found: &Found,
	options: &Publish,
	account: &Account,
	client: &Client,
	at: &At,
) -> Result<(Signature, Option<Fingerprint>), Failure> {
	let users = options.key.as_deref().map(bundle::read_key).transpose()?;
	let said = match (&users, found.fingerprint()?) {
		(Some(key), _) => Some(Digest::from(key.fingerprint())),
		(None, said) => said,
	};
	let bound = match said {
		Some(key) => bundle::bound_to(client, at, &[account.id()], key).await?,
		None => Vec::new(),
	};
	let signature = found.check(users.as_ref(), &bound);
	if let Signature::Bad(why) = &signature {
		return Err(Failure::new(format!("{}: {why}", found.path.display()))
			.code("BadSignature")
			.hint("sign the files again: `model_signing sign key`"));
	}
	let now = client.moment(at).await?.time;
	let confirming = bound.iter().find(|bound| bound.expires_at > now);
	match (signature.good(), confirming) {
		(Some(key), Some(_)) => Ok((signature, Some(key))),
		_ if options.unconfirmed => Ok((signature, None)),
		_ => {
			let key = said.map(hex0x).unwrap_or_else(|| "it does not say which".into());
			Err(Failure::new(format!(
				"the key that signed {} ({key}) does not speak for the account that signs",
				found.path.display()
			))
			.code("Provenance.KeyNotBound")
			.hint(
				"bind it (`tally key bind --private-key FILE`), so that it confirms the version; or give \
				 --unconfirmed",
			))
		}
	}
}

/// The bundle as the list of the files, if they are those that it lists.
fn by_bundle(
	found: &Found,
	signature: Signature,
	key: Option<Fingerprint>,
	files: &FileSet,
) -> Result<Listed, Failure> {
	let manifest = &found.bundle.manifest;
	let difference = manifest.compare(files);
	if !difference.is_empty() {
		return Err(mismatch(&found.path, &difference));
	}
	let length = found.path.metadata().map(|metadata| metadata.len()).unwrap_or_default();
	Ok(Listed {
		document: Document {
			kind: DocumentKind::ModelSigning,
			digest: Digest::from(manifest.digest),
		},
		length,
		media_type: BUNDLE_TYPE,
		path: found.path.clone(),
		root: Digest::from(manifest.root),
		key,
		draft: None,
		signature: Some(signature),
	})
}

/// A failure that names every file that is not as the bundle has it.
fn mismatch(bundle: &Path, difference: &Difference) -> Failure {
	let lines: Vec<_> = difference.lines().collect();
	Failure::new(format!(
		"the files are not those that {} lists: {}",
		bundle.display(),
		lines.join(", ")
	))
	.code("BundleMismatch")
	.hint("sign the files as they are now, or leave out what does not belong to them (--ignore)")
}

/// A manifest that is written here.
fn by_manifest(path: &Path, files: &FileSet) -> Result<Listed, Failure> {
	let bytes = Manifest::encode(files);
	// Written before the transaction, put in its place after it: what fails does not replace the
	// manifest of another version.
	let draft = Draft::write(path, &bytes)?;
	Ok(Listed {
		document: Document { kind: DocumentKind::FileManifest, digest: sha256(&bytes) },
		length: bytes.len() as u64,
		media_type: MEDIA_TYPE,
		path: path.to_owned(),
		root: digest::root(files),
		key: None,
		draft: Some(draft),
		signature: None,
	})
}

/// What the anchor of a version says: where the list of its files is, and what it is.
fn anchor_info(
	kind: &ArtifactKind,
	listed: &Listed,
	locators: &[String],
) -> Result<AnchorInfo, Failure> {
	if locators.len() > MAX_LOCATORS as usize {
		return Err(Failure::usage(format!("at most {MAX_LOCATORS} times --manifest-locator fit")));
	}
	let locators = locators
		.iter()
		// What is bounded already is not cut off.
		.map(|place| Ok(Locator::truncate_from(bounded("a manifest's locator", place, 256)?)))
		.collect::<Result<Vec<_>, Failure>>()?;
	Ok(AnchorInfo {
		algorithm: DigestAlgorithm::Sha256,
		kind: match kind {
			ArtifactKind::Model | ArtifactKind::Adapter => AnchorKind::ModelVersion,
			ArtifactKind::Dataset => AnchorKind::Dataset,
			ArtifactKind::Code => AnchorKind::Code,
		},
		document: Some(listed.document),
		bytes: listed.length,
		media_type: sp_core::bounded_vec::BoundedVec::truncate_from(listed.media_type.into()),
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

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_manifest_inside_its_directory_is_refused() {
		let dir = tempfile::tempdir().unwrap();
		let inner = dir.path().join("model");
		std::fs::create_dir(&inner).unwrap();
		assert!(refuse_inside(&inner.join("m.json"), &inner).is_err());
		assert!(refuse_inside(&dir.path().join("m.json"), &inner).is_ok());
		assert!(refuse_inside(Path::new("m.json"), &inner).is_ok());
	}

	#[test]
	fn a_mismatch_names_every_file() {
		let difference = Difference {
			changed: vec!["weights.bin".into()],
			added: vec!["x\u{1b}[2J".into()],
			..Difference::default()
		};
		let failure = mismatch(Path::new("model.sig"), &difference);
		let said = failure.to_string();
		assert!(said.contains("changed weights.bin, added x\\u{1b}[2J"), "{said}");
		assert_eq!(failure.name(), "BundleMismatch");
	}
}
