//! `tally verify`: say what a directory or a file is, and whose word that is.
//!
//! The files are hashed; the chain says which versions have their digest and who anchored it
//! ([`claimants`]). A bundle beside the files is held against them, and its key against the claimants. One
//! final or best block is looked at, in a number of calls that does not grow with the number of claims: of
//! many, those come first, or are looked up by name, whose word can count ([`versions`]).

pub mod claimants;
mod versions;
pub mod words;

use super::{anchor, artifact, parse_digest, Context};
use crate::{
	account::AccountId,
	bundle::{self, Bound, Found, Signature},
	client::{failed, At, Client},
	digest::{self, FileSet},
	manifest, names,
	output::{Failure, Outcome, Report},
};
use claimants::{Asked, By, Claimant};
use clap::Args;
use codec::Decode;
use std::{
	collections::BTreeMap,
	path::{Path, PathBuf},
};
use tallystick_formats::openssf::{Difference, Manifest};
use tallystick_primitives::{
	provenance::{AnchorKind, IndexKey},
	runtime_api::{AnchorPage, AnchorView, ArtifactView, ClaimantPage, PublishedView},
	ArtifactId, ArtifactKind, Digest,
};
use versions::Published;

/// How many artifacts are looked through for a name that looks alike.
const NAMES: u32 = 1_000;
/// How many parents are looked up, to say what became of them.
const PARENTS: usize = 64;

/// Options of `verify`.
#[derive(Args)]
#[command(after_help = "\
Exit code 0: a claimant that an outside key confirms, or one that you name, holds all that is asked for. 1: nobody \
does, or something differs; the words say who claims it, and why that is not enough. Anybody can claim any files, and \
any name: an unconfirmed claim is no answer until you name whose word you take. Without --by or a bundle, \
\"confirmed\" means by some key, and anybody can have one: it says whose word it is only to who knows the key.
With the manifest of the version at hand (beside the directory, or --manifest), the files that differ are named. A \
bundle by model_signing (NAME.sig or model.sig beside or in the directory, or --bundle) has to fit the files, and its \
key has to speak for the claimant.
Examples:
  tally verify ./my-model
  tally verify ./my-model --by 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY
  tally verify ./my-model --by 1a73ca57baaebb4b588bd79f4a605144fcce49883f18a97f0e25137dcdd137e3
  tally verify ./my-model --bundle model.sig --key signer.pub
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
	/// Whose word you take: an account, or the fingerprint of an outside key (`sha256sum key.pub`). Can be
	/// given again. Nobody else's counts then.
	#[arg(long, value_name = "ACCOUNT-OR-KEY", value_parser = By::parse)]
	by: Vec<By>,
	/// Only this artifact counts, and its owner's word is enough.
	#[arg(long, value_name = "ID")]
	artifact: Option<ArtifactId>,
	/// The bundle. Without it, one that is beside the files or in the directory.
	#[arg(long, value_name = "FILE", conflicts_with = "digest")]
	bundle: Option<PathBuf>,
	/// Look at no bundle.
	#[arg(long, conflicts_with = "bundle")]
	no_bundle: bool,
	/// The PEM file of the key that signed the bundle. Without it, the key that is bound on chain.
	#[arg(long, value_name = "FILE", conflicts_with = "digest")]
	key: Option<PathBuf>,
	/// The manifest. Without it: NAME.manifest.json beside the directory, where there is one.
	#[arg(long, value_name = "FILE")]
	manifest: Option<PathBuf>,
	/// A path in the directory that was left out of the version. What the manifest or bundle says is known
	/// already.
	#[arg(long, value_name = "PATH")]
	ignore: Vec<String>,
}

/// What the chain says about a digest.
struct Standing {
	digest: Digest,
	anchors: Vec<AnchorView<AccountId>>,
	/// How many anchors there are in all, and how many of them are confirmed.
	anchored: (u32, u32),
	published: Published,
}

