//! `tally anchor`: put digests on chain, for ever, and say later what became of them.

use super::{bounded, parse_digest, text, Context};
use crate::{
	account::{self, random_salt, to_subxt, AccountId},
	chain::{self, runtime_types::bounded_collections::bounded_vec::BoundedVec},
	client::{failed, At, Client},
	digest::{self, sha256_of_file},
	output::{facts, hex0x, parse_hash, parse_hex, table, Failure, Outcome, Report},
};
use clap::{Args, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};
use std::path::{Path, PathBuf};
use subxt::utils::Static;
use tallystick_primitives::{
	outside_key::Fingerprint,
	provenance::{
		reservation, AnchorInfo, AnchorKind, AnchorStatus, DigestAlgorithm, Document, DocumentKind,
		IndexKey, ProvRelation, ReservationSalt, SoftBinding,
	},
	runtime_api::{AnchorPage, AnchorView, ClaimantPage, ConfirmationView},
	AnchorId, Digest,
};

/// What an anchor's record says of a reservation's file.
const RESERVATION_FORMAT: &str = "tallystick/reservation/1";

/// Put digests on chain, and say what became of them.
#[derive(Subcommand)]
pub enum Command {
	/// Put the digest of a file or directory on chain, for ever, with your name and the time.
	Create(Create),
	/// Say first, and secretly, that you are going to anchor a digest: whoever learns it later cannot
	/// get in front of you.
	Reserve(Reserve),
	/// Give a reservation up, and get its deposit back.
	#[command(after_help = "\
Example:
  tally anchor release --account owner.key model.reservation")]
	Release {
		/// The file that `tally anchor reserve` wrote.
		file: PathBuf,
	},
	/// Put an outside key behind an anchor that was made without one.
	#[command(after_help = "\
Example:
  tally anchor confirm --account owner.key 3 --key signer.pub")]
	Confirm {
		/// The anchor.
		anchor: AnchorId,
		/// The key, bound to the account: its PEM file, or its fingerprint.
		#[arg(long, value_name = "FILE-OR-HEX")]
		key: String,
	},
	/// Take your word back: the anchor stays, and says that you no longer stand by it.
	#[command(after_help = "\
Example:
  tally anchor revoke --account owner.key 3 --reason 'trained on data that was withdrawn'")]
	Revoke {
		/// The anchor.
		anchor: AnchorId,
		/// Why, for people: at most 128 bytes.
		#[arg(long, default_value = "")]
		reason: String,
	},
	/// Say that a newer anchor of yours stands in the place of an older one.
	#[command(after_help = "\
Example:
  tally anchor supersede --account owner.key 3 7")]
	Supersede {
		/// The older anchor.
		old: AnchorId,
		/// What stands in its place: newer, and of the same kind.
		new: AnchorId,
	},
	/// Show all of an anchor.
	#[command(after_help = "\
Example:
  tally anchor show 3")]
	Show {
		/// The anchor.
		anchor: AnchorId,
	},
	/// List anchors that have something in common.
	List(List),
}

/// A file, a directory, or a digest.
#[derive(Args)]
pub struct Subject {
	/// The file or directory. A directory is named by its root digest, a file by its SHA-256.
	#[arg(required_unless_present = "digest")]
	path: Option<PathBuf>,
	/// The digest itself, where the file is elsewhere.
	#[arg(long, value_name = "HEX", value_parser = parse_digest, conflicts_with = "path")]
	digest: Option<Digest>,
}

impl Subject {
	/// The digest, how long what it stands for is, and whether it was computed here.
	fn digest(&self, context: &Context) -> Result<(Digest, u64), Failure> {
		match &self.path {
			Some(path) if path.is_dir() => {
				let files = digest::hash(path, &[], context.quiet())?;
				Ok((digest::root(&files), files.bytes))
			}
			Some(path) => Ok((sha256_of_file(path)?, length_of(path)?)),
			None => Ok((self.digest.unwrap_or_default(), 0)),
		}
	}
}