impl Standing {
	/// Whether the chain has anything to say about it.
	fn is_mentioned(&self) -> bool {
		!self.versions().is_empty() || !self.anchors.is_empty()
	}

	/// The artifacts that have it as a version, as far as they were looked at.
	fn versions(&self) -> &[PublishedView<AccountId>] {
		&self.published.versions
	}

	/// The accounts that claim it.
	fn claimants(&self) -> Vec<AccountId> {
		claimants::claimants_of(&self.anchors, self.versions())
	}

	/// Those whose artifacts must not be overlooked, since their word can be enough: whom a key confirms,
	/// and whom the user names.
	fn whose_word_can_count(&self, bound: &[Bound], by: &[By]) -> Vec<AccountId> {
		let confirmed = self.anchors.iter().filter(|anchor| anchor.confirmation.is_some());
		let named = by.iter().filter_map(|by| match by {
			By::Account(account) => Some(account),
			By::Key(_) => None,
		});
		let mut all: Vec<AccountId> = Vec::new();
		for account in confirmed
			.map(|anchor| &anchor.issuer)
			.chain(bound.iter().map(|bound| &bound.account))
			.chain(named)
		{
			if !all.contains(account) {
				all.push(account.clone());
			}
		}
		all
	}
}

/// A list of files, and how those at hand differ from it.
struct Compared {
	path: PathBuf,
	manifest: Manifest,
	difference: Difference,
}

/// The bundle at hand.
struct Signed {
	compared: Compared,
	signature: Signature,
	identity: Option<String>,
	/// Whether it has to be good, and its key a claimant's.
	required: bool,
}

/// Why a bundle speaks against what is claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Objection {
	/// It lists other files, whoever signed it.
	OtherFiles,
	/// Its signature is not its key's.
	BadSignature,
	/// Nobody knows whose signature it is, and it has to be a claimant's.
	UncheckedSignature,
}

impl Objection {
	/// For programs.
	fn name(self) -> &'static str {
		match self {
			Self::OtherFiles => "other-files",
			Self::BadSignature => "bad-signature",
			Self::UncheckedSignature => "unchecked-signature",
		}
	}
}

impl Signed {
	/// Why it speaks against what is claimed, if it does.
	fn objection(&self) -> Option<Objection> {
		if !self.compared.difference.is_empty() {
			return Some(Objection::OtherFiles);
		}
		match self.signature {
			Signature::Bad(_) => Some(Objection::BadSignature),
			Signature::Unchecked(_) if self.required => Some(Objection::UncheckedSignature),
			_ => None,
		}
	}
}

/// All that a report is made from.
struct Findings {
	what: String,
	standing: Standing,
	claimants: Vec<Claimant>,
	asked: Asked,
	signed: Option<Signed>,
	/// A manifest that differs from the files, and what the chain says of what it lists.
	original: Option<(Compared, Standing)>,
	/// The parents of what is claimed, as far as they were looked up.
	parents: BTreeMap<ArtifactId, ArtifactView<AccountId>>,
	/// What makes names suspicious, by artifact.
	warnings: Vec<(ArtifactId, String)>,
	/// What was noticed beside that.
	remarks: Vec<String>,
	files: Option<(usize, u64)>,
	is_directory: bool,
}

impl Findings {
	/// Whether somebody whose word counts holds all that was asked for.
	fn hold(&self) -> bool {
		self.objection().is_none()
			&& self.original.is_none()
			&& self.claimants.iter().any(|claimant| claimant.lack.is_none())
	}

	/// Why the bundle at hand speaks against it, if it does.
	fn objection(&self) -> Option<Objection> {
		self.signed.as_ref().and_then(Signed::objection)
	}
}

/// Runs the command.
pub async fn run(options: Command, context: &Context) -> Outcome {
	let mut remarks = Vec::new();
	let listed = options.path.as_ref().map(|path| find_manifest(&options, path)).transpose()?;
	let listed = listed.flatten();
	let found = match &options.path {
		Some(path) if !options.no_bundle => {
			bundle::find(path, options.bundle.as_deref(), &mut remarks)?
		}
		_ => None,
	};
	let key = options.key.as_deref().map(bundle::read_key).transpose()?;
	// The node before the hashing, so that a wrong URL is known at once.
	let client = context.connect().await?;
	let files = match &options.path {
		Some(path) => Some(hash(path, &options, listed.as_ref(), found.as_ref(), context)?),
		None => None,
	};
	let at = client.best().await?;
	let moment = client.moment(&at).await?;
	let mut standing = match (&files, &options.path) {
		(Some(files), Some(path)) => {
			best_standing(&client, &at, files, path.is_file(), &options).await?
		}
		_ => standing(&client, &at, options.digest.unwrap_or_default(), &options).await?,
	};
	let mut bound = Vec::new();
	if let Some(found) = &found {
		let said = match &key {
			Some(key) => Some(Digest::from(key.fingerprint())),
			None => found.fingerprint()?,
		};
		if let Some(said) = said {
			let mut accounts = standing.claimants();
			accounts.extend(others_of(&client, &at, found, &standing).await?);
			bound = bundle::bound_to(&client, &at, &accounts, said).await?;
			bound.retain(|bound| bound.expires_at > moment.time);
		}
	}
	let owners = standing.whose_word_can_count(&bound, &options.by);
	standing.published.look_up_owners(&client, &at, standing.digest, &owners).await?;
	let signed = found.zip(files.as_ref()).map(|(found, files)| {
		let signature = found.check(key.as_ref(), &bound);
		let identity = found.identity();
		let Found { path, bundle, named } = found;
		let difference = bundle.manifest.compare(files);
		// Who names somebody takes that word, and need not be content with a bundle that only lies there.
		let required = named || (options.by.is_empty() && options.artifact.is_none());
		Signed {
			compared: Compared { path, manifest: bundle.manifest, difference },
			signature,
			identity,
			required,
		}
	});
	let asked = Asked {
		by: options.by.clone(),
		only: options.artifact,
		signer: signed.as_ref().and_then(|signed| signed.signature.good()),
		by_signer: signed.as_ref().is_some_and(|signed| signed.required),
		now: moment.time,
	};
	let is_bound = |who: &AccountId| bound.iter().any(|bound| bound.account == *who);
	let claimants = claimants::all(&standing.anchors, standing.versions(), &asked, is_bound);
	let original = match (listed, &files) {
		(Some((path, manifest)), Some(files)) => {
			let root = Digest::from(manifest.root);
			let difference = manifest.compare(files);
			// Files under other names in the same order have the same digest. The manifest of another
			// version says nothing of those that somebody claims.
			let is_of_these = [standing.digest, digest::root(files)].contains(&root);
			match difference.is_empty() || (standing.is_mentioned() && !is_of_these) {
				true => None,
				false => {
					let compared = Compared { path, manifest, difference };
					Some((compared, self::standing(&client, &at, root, &options).await?))
				}
			}
		}
		_ => None,
	};
	let parents = parents_of(&client, &at, standing.versions()).await?;
	let Registered { names: registered, lack } =
		registered_names(&client, &at, moment.proved, standing.versions()).await?;
	remarks.extend(lack);
	remarks.extend(words::beyond(&standing.published));
	let findings = Findings {
		what: what(options.path.as_deref(), files.as_ref()),
		warnings: warnings(standing.versions(), &parents, &registered),
		claimants,
		asked,
		signed,
		original,
		parents,
		remarks,
		files: files.as_ref().map(|files| (files.files.len(), files.bytes)),
		is_directory: options.path.as_ref().is_some_and(|path| path.is_dir()),
		standing,
	};
	let mut report = Report::new(words::text(&findings), words::json(&findings));
	report.text.push_str(&format!("\n\nas of {}", moment.words()));
	report.json["as_of"] = moment.json();
	Ok(report.with_ok(findings.hold()))
}