/// Options of `anchor create`.
#[derive(Args)]
#[command(after_help = "\
A directory is anchored by its root digest (OpenSSF Model Signing v1.0), a file by its SHA-256. It is paid for \
once, and stays. Anybody can anchor anything: an anchor proves that its issuer knew the digest at that time. \
An outside key (--key, see `tally key bind`) shows who the issuer is; a reservation, that the issuer knew it first.
Examples:
  tally anchor create --account owner.key ./dataset --kind dataset --locator https://example.org/data
  tally anchor create --account owner.key report.pdf --media-type application/pdf --relation was-derived-from:3
  tally anchor create --account owner.key picture.png --kind content --document manifest.c2pa --document-kind c2pa
  tally anchor create --account owner.key ./model --kind model-version --key signer.pub --reservation model.reservation")]
pub struct Create {
	#[command(flatten)]
	subject: Subject,
	/// How the digest was made, where it is given.
	#[arg(long, default_value = "sha256")]
	algorithm: Algorithm,
	/// What it is.
	#[arg(long, default_value = "document")]
	kind: Kind,
	/// A document that says more: a bill of materials, a signature bundle. Only its SHA-256 goes on chain.
	#[arg(long, value_name = "FILE")]
	document: Option<PathBuf>,
	/// What the document is.
	#[arg(long, value_name = "KIND", default_value = "other", requires = "document")]
	document_kind: DocumentName,
	/// The media type of the document, or without one, of the subject.
	#[arg(long, value_name = "TYPE", default_value = "")]
	media_type: String,
	/// Where the document, or without one, the subject can be fetched: up to four, the preferred one first.
	#[arg(long, value_name = "URI")]
	locator: Vec<String>,
	/// What the subject has to do with that of an older anchor: RELATION:ANCHOR, up to sixteen.
	#[arg(long, value_name = "RELATION:ANCHOR", value_parser = parse_relation)]
	relation: Vec<(ProvRelation, AnchorId)>,
	/// A watermark or perceptual value: ALGORITHM:HEX, up to eight.
	#[arg(long, value_name = "ALGORITHM:HEX", value_parser = parse_soft)]
	soft: Vec<SoftBinding>,
	/// The outside key that stands behind it, bound to the account: its PEM file, or its fingerprint.
	#[arg(long, value_name = "FILE-OR-HEX")]
	key: Option<String>,
	/// The file that `tally anchor reserve` wrote for this digest.
	#[arg(long, value_name = "FILE")]
	reservation: Option<PathBuf>,
}

/// Options of `anchor reserve`.
#[derive(Args)]
#[command(after_help = "\
The chain is told a salted hash alone. The file holds the salt: keep it to yourself until the digest is anchored \
with `tally anchor create --reservation FILE`, at least a minute later. A deposit is held until then. Anchor it under \
a bound key (--key): who copies your claim can have a key of its own, and is in front of claims without one.
Examples:
  tally anchor reserve --account owner.key ./model --out model.reservation
  tally anchor reserve --account owner.key --digest 0xf47f4525579f0641396dacb04222f2721796f797e7c97be73b1c05fc2ba91988 --out model.reservation")]
pub struct Reserve {
	#[command(flatten)]
	subject: Subject,
	/// Write digest and salt to this new file, which only you can read.
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// Options of `anchor list`.
#[derive(Args)]
#[command(after_help = "\
Without --start the first hundred are shown.
Examples:
  tally anchor list --digest 0xf47f4525579f0641396dacb04222f2721796f797e7c97be73b1c05fc2ba91988
  tally anchor list --issuer //Alice
  tally anchor list --related-to 3 --start 100
  tally anchor list --soft 32768:beef --json")]
pub struct List {
	/// Who claims this digest: those who had reserved it and are confirmed by some key first, then the other
	/// confirmed ones, then those who had reserved it.
	#[arg(long, value_name = "HEX", value_parser = parse_digest, group = "by")]
	digest: Option<Digest>,
	/// All that an account issued.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse_account, group = "by")]
	issuer: Option<AccountId>,
	/// All with this document.
	#[arg(long, value_name = "HEX", value_parser = parse_digest, group = "by")]
	document: Option<Digest>,
	/// All with this watermark or perceptual value: ALGORITHM:HEX.
	#[arg(long, value_name = "ALGORITHM:HEX", value_parser = parse_soft, group = "by")]
	soft: Option<SoftBinding>,
	/// All that have a relation to this anchor.
	#[arg(long, value_name = "ANCHOR", group = "by")]
	related_to: Option<AnchorId>,
	/// Where to start, as the page before says.
	#[arg(long, default_value_t = 0)]
	start: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Algorithm {
	Sha256,
	Blake2b256,
	Blake3,
}

impl From<Algorithm> for DigestAlgorithm {
	fn from(algorithm: Algorithm) -> Self {
		match algorithm {
			Algorithm::Sha256 => Self::Sha256,
			Algorithm::Blake2b256 => Self::Blake2b256,
			Algorithm::Blake3 => Self::Blake3,
		}
	}
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
	ModelVersion,
	Dataset,
	Code,
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
			Kind::Code => Self::Code,
			Kind::Document => Self::Document,
			Kind::Content => Self::Content,
			Kind::Inference => Self::Inference,
			Kind::Receipts => Self::Receipts,
			Kind::Other => Self::Other,
		}
	}
}