fn hash(
	path: &Path,
	options: &Command,
	listed: Option<&(PathBuf, Manifest)>,
	found: Option<&Found>,
	context: &Context,
) -> Result<FileSet, Failure> {
	let mut ignore = options.ignore.clone();
	if let Some((_, manifest)) = listed {
		ignore.extend(manifest.ignored());
	}
	if let Some(found) = found {
		ignore.extend(found.ignored(path));
	}
	// A single file has nothing that could be left out.
	let ignore = if path.is_dir() { ignore } else { Vec::new() };
	digest::hash(path, &ignore, context.quiet())
}

/// What is verified, in a few words.
fn what(path: Option<&Path>, files: Option<&FileSet>) -> String {
	match (path, files) {
		(Some(path), Some(files)) => format!(
			"{} ({}, {})",
			names::show(path.to_string_lossy().as_bytes()),
			words::counted(files.files.len() as u64, "file"),
			words::counted(files.bytes, "byte")
		),
		_ => "the digest".into(),
	}
}

fn find_manifest(options: &Command, path: &Path) -> Result<Option<(PathBuf, Manifest)>, Failure> {
	if let Some(named) = &options.manifest {
		return Ok(Some((named.clone(), manifest::read(named)?)));
	}
	let place = manifest::default_path(path);
	if place.is_file() {
		return Ok(Some((place.clone(), manifest::read(&place)?)));
	}
	Ok(None)
}

/// What the chain says about the files, under any of the digests that name them.
async fn best_standing(
	client: &Client,
	at: &At,
	files: &FileSet,
	single: bool,
	options: &Command,
) -> Result<Standing, Failure> {
	// As the specification names them; as model_signing 1.1.1 does; and a single file also by its own
	// SHA-256, as documents are anchored.
	let mut digests = vec![files.root()];
	digests.extend(files.root_by_components());
	if single {
		digests.extend(files.files.first().map(|file| file.sha256));
	}
	let mut best = None;
	for digest in digests {
		let standing = standing(client, at, Digest::from(digest), options).await?;
		if standing.is_mentioned() {
			return Ok(standing);
		}
		best.get_or_insert(standing);
	}
	best.ok_or_else(|| Failure::new("there are no files"))
}

/// What the chain says about a digest.
async fn standing(
	client: &Client,
	at: &At,
	digest: Digest,
	options: &Command,
) -> Result<Standing, Failure> {
	let ClaimantPage { mut anchors, total, confirmed, .. } =
		anchor::claimants(client, at, digest).await?;
	// Whom the user names is looked for by name, however many others came first.
	for by in &options.by {
		anchors.extend(anchors_by(client, at, digest, by).await?);
	}
	let mut seen = std::collections::BTreeSet::new();
	anchors.retain(|anchor| seen.insert(anchor.id));
	let mut published = Published::of(client, at, digest).await?;
	if let Some(artifact) = options.artifact {
		published.look_up(client, at, digest, artifact).await?;
	}
	Ok(Standing { digest, anchors, anchored: (total, confirmed), published })
}

/// Who claims what the bundle lists, where the files at hand are not that: its key can be bound to one of
/// them, and then the list is known to be the signer's.
async fn others_of(
	client: &Client,
	at: &At,
	found: &Found,
	standing: &Standing,
) -> Result<Vec<AccountId>, Failure> {
	let root = Digest::from(found.bundle.manifest.root);
	if root == standing.digest {
		return Ok(Vec::new());
	}
	let page = anchor::claimants(client, at, root).await?;
	Ok(claimants::claimants_of(&page.anchors, &[]))
}

/// The anchors of a digest that are of somebody.
async fn anchors_by(
	client: &Client,
	at: &At,
	digest: Digest,
	by: &By,
) -> Result<Vec<AnchorView<AccountId>>, Failure> {
	match by {
		By::Account(account) => {
			let mut all = Vec::new();
			for kind in AnchorKind::ALL {
				all.extend(anchor::own(client, at, digest, kind, account).await?);
			}
			Ok(all)
		}
		By::Key(key) => {
			let index = IndexKey::<AccountId>::ConfirmedBy(digest, *key);
			let page: AnchorPage<AccountId> =
				client.ask(at, "anchors_by", (index, 0u32, 100u32)).await?;
			Ok(page.anchors)
		}
	}
}