#[derive(Clone, Copy, ValueEnum)]
enum DocumentName {
	ModelSigning,
	FileManifest,
	C2pa,
	Spdx,
	Cyclonedx,
	Croissant,
	Prov,
	Other,
}

impl From<DocumentName> for DocumentKind {
	fn from(name: DocumentName) -> Self {
		match name {
			DocumentName::ModelSigning => Self::ModelSigning,
			DocumentName::FileManifest => Self::FileManifest,
			DocumentName::C2pa => Self::C2pa,
			DocumentName::Spdx => Self::Spdx,
			DocumentName::Cyclonedx => Self::CycloneDx,
			DocumentName::Croissant => Self::Croissant,
			DocumentName::Prov => Self::Prov,
			DocumentName::Other => Self::Other,
		}
	}
}

/// Relations, as they are named here.
const RELATIONS: [(&str, ProvRelation); 10] = [
	("was-derived-from", ProvRelation::WasDerivedFrom),
	("was-revision-of", ProvRelation::WasRevisionOf),
	("had-primary-source", ProvRelation::HadPrimarySource),
	("was-generated-by", ProvRelation::WasGeneratedBy),
	("used", ProvRelation::Used),
	("was-informed-by", ProvRelation::WasInformedBy),
	("was-attributed-to", ProvRelation::WasAttributedTo),
	("specialization-of", ProvRelation::SpecializationOf),
	("alternate-of", ProvRelation::AlternateOf),
	("had-member", ProvRelation::HadMember),
];

/// Runs a command of this group.
pub async fn run(command: Command, context: &Context) -> Outcome {
	match command {
		Command::Create(options) => create(options, context).await,
		Command::Reserve(options) => reserve(options, context).await,
		Command::Release { file } => release(&file, context).await,
		Command::Confirm { anchor, key } => confirm(anchor, &key, context).await,
		Command::Revoke { anchor, reason } => revoke(anchor, &reason, context).await,
		Command::Supersede { old, new } => supersede(old, new, context).await,
		Command::Show { anchor } => show(anchor, context).await,
		Command::List(options) => list(options, context).await,
	}
}