/// What became of the parents of what is claimed.
async fn parents_of(
	client: &Client,
	at: &At,
	versions: &[PublishedView<AccountId>],
) -> Result<BTreeMap<ArtifactId, ArtifactView<AccountId>>, Failure> {
	let all = versions.iter().flat_map(|version| &version.parents);
	let ids: std::collections::BTreeSet<_> = all.map(|parent| parent.artifact).collect();
	let mut parents = BTreeMap::new();
	for id in ids.into_iter().take(PARENTS) {
		parents.insert(id, artifact::view(client, at, id).await?);
	}
	Ok(parents)
}

/// Names that those of claimed artifacts are compared with, besides each other's and their parents'.
#[derive(Default)]
struct Registered {
	names: Vec<(ArtifactId, Vec<u8>)>,
	/// What they were not compared with, if with anything less than all that is older.
	lack: Option<String>,
}

/// The names of the oldest artifacts: those that others may want to be taken for. One request.
async fn registered_names(
	client: &Client,
	at: &At,
	proved: bool,
	claimed: &[PublishedView<AccountId>],
) -> Result<Registered, Failure> {
	/// The beginning of what pallet-registry stores of an artifact.
	#[derive(Decode)]
	struct Beginning {
		_kind: ArtifactKind,
		name: Vec<u8>,
	}
	// A name imitates what was there before it.
	let Some(older) = claimed.iter().map(|version| version.artifact).max() else {
		return Ok(Registered::default());
	};
	if proved {
		// A proof of a thousand names would take longer than all else.
		let known = claimed.iter().filter(|version| version.artifact < older).count() as u64;
		let lack = (u64::from(older) > known).then(|| {
			"names were compared with those of the claimed artifacts and of their parents alone: a light \
			 client would have to prove each of all others"
				.to_owned()
		});
		return Ok(Registered { lack, ..Registered::default() });
	}
	let ids: Vec<ArtifactId> = (0..older.min(NAMES)).collect();
	let stored = crate::chain::storage().registry().artifacts();
	let entry = at.storage().entry(stored).map_err(failed)?;
	let keys: Result<Vec<_>, _> = ids.iter().map(|id| entry.fetch_key((*id,))).collect();
	let values = client.values(at, &keys.map_err(failed)?).await?;
	let names = ids.into_iter().zip(values).filter_map(|(id, value)| {
		let beginning = Beginning::decode(&mut &value?[..]).ok()?;
		Some((id, beginning.name))
	});
	let lack = (older > NAMES).then(|| {
		format!(
			"names were compared with those of the first {NAMES} artifacts alone: up to {older} are older"
		)
	});
	Ok(Registered { names: names.collect(), lack })
}

/// What makes the names of claimed artifacts suspicious: beside each other, their parents, and older
/// artifacts of others.
fn warnings(
	versions: &[PublishedView<AccountId>],
	parents: &BTreeMap<ArtifactId, ArtifactView<AccountId>>,
	registered: &[(ArtifactId, Vec<u8>)],
) -> Vec<(ArtifactId, String)> {
	let mut all = Vec::new();
	for version in versions {
		let mut others: BTreeMap<ArtifactId, &[u8]> = BTreeMap::new();
		others.extend(registered.iter().map(|(id, name)| (*id, name.as_slice())));
		others.extend(parents.iter().map(|(id, view)| (*id, view.name.as_slice())));
		others.extend(versions.iter().map(|other| (other.artifact, other.name.as_slice())));
		// A name imitates what was there before it.
		let older = others.into_iter().filter(|(id, _)| *id < version.artifact);
		let older = older.map(|(id, name)| (format!("artifact {id}"), name));
		let warnings = names::warnings(&version.name, older);
		all.extend(warnings.into_iter().map(|warning| (version.artifact, warning)));
	}
	all
}