async fn create(options: Create, context: &Context) -> Outcome {
	let account = context.account()?;
	let mut info = info(&options)?;
	let key = options.key.as_deref().map(fingerprint).transpose()?;
	let reserved = options.reservation.as_deref().map(Reservation::read).transpose()?;
	// The node before the hashing, so that a wrong URL is known at once.
	let client = context.connect().await?;
	let (digest, length) = options.subject.digest(context)?;
	if info.document.is_none() {
		info.bytes = length;
	}
	let salt = match &reserved {
		Some(reserved) => Some(reserved.salt_for(digest, &account.id())?),
		None => None,
	};
	let document = info.document;
	let call = chain::transactions().provenance().anchor(digest, Static(info), key, salt);
	let included = client.submit(&call, &account, "anchor").await?;
	let event: chain::provenance::events::Anchored = included.event()?;
	let text = format!(
		"{} is anchored\n{}",
		hex0x(digest),
		facts([
			("anchor", event.anchor.to_string()),
			("confirmed by", event.key.map(hex0x).unwrap_or_default()),
			("reserved", event.reserved_at.map(|at| format!("in block #{at}")).unwrap_or_default()),
			("block", included.words()),
		])
	);
	let json = json!({
		"anchor": event.anchor,
		"digest": hex0x(digest),
		"document": document.map(|document| hex0x(document.digest)),
		"key": event.key.map(hex0x),
		"reserved_at": event.reserved_at,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// What is said about the subject, but for its length.
fn info(options: &Create) -> Result<AnchorInfo, Failure> {
	fn few<T, L: sp_core::Get<u32>>(
		what: &str,
		values: Vec<T>,
	) -> Result<sp_core::bounded_vec::BoundedVec<T, L>, Failure> {
		let number = values.len();
		values.try_into().map_err(|_| {
			Failure::usage(format!("{number} times {what}, and {} fit", L::get()))
				.hint("make another anchor for the rest")
		})
	}
	let locators = options
		.locator
		.iter()
		.map(|locator| few("a byte of a locator", locator.as_bytes().to_vec()))
		.collect::<Result<Vec<_>, _>>()?;
	let document = match &options.document {
		Some(path) => {
			Some(Document { kind: options.document_kind.into(), digest: sha256_of_file(path)? })
		}
		None => None,
	};
	Ok(AnchorInfo {
		algorithm: match options.subject.path {
			Some(_) => DigestAlgorithm::Sha256,
			None => options.algorithm.into(),
		},
		kind: options.kind.into(),
		document,
		bytes: options.document.as_deref().map(length_of).transpose()?.unwrap_or_default(),
		media_type: few("a byte of the media type", options.media_type.as_bytes().to_vec())?,
		locators: few("--locator", locators)?,
		relations: few("--relation", options.relation.clone())?,
		soft: few("--soft", options.soft.clone())?,
	})
}

fn length_of(path: &Path) -> Result<u64, Failure> {
	let metadata = path.metadata();
	metadata
		.map(|metadata| metadata.len())
		.map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))
}

/// The fingerprint that was given, or that of a public key's file.
pub fn fingerprint(key: &str) -> Result<Fingerprint, Failure> {
	let path = Path::new(key);
	if !path.is_file() {
		if let Ok(fingerprint) = parse_digest(key) {
			return Ok(fingerprint);
		}
	}
	let key = crate::outside_key::read_public(path)?;
	key.fingerprint().ok_or_else(|| Failure::new("the key is no point of its curve").code("BadKey"))
}

/// What a reservation's file holds.
#[derive(Serialize, Deserialize)]
struct Reservation {
	format: String,
	digest: String,
	account: String,
	salt: String,
}

impl Reservation {
	fn new(digest: Digest, account: &AccountId, salt: &ReservationSalt) -> Self {
		Self {
			format: RESERVATION_FORMAT.into(),
			digest: hex0x(digest),
			account: account::show(account),
			salt: hex0x(salt),
		}
	}

	/// Writes a new file that only its owner can read: who knows the salt can see what is reserved.
	fn write(&self, path: &Path) -> Result<(), Failure> {
		let text = serde_json::to_string_pretty(self).unwrap_or_default();
		account::write_key_file(path, &text)
	}

	fn read(path: &Path) -> Result<Self, Failure> {
		let unreadable = |why: String| {
			Failure::new(format!("cannot read the reservation {}: {why}", path.display()))
				.hint("name the file that `tally anchor reserve --out` wrote")
		};
		let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
		let read: Self =
			serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
		if read.format != RESERVATION_FORMAT {
			return Err(unreadable(format!("its format is not {RESERVATION_FORMAT}")));
		}
		Ok(read)
	}

	fn salt(&self) -> Result<ReservationSalt, Failure> {
		parse_hash(&self.salt).map_err(Failure::new)
	}

	fn subject(&self) -> Result<Digest, Failure> {
		parse_digest(&self.digest).map_err(Failure::new)
	}

	/// The salt, if the reservation is for this digest and account.
	fn salt_for(&self, digest: Digest, account: &AccountId) -> Result<ReservationSalt, Failure> {
		if self.subject()? != digest {
			return Err(Failure::new(format!(
				"the reservation is for {}, and this is {}",
				self.digest,
				hex0x(digest)
			))
			.code("Provenance.ReservationNotFound")
			.hint("the files have changed since they were reserved: reserve them again"));
		}
		if self.account != account::show(account) {
			return Err(Failure::new(format!("the reservation is of {}", self.account))
				.code("Provenance.ReservationNotFound")
				.hint("sign with the key that reserved (--account)"));
		}
		self.salt()
	}
}

async fn reserve(options: Reserve, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let (digest, _) = options.subject.digest(context)?;
	let salt = random_salt();
	let commitment = reservation(&digest, &account.id(), &salt);
	// Before the transaction: a salt that is lost cannot be found again.
	Reservation::new(digest, &account.id(), &salt).write(&options.out)?;
	let call = chain::transactions().provenance().reserve(commitment);
	let included = client.submit(&call, &account, "reserve").await?;
	let event: chain::provenance::events::Reserved = included.event()?;
	let at = client.at(included.block).await?;
	let age = at.constants().entry(chain::constants().provenance().reservation_age());
	let usable_from = included.number + u64::from(age.map_err(failed)?);
	let file = options.out.display().to_string();
	let text = format!(
		"{} is reserved\n{}\nnext: tally anchor create --reservation {file} …, from block #{usable_from} on",
		hex0x(digest),
		facts([
			("commitment", hex0x(event.commitment)),
			("salt", file.clone()),
			("block", included.words()),
		])
	);
	let json = json!({
		"digest": hex0x(digest),
		"commitment": hex0x(event.commitment),
		"file": file,
		"usable_from": usable_from,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

async fn release(file: &Path, context: &Context) -> Outcome {
	let account = context.account()?;
	let reserved = Reservation::read(file)?;
	let commitment = reservation(&reserved.subject()?, &account.id(), &reserved.salt()?);
	let client = context.connect().await?;
	let call = chain::transactions().provenance().release_reservation(commitment);
	let included = client.submit(&call, &account, "release").await?;
	let _: chain::provenance::events::ReservationReleased = included.event()?;
	let text = format!(
		"the reservation is given up, and its deposit is back\n{}",
		facts([("commitment", hex0x(commitment)), ("block", included.words())])
	);
	let json = json!({ "commitment": hex0x(commitment), "transaction": included.json() });
	Ok(Report::new(text, json))
}

async fn confirm(anchor: AnchorId, key: &str, context: &Context) -> Outcome {
	let account = context.account()?;
	let key = fingerprint(key)?;
	let client = context.connect().await?;
	let call = chain::transactions().provenance().confirm(anchor, key);
	let included = client.submit(&call, &account, "confirm").await?;
	let _: chain::provenance::events::Confirmed = included.event()?;
	let text = format!(
		"anchor {anchor} is confirmed\n{}",
		facts([("key", hex0x(key)), ("block", included.words())])
	);
	let json = json!({ "anchor": anchor, "key": hex0x(key), "transaction": included.json() });
	Ok(Report::new(text, json))
}

async fn revoke(anchor: AnchorId, reason: &str, context: &Context) -> Outcome {
	let account = context.account()?;
	let reason = BoundedVec(bounded("the reason", reason, 128)?);
	let client = context.connect().await?;
	let call = chain::transactions().provenance().revoke(anchor, reason);
	let included = client.submit(&call, &account, "revoke").await?;
	let _: chain::provenance::events::Revoked = included.event()?;
	let text = format!(
		"anchor {anchor} is revoked; it stays on chain, and says so\n{}",
		facts([("block", included.words())])
	);
	let json = json!({ "anchor": anchor, "revoked": true, "transaction": included.json() });
	Ok(Report::new(text, json))
}

async fn supersede(old: AnchorId, new: AnchorId, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let call = chain::transactions().provenance().supersede(old, new);
	let included = client.submit(&call, &account, "supersede").await?;
	let _: chain::provenance::events::Superseded = included.event()?;
	let text = format!(
		"anchor {new} stands in the place of anchor {old}\n{}",
		facts([("block", included.words())])
	);
	let json = json!({ "anchor": old, "superseded_by": new, "transaction": included.json() });
	Ok(Report::new(text, json))
}

async fn show(anchor: AnchorId, context: &Context) -> Outcome {
	let client = context.connect().await?;
	let at = client.best().await?;
	let view: Option<AnchorView<AccountId>> = client.ask(&at, "anchor", anchor).await?;
	let view = view.ok_or_else(|| {
		Failure::new(format!("there is no anchor {anchor}"))
			.code("Provenance.AnchorNotFound")
			.hint("`tally anchor list` shows the anchors of a digest or an account")
	})?;
	Ok(Report::new(words(&view), json(&view)))
}

async fn list(options: List, context: &Context) -> Outcome {
	let key = match (options.issuer, options.document, options.soft, options.related_to) {
		(Some(issuer), ..) => Some(IndexKey::Issuer(issuer)),
		(_, Some(document), ..) => Some(IndexKey::Document(document)),
		(_, _, Some(soft), _) => Some(IndexKey::Soft(soft)),
		(_, _, _, Some(anchor)) => Some(IndexKey::RelatedTo(anchor)),
		_ => None,
	};
	if key.is_none() && options.digest.is_none() {
		return Err(Failure::usage("nothing says which anchors are asked for")
			.hint("give one of --digest, --issuer, --document, --soft, --related-to"));
	}
	let client = context.connect().await?;
	let at = client.best().await?;
	let moment = client.moment(&at).await?;
	let (anchors, next, total, mut json) = match key {
		Some(key) => {
			let page: AnchorPage<AccountId> =
				client.ask(&at, "anchors_by", (key, options.start, 100u32)).await?;
			(page.anchors, page.next, page.total, json!({}))
		}
		None => {
			let digest = options.digest.unwrap_or_default();
			let page: ClaimantPage<AccountId> =
				client.ask(&at, "anchors", (digest, options.start, 100u32)).await?;
			let counts = json!({ "confirmed": page.confirmed, "reserved": page.reserved });
			(page.anchors, page.next, page.total, counts)
		}
	};
	json["anchors"] = anchors.iter().map(self::json).collect();
	json["next"] = next.into();
	json["total"] = total.into();
	json["as_of"] = moment.json();
	let mut text = match anchors.is_empty() {
		true => "there are none".to_owned(),
		false => overview(&anchors),
	};
	if let Some(next) = next {
		text.push_str(&format!("\nmore with --start {next}; there are {total} in all"));
	}
	text.push_str(&format!("\n\nas of {}", moment.words()));
	Ok(Report::new(text, json))
}

/// A table of anchors.
fn overview(anchors: &[AnchorView<AccountId>]) -> String {
	let headings = ["anchor", "kind", "issuer", "confirmed by", "reserved", "block", "status"];
	let rows = anchors.iter().map(|anchor| {
		let key = anchor.confirmation.as_ref().map(|confirmation| hex0x(confirmation.key));
		[
			anchor.id.to_string(),
			format!("{:?}", anchor.info.kind),
			account::show(&anchor.issuer),
			key.unwrap_or_else(|| "-".into()),
			anchor.reserved_at.map_or_else(|| "-".into(), |at| at.to_string()),
			anchor.block.to_string(),
			status(anchor),
		]
	});
	table(headings, rows)
}

/// What the issuer says of an anchor now.
pub fn status(anchor: &AnchorView<AccountId>) -> String {
	match &anchor.status {
		AnchorStatus::Active => "active".into(),
		AnchorStatus::Revoked { reason, at } if reason.is_empty() => {
			format!("revoked in block {at}")
		}
		AnchorStatus::Revoked { reason, at } => {
			format!("revoked in block {at}: {}", text(reason))
		}
		AnchorStatus::Superseded { by, at } => {
			format!("superseded by anchor {by} in block {at}")
		}
	}
}

/// What an outside key says of an anchor.
fn confirmed(confirmation: &ConfirmationView) -> String {
	let ConfirmationView { key, at, expires_at, bound_until } = confirmation;
	let until = crate::output::utc(*expires_at);
	let now = match bound_until {
		Some(now) if now == expires_at => String::new(),
		Some(now) => format!(", now until {}", crate::output::utc(*now)),
		None => ", unbound since".into(),
	};
	format!("{}, in block {at}, until {until}{now}", hex0x(key))
}

/// All of an anchor, for people.
fn words(anchor: &AnchorView<AccountId>) -> String {
	let info = &anchor.info;
	let document =
		info.document.map(|document| format!("{} ({:?})", hex0x(document.digest), document.kind));
	let mut rows = vec![
		("anchor", anchor.id.to_string()),
		("digest", format!("{} ({:?})", hex0x(anchor.digest), info.algorithm)),
		("kind", format!("{:?}", info.kind)),
		("issuer", account::show(&anchor.issuer)),
		("status", status(anchor)),
		("block", anchor.block.to_string()),
		("time", crate::output::utc(anchor.time)),
		("reserved", anchor.reserved_at.map(|at| format!("in block {at}")).unwrap_or_default()),
		("confirmed by", anchor.confirmation.as_ref().map(confirmed).unwrap_or_default()),
		("document", document.unwrap_or_default()),
		("bytes", if info.bytes == 0 { String::new() } else { info.bytes.to_string() }),
		("media type", text(&info.media_type)),
	];
	rows.extend(info.locators.iter().map(|locator| ("locator", text(locator))));
	rows.extend(info.relations.iter().map(|(relation, other)| {
		("relation", format!("{} anchor {other}", relation_name(*relation)))
	}));
	rows.extend(info.soft.iter().map(|SoftBinding { algorithm, value }| {
		("soft binding", format!("{algorithm}:{}", hex::encode(value)))
	}));
	facts(rows)
}

/// All of an anchor, for programs.
pub fn json(anchor: &AnchorView<AccountId>) -> Value {
	let info = &anchor.info;
	let (status, reason, superseded_by, since) = match &anchor.status {
		AnchorStatus::Active => ("active", None, None, None),
		AnchorStatus::Revoked { reason, at } => ("revoked", Some(text(reason)), None, Some(at)),
		AnchorStatus::Superseded { by, at } => ("superseded", None, Some(by), Some(at)),
	};
	json!({
		"anchor": anchor.id,
		"digest": hex0x(anchor.digest),
		"algorithm": info.algorithm,
		"kind": info.kind,
		"issuer": account::show(&anchor.issuer),
		"active": anchor.is_active(),
		"status": status,
		"reason": reason,
		"superseded_by": superseded_by,
		"status_since": since,
		"block": anchor.block,
		"time": anchor.time,
		"reserved_at": anchor.reserved_at,
		"confirmation": anchor.confirmation.as_ref().map(|confirmation| json!({
			"key": hex0x(confirmation.key),
			"block": confirmation.at,
			"expires_at": confirmation.expires_at,
			"bound_until": confirmation.bound_until,
		})),
		"document": info.document.map(|document| hex0x(document.digest)),
		"document_kind": info.document.map(|document| document.kind),
		"bytes": info.bytes,
		"media_type": text(&info.media_type),
		"locators": info.locators.iter().map(|locator| text(locator)).collect::<Vec<_>>(),
		"relations": info.relations.iter().map(|(relation, other)| json!({
			"relation": relation,
			"anchor": other,
		})).collect::<Vec<_>>(),
		"soft": info.soft.iter().map(|SoftBinding { algorithm, value }| json!({
			"algorithm": algorithm,
			"value": hex0x(value),
		})).collect::<Vec<_>>(),
	})
}

/// Who claims a digest, confirmed ones first: the first hundred places, in one call.
pub async fn claimants(
	client: &Client,
	at: &At,
	digest: Digest,
) -> Result<ClaimantPage<AccountId>, Failure> {
	client.ask(at, "anchors", (digest, 0u32, 100u32)).await
}

/// The anchor that `issuer` made of a digest under this kind. One look, whoever else claims it.
pub async fn own(
	client: &Client,
	at: &At,
	digest: Digest,
	kind: AnchorKind,
	issuer: &AccountId,
) -> Result<Option<AnchorView<AccountId>>, Failure> {
	let stored = at
		.storage()
		.try_fetch(
			chain::storage().provenance().claimed(),
			(digest, Static(kind), to_subxt(issuer)),
		)
		.await
		.map_err(failed)?;
	let Some(stored) = stored else { return Ok(None) };
	client.ask(at, "anchor", stored.decode().map_err(failed)?).await
}

fn relation_name(relation: ProvRelation) -> &'static str {
	let named = RELATIONS.iter().find(|(_, other)| *other == relation);
	named.map_or("is related to", |(name, _)| name)
}

/// Reads `RELATION:ANCHOR`.
fn parse_relation(text: &str) -> Result<(ProvRelation, AnchorId), String> {
	let names = || RELATIONS.map(|(name, _)| name).join(", ");
	let (name, anchor) = text
		.rsplit_once(':')
		.ok_or_else(|| format!("`{text}` is not RELATION:ANCHOR, with one of {}", names()))?;
	let relation = RELATIONS.iter().find(|(other, _)| *other == name);
	let (_, relation) = relation.ok_or_else(|| format!("`{name}` is not one of {}", names()))?;
	let anchor =
		anchor.parse().map_err(|_| format!("`{anchor}` is not the number of an anchor"))?;
	Ok((*relation, anchor))
}

/// Reads `ALGORITHM:HEX`.
fn parse_soft(text: &str) -> Result<SoftBinding, String> {
	let wrong =
		|| format!("`{text}` is not ALGORITHM:HEX, a number below 65536 and up to 64 bytes");
	let (algorithm, value) = text.split_once(':').ok_or_else(wrong)?;
	let algorithm = algorithm.parse().map_err(|_| wrong())?;
	let value = parse_hex(value)?.try_into().map_err(|_| wrong())?;
	Ok(SoftBinding { algorithm, value })
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn relations_and_soft_bindings_are_read() {
		let (derived, used) = (ProvRelation::WasDerivedFrom, ProvRelation::Used);
		assert_eq!(parse_relation("was-derived-from:3"), Ok((derived, 3)));
		assert_eq!(parse_relation("used:0"), Ok((used, 0)));
		assert!(parse_relation("used").is_err());
		assert!(parse_relation("loved:3").unwrap_err().contains("was-derived-from"));
		assert!(parse_relation("used:x").is_err());
		let soft = parse_soft("32768:0xbeef").unwrap();
		assert_eq!((soft.algorithm, soft.value.to_vec()), (0x8000, vec![0xbe, 0xef]));
		for wrong in ["1", "65536:00", "1:0", &format!("1:{}", "00".repeat(65))] {
			assert!(parse_soft(wrong).is_err(), "{wrong}");
		}
	}

	#[test]
	fn a_reservation_is_kept_in_a_file_and_is_for_one_digest_and_account() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("reservation");
		let (digest, account) = (Digest::repeat_byte(1), AccountId::new([2; 32]));
		Reservation::new(digest, &account, &[3; 32]).write(&path).unwrap();
		let read = Reservation::read(&path).unwrap();
		assert_eq!(read.salt_for(digest, &account).unwrap(), [3; 32]);
		assert!(read.salt_for(Digest::repeat_byte(4), &account).is_err());
		assert!(read.salt_for(digest, &AccountId::new([4; 32])).is_err());
		// Never over another one: its salt would be lost.
		assert!(Reservation::new(digest, &account, &[4; 32]).write(&path).is_err());
		std::fs::write(dir.path().join("other"), "{}").unwrap();
		assert!(Reservation::read(&dir.path().join("other")).is_err());
	}

	#[test]
	fn what_others_wrote_cannot_control_the_terminal() {
		let escape = b"x\x1b[2J\x9b0m\ny".to_vec();
		let view = AnchorView {
			id: 1,
			digest: Digest::repeat_byte(1),
			info: AnchorInfo {
				algorithm: DigestAlgorithm::Sha256,
				kind: AnchorKind::Content,
				document: None,
				bytes: 0,
				media_type: escape.clone().try_into().unwrap(),
				locators: vec![escape.clone().try_into().unwrap()].try_into().unwrap(),
				relations: Default::default(),
				soft: Default::default(),
			},
			issuer: AccountId::new([2; 32]),
			block: 1,
			time: 0,
			reserved_at: None,
			confirmation: None,
			status: AnchorStatus::Revoked { reason: escape.try_into().unwrap(), at: 2 },
		};
		let all = std::slice::from_ref(&view);
		let shown = [words(&view), overview(all), json(&view).to_string()];
		for shown in shown {
			let controls = |c: char| c.is_control() && c != '\n';
			assert!(!shown.contains(controls) && !shown.contains("\\u001b"), "{shown:?}");
		}
	}
}
