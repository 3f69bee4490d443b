//! The JSON of `tallystick_*`.
//!
//! Units and money are decimal strings, because JSON's numbers end at 2^53 in many readers. Digests
//! are hex with 0x, accounts SS58, shares parts per billion, times milliseconds since the Unix
//! epoch.

use codec::DecodeAll;
use serde::{Deserialize, Serialize};
use sp_core::{Bytes, H256};
use tallystick_primitives::{
	licence::{Derivation, LeastAmount, Licence},
	lineage::{Relation, VersionStatus, WithdrawalKind},
	provenance::{
		AnchorInfo, AnchorKind, AnchorStatus, DigestAlgorithm, Document, IndexKey, Locators,
		ProvRelation, SoftBinding,
	},
	receipt::{CountedBy, EndpointKind, FinishReason, Receipt, Tokens},
	runtime_api::{
		AnchorPage, AnchorView, ArtifactView, ChildPage, ClaimantPage, ConfirmationView,
		JobStatusView, JobView, ParentView, PlanView, PublishedPage, PublishedView, VersionPage,
		VersionView,
	},
	service_key::ServiceSignature,
	AnchorId, ArtifactId, ArtifactKind, CurrencyId, Digest, JobId, PlanId, Tariff,
};
use tallystick_runtime::{AccountId, BlockNumber};

/// A number that JSON's numbers may not hold.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
#[serde(transparent)]
pub struct Decimal(String);

impl From<u128> for Decimal {
	fn from(number: u128) -> Self {
		Self(number.to_string())
	}
}

/// Text of which the chain holds the bytes.
fn text(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}

/// Several texts.
fn texts(locators: &Locators) -> Vec<String> {
	locators.iter().map(|locator| text(locator)).collect()
}

/// An artifact.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
pub struct Artifact {
	id: ArtifactId,
	owner: AccountId,
	kind: ArtifactKind,
	name: String,
	metadata_digest: Digest,
	metadata_locators: Vec<String>,
	licence: LicenceView,
	parents: Vec<Parent>,
	contributors: Vec<Contributor>,
	upstream_share: u32,
	registered_at: BlockNumber,
	versions: Vec<Version>,
	version_count: u32,
	serving: Option<Digest>,
	withdrawn: bool,
	children: u32,
	gift_to: Option<AccountId>,
	stored_bytes: u64,
}

/// What others may do with an artifact.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct LicenceView {
	spdx: String,
	terms: Digest,
	commercial_use: bool,
	derivation: Derivation,
	training_use: bool,
	least_share: u32,
	least_amount: Option<LeastAmountView>,
	expires: Option<BlockNumber>,
	/// What an edge says of the licence that was agreed.
	hash: Digest,
}

impl From<Licence<BlockNumber>> for LicenceView {
	fn from(licence: Licence<BlockNumber>) -> Self {
		Self {
			hash: licence.agreed_hash(),
			spdx: text(&licence.spdx),
			terms: licence.terms,
			commercial_use: licence.commercial_use,
			derivation: licence.derivation,
			training_use: licence.training_use,
			least_share: licence.least_share.deconstruct(),
			least_amount: licence.least_amount.map(LeastAmountView::from),
			expires: licence.expires,
		}
	}
}

/// What a derivative owes at least.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct LeastAmountView {
	currency: Currency,
	per_call: Decimal,
	per_1k_tokens: Decimal,
}

impl From<LeastAmount> for LeastAmountView {
	fn from(least: LeastAmount) -> Self {
		Self {
			currency: least.currency.into(),
			per_call: least.per_call.into(),
			per_1k_tokens: least.per_1k_tokens.into(),
		}
	}
}

/// An artifact that another one comes from, and what was agreed with it.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct Parent {
	artifact: ArtifactId,
	relation: Relation,
	share: u32,
	confirmed: bool,
	terms: Digest,
	commercial_use: bool,
	least_amount: Option<LeastAmountView>,
}

impl From<ParentView> for Parent {
	fn from(parent: ParentView) -> Self {
		Self {
			artifact: parent.artifact,
			relation: parent.relation,
			share: parent.share.deconstruct(),
			confirmed: parent.confirmed,
			terms: parent.terms,
			commercial_use: parent.commercial_use,
			least_amount: parent.least_amount.map(LeastAmountView::from),
		}
	}
}

/// An account with a share in what an artifact earns.
#[derive(Serialize, Clone)]
struct Contributor {
	account: AccountId,
	share: u32,
}

/// A version of an artifact.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct Version {
	number: u32,
	digest: Digest,
	format: String,
	files: u32,
	bytes: Decimal,
	locators: Vec<String>,
	publisher: AccountId,
	published_at: BlockNumber,
	servable: bool,
	#[serde(flatten)]
	status: VersionStatusView,
}

/// Where a version stands.
#[derive(Serialize, Clone)]
#[serde(tag = "status", rename_all = "camelCase")]
enum VersionStatusView {
	Published,
	Deprecated,
	Withdrawn { from: BlockNumber, kind: WithdrawalKind, note: String },
}

impl From<VersionView<AccountId>> for Version {
	fn from(version: VersionView<AccountId>) -> Self {
		Self {
			number: version.number,
			digest: version.digest,
			format: text(&version.format),
			files: version.files,
			bytes: u128::from(version.bytes).into(),
			locators: texts(&version.locators),
			publisher: version.publisher,
			published_at: version.published_at,
			servable: version.servable,
			status: match version.status {
				VersionStatus::Published => VersionStatusView::Published,
				VersionStatus::Deprecated => VersionStatusView::Deprecated,
				VersionStatus::Withdrawn { from, kind, note } => {
					VersionStatusView::Withdrawn { from, kind, note: text(&note) }
				}
			},
		}
	}
}

impl Artifact {
	/// From what the runtime says.
	pub fn new(id: ArtifactId, view: ArtifactView<AccountId>) -> Self {
		Self {
			id,
			owner: view.owner,
			kind: view.kind,
			name: text(&view.name),
			metadata_digest: view.metadata_digest,
			metadata_locators: texts(&view.metadata_locators),
			licence: view.licence.into(),
			parents: view.parents.into_iter().map(Parent::from).collect(),
			contributors: view
				.contributors
				.into_iter()
				.map(|(account, share)| Contributor { account, share: share.deconstruct() })
				.collect(),
			upstream_share: view.upstream_share.deconstruct(),
			registered_at: view.registered_at,
			versions: view.versions.into_iter().map(Version::from).collect(),
			version_count: view.version_count,
			serving: view.serving,
			withdrawn: view.withdrawn,
			children: view.children,
			gift_to: view.gift_to,
			stored_bytes: view.stored_bytes,
		}
	}
}

/// Some versions of an artifact, oldest first.
#[derive(Serialize, Clone)]
pub struct Versions {
	versions: Vec<Version>,
	/// The number at which the next page starts, or null.
	next: Option<u32>,
	/// How many there are in all.
	total: u32,
}

impl From<VersionPage<AccountId>> for Versions {
	fn from(page: VersionPage<AccountId>) -> Self {
		let VersionPage { versions, next, total } = page;
		Self { versions: versions.into_iter().map(Version::from).collect(), next, total }
	}
}

/// An artifact that has a digest as a version.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct PublishedVersion {
	artifact: ArtifactId,
	owner: AccountId,
	kind: ArtifactKind,
	name: String,
	licence: LicenceView,
	parents: Vec<Parent>,
	serving: bool,
	version: Version,
}

impl From<PublishedView<AccountId>> for PublishedVersion {
	fn from(view: PublishedView<AccountId>) -> Self {
		Self {
			artifact: view.artifact,
			owner: view.owner,
			kind: view.kind,
			name: text(&view.name),
			licence: view.licence.into(),
			parents: view.parents.into_iter().map(Parent::from).collect(),
			serving: view.serving,
			version: view.version.into(),
		}
	}
}

/// Some of the artifacts that have a digest as a version, in the order in which they published it.
#[derive(Serialize, Clone)]
pub struct Published {
	versions: Vec<PublishedVersion>,
	/// Where the next page starts, or null.
	next: Option<u32>,
	/// How many there are in all.
	total: u32,
}

impl From<PublishedPage<AccountId>> for Published {
	fn from(page: PublishedPage<AccountId>) -> Self {
		let PublishedPage { versions, next, total } = page;
		Self { versions: versions.into_iter().map(PublishedVersion::from).collect(), next, total }
	}
}

/// Some artifacts that name an artifact as a parent, oldest first.
#[derive(Serialize, Clone)]
pub struct Children {
	children: Vec<ArtifactId>,
	/// Where the next page starts, or null.
	next: Option<u32>,
	/// How many there are in all.
	total: u32,
}

impl From<ChildPage> for Children {
	fn from(ChildPage { children, next, total }: ChildPage) -> Self {
		Self { children, next, total }
	}
}

/// What a price is in.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
enum Currency {
	Native,
	Asset(u32),
}

impl From<CurrencyId> for Currency {
	fn from(currency: CurrencyId) -> Self {
		match currency {
			CurrencyId::Native => Self::Native,
			CurrencyId::WithId(asset) => Self::Asset(asset),
		}
	}
}

/// What a call costs, in units.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct TariffView {
	per_call: Decimal,
	per_1k_input: Decimal,
	per_1k_cached: Decimal,
	per_1k_output: Decimal,
}

impl From<Tariff> for TariffView {
	fn from(tariff: Tariff) -> Self {
		let decimal = |rate: u64| u128::from(rate).into();
		Self {
			per_call: decimal(tariff.per_call),
			per_1k_input: decimal(tariff.per_1k_input),
			per_1k_cached: decimal(tariff.per_1k_cached),
			per_1k_output: decimal(tariff.per_1k_output),
		}
	}
}

/// A plan.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
	id: PlanId,
	artifact: ArtifactId,
	versions: Vec<Digest>,
	tariff: TariffView,
	currency: Currency,
	price: Decimal,
	dispute_window: BlockNumber,
	on_sale: bool,
	units_in_issue: Decimal,
	min_balance: Decimal,
	terms: H256,
}

impl Plan {
	/// From what the runtime says.
	pub fn new(id: PlanId, view: PlanView) -> Self {
		Self {
			id,
			artifact: view.artifact,
			versions: view.versions,
			tariff: view.tariff.into(),
			currency: view.currency.into(),
			price: view.price.into(),
			dispute_window: view.dispute_window,
			on_sale: view.on_sale,
			units_in_issue: view.units_in_issue.into(),
			min_balance: view.min_balance.into(),
			terms: view.terms,
		}
	}
}

/// A job.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
pub struct Job {
	id: JobId,
	consumer: AccountId,
	plan: PlanId,
	artifact: ArtifactId,
	version: Digest,
	provider: AccountId,
	service_key: Option<H256>,
	endpoint: EndpointKind,
	request: Digest,
	parameters: Digest,
	units_held: Decimal,
	requested_at: BlockNumber,
	deadline: BlockNumber,
	#[serde(flatten)]
	status: JobStatus,
}

/// Where a job stands.
#[derive(Serialize, Clone)]
#[serde(tag = "status", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum JobStatus {
	Open,
	Settled { receipt_hash: H256, units: Decimal, matures_at: BlockNumber },
}

impl Job {
	/// From what the runtime says.
	pub fn new(id: JobId, view: JobView<AccountId>) -> Self {
		Self {
			id,
			consumer: view.consumer,
			plan: view.plan,
			artifact: view.artifact,
			version: view.version,
			provider: view.provider,
			service_key: view.service_key.map(|key| H256::from_slice(key.as_ref())),
			endpoint: view.endpoint,
			request: view.request,
			parameters: view.parameters,
			units_held: view.units_held.into(),
			requested_at: view.requested_at,
			deadline: view.deadline,
			status: match view.status {
				JobStatusView::Open => JobStatus::Open,
				JobStatusView::Settled { receipt, units, matures_at } => {
					JobStatus::Settled { receipt_hash: receipt, units: units.into(), matures_at }
				}
			},
		}
	}
}

/// A receipt with its signature.
#[derive(Serialize, Clone)]
pub struct SignedReceipt {
	receipt: ReceiptView,
	/// What the chain knows the receipt by.
	hash: H256,
	/// The service key's signature.
	signature: Bytes,
	/// SCALE of receipt and signature: what was signed can be checked from it.
	encoded: Bytes,
}

/// What a provider signed about an inference.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct ReceiptView {
	job: JobId,
	artifact: ArtifactId,
	version: Digest,
	provider: AccountId,
	endpoint: EndpointKind,
	request: Digest,
	response: Digest,
	parameters: Digest,
	request_bytes: u32,
	response_bytes: u32,
	tokens: Tokens,
	counted_by: CountedBy,
	units: Decimal,
	finish: FinishReason,
	started_at: u64,
	ended_at: u64,
	previous: H256,
}

impl SignedReceipt {
	/// From SCALE of receipt and signature.
	pub fn decode(bytes: &[u8]) -> Result<Self, codec::Error> {
		let (receipt, signature) =
			<(Receipt<AccountId>, ServiceSignature)>::decode_all(&mut &bytes[..])?;
		Ok(Self {
			hash: receipt.hash(),
			receipt: ReceiptView {
				job: receipt.job,
				artifact: receipt.artifact,
				version: receipt.version,
				provider: receipt.provider,
				endpoint: receipt.endpoint,
				request: receipt.request,
				response: receipt.response,
				parameters: receipt.parameters,
				request_bytes: receipt.request_bytes,
				response_bytes: receipt.response_bytes,
				tokens: receipt.tokens,
				counted_by: receipt.counted_by,
				units: receipt.units.into(),
				finish: receipt.finish,
				started_at: receipt.started_at,
				ended_at: receipt.ended_at,
				previous: receipt.previous,
			},
			signature: AsRef::<[u8]>::as_ref(&signature).to_vec().into(),
			encoded: bytes.to_vec().into(),
		})
	}
}

/// Some of those who claim a digest, confirmed ones first.
#[derive(Serialize, Clone)]
pub struct Claimants {
	anchors: Vec<Anchor>,
	/// Where the next page starts, or null.
	next: Option<u32>,
	/// How many are confirmed.
	confirmed: u32,
	/// How many were reserved.
	reserved: u32,
	/// How many there are in all.
	total: u32,
}

impl From<ClaimantPage<AccountId>> for Claimants {
	fn from(page: ClaimantPage<AccountId>) -> Self {
		let ClaimantPage { anchors, next, confirmed, reserved, total } = page;
		let anchors = anchors.into_iter().map(Anchor::from).collect();
		Self { anchors, next, confirmed, reserved, total }
	}
}

/// Some anchors that have something in common.
#[derive(Serialize, Clone)]
pub struct Anchors {
	anchors: Vec<Anchor>,
	/// Where the next page starts, or null.
	next: Option<u32>,
	/// How many there are in all.
	total: u32,
}

impl From<AnchorPage<AccountId>> for Anchors {
	fn from(page: AnchorPage<AccountId>) -> Self {
		let AnchorPage { anchors, next, total } = page;
		Self { anchors: anchors.into_iter().map(Anchor::from).collect(), next, total }
	}
}

/// What anchors have in common, as callers name it.
#[derive(Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
pub enum AnchorList {
	/// The digest.
	Digest(Digest),
	/// The digest, and that they are confirmed.
	Confirmed(Digest),
	/// The digest, and that they were reserved.
	Reserved(Digest),
	/// The digest, and the outside key that confirms them.
	ConfirmedBy { digest: Digest, key: Digest },
	/// The document.
	Document(Digest),
	/// The issuer.
	Issuer(AccountId),
	/// A soft binding.
	Soft { algorithm: u16, value: Bytes },
	/// The anchor that they have a relation to.
	RelatedTo(AnchorId),
	/// The digest, and that they were reserved and are confirmed.
	ReservedAndConfirmed(Digest),
}

impl TryFrom<AnchorList> for IndexKey<AccountId> {
	type Error = String;

	fn try_from(list: AnchorList) -> Result<Self, String> {
		Ok(match list {
			AnchorList::Digest(digest) => Self::Digest(digest),
			AnchorList::Confirmed(digest) => Self::Confirmed(digest),
			AnchorList::Reserved(digest) => Self::Reserved(digest),
			AnchorList::ConfirmedBy { digest, key } => Self::ConfirmedBy(digest, key),
			AnchorList::Document(digest) => Self::Document(digest),
			AnchorList::Issuer(account) => Self::Issuer(account),
			AnchorList::Soft { algorithm, value } => {
				let length = value.len();
				let value = value.0.try_into();
				let value = value.map_err(|_| {
					format!("a soft binding has at most 64 bytes, and not {length}")
				})?;
				Self::Soft(SoftBinding { algorithm, value })
			}
			AnchorList::RelatedTo(anchor) => Self::RelatedTo(anchor),
			AnchorList::ReservedAndConfirmed(digest) => Self::ReservedAndConfirmed(digest),
		})
	}
}

/// An anchor.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
pub struct Anchor {
	id: AnchorId,
	digest: Digest,
	algorithm: DigestAlgorithm,
	kind: AnchorKind,
	issuer: AccountId,
	document: Option<Document>,
	bytes: Decimal,
	media_type: String,
	locators: Vec<String>,
	relations: Vec<Related>,
	soft: Vec<Soft>,
	block: BlockNumber,
	time: u64,
	reserved_at: Option<BlockNumber>,
	confirmation: Option<Confirmation>,
	#[serde(flatten)]
	status: Standing,
}

/// What an anchor's subject has to do with another's.
#[derive(Serialize, Clone)]
struct Related {
	relation: ProvRelation,
	anchor: AnchorId,
}

/// A soft binding.
#[derive(Serialize, Clone)]
struct Soft {
	algorithm: u16,
	value: Bytes,
}

/// How an outside key stands behind an anchor.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct Confirmation {
	key: Digest,
	at: BlockNumber,
	expires_at: u64,
	bound_until: Option<u64>,
}

/// Whether an issuer still stands by an anchor, and since when not.
#[derive(Serialize, Clone)]
#[serde(tag = "status", rename_all = "camelCase")]
enum Standing {
	Active,
	Revoked { reason: String, since: BlockNumber },
	Superseded { by: AnchorId, since: BlockNumber },
}

impl From<AnchorView<AccountId>> for Anchor {
	fn from(view: AnchorView<AccountId>) -> Self {
		let AnchorInfo { algorithm, kind, document, bytes, media_type, locators, relations, soft } =
			view.info;
		let relations =
			relations.into_iter().map(|(relation, anchor)| Related { relation, anchor });
		let soft = soft.into_iter().map(|SoftBinding { algorithm, value }| Soft {
			algorithm,
			value: value.into_inner().into(),
		});
		Self {
			id: view.id,
			digest: view.digest,
			algorithm,
			kind,
			issuer: view.issuer,
			document,
			bytes: u128::from(bytes).into(),
			media_type: text(&media_type),
			locators: locators.iter().map(|locator| text(locator)).collect(),
			relations: relations.collect(),
			soft: soft.collect(),
			block: view.block,
			time: view.time,
			reserved_at: view.reserved_at,
			confirmation: view.confirmation.map(
				|ConfirmationView { key, at, expires_at, bound_until }| Confirmation {
					key,
					at,
					expires_at,
					bound_until,
				},
			),
			status: match view.status {
				AnchorStatus::Active => Standing::Active,
				AnchorStatus::Revoked { reason, at } => {
					Standing::Revoked { reason: text(&reason), since: at }
				}
				AnchorStatus::Superseded { by, at } => Standing::Superseded { by, since: at },
			},
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use serde_json::json;
	use sp_core::{sr25519, Pair};
	use tallystick_primitives::{service_key::ServiceKey, Share};

	fn account(byte: u8) -> AccountId {
		[byte; 32].into()
	}

	fn key(byte: u8) -> ServiceKey {
		sr25519::Public::from_raw([byte; 32]).into()
	}

	#[test]
	fn an_artifacts_json() {
		let locators = |all: &[&str]| {
			let all = all.iter().map(|one| one.as_bytes().to_vec().try_into().unwrap());
			Locators::truncate_from(all.collect())
		};
		let least =
			LeastAmount { currency: CurrencyId::WithId(5), per_call: u128::MAX, per_1k_tokens: 1 };
		let licence = Licence {
			spdx: b"Apache-2.0".to_vec().try_into().unwrap(),
			terms: Digest::repeat_byte(9),
			commercial_use: true,
			derivation: Derivation::ByApproval,
			training_use: false,
			least_share: Share::from_percent(1),
			least_amount: Some(least.clone()),
			expires: Some(8),
		};
		let version = VersionView {
			number: 0,
			digest: Digest::repeat_byte(4),
			format: b"gguf".to_vec(),
			files: 1,
			bytes: u64::MAX,
			locators: locators(&["https://a"]),
			publisher: account(3),
			published_at: 6,
			status: VersionStatus::Deprecated,
			servable: true,
		};
		let withdrawn = VersionView {
			number: 1,
			status: VersionStatus::Withdrawn {
				from: 7,
				kind: WithdrawalKind::Safety,
				note: b"no".to_vec().try_into().unwrap(),
			},
			servable: false,
			..version.clone()
		};
		let view = ArtifactView {
			owner: account(1),
			kind: ArtifactKind::Adapter,
			name: b"adapter".to_vec(),
			metadata_digest: Digest::repeat_byte(2),
			metadata_locators: locators(&["ipfs://x", "ar://y"]),
			licence: licence.clone(),
			parents: vec![ParentView {
				artifact: 0,
				relation: Relation::FineTunedFrom,
				share: Share::from_percent(5),
				confirmed: true,
				terms: Digest::repeat_byte(5),
				commercial_use: true,
				least_amount: None,
			}],
			contributors: vec![(account(3), Share::from_percent(10))],
			upstream_share: Share::from_percent(15),
			registered_at: 5,
			versions: vec![version, withdrawn],
			version_count: 2,
			serving: Some(Digest::repeat_byte(4)),
			withdrawn: false,
			children: 3,
			gift_to: None,
			stored_bytes: 1_000,
		};
		let json = serde_json::to_value(Artifact::new(7, view)).unwrap();
		let hex = |byte: &str| format!("0x{}", byte.repeat(32));
		let (owner, other) = (
			"5C62Ck4UrFPiBtoCmeSrgF7x9yv9mn38446dhCpsi2mLHiFT",
			serde_json::to_value(account(3)).unwrap(),
		);
		let version = |number, servable| {
			json!({
				"number": number,
				"digest": hex("04"),
				"format": "gguf",
				"files": 1,
				"bytes": "18446744073709551615",
				"locators": ["https://a"],
				"publisher": other,
				"publishedAt": 6,
				"servable": servable,
			})
		};
		let with = |mut json: serde_json::Value, more: serde_json::Value| {
			let more = more.as_object().unwrap().clone();
			json.as_object_mut().unwrap().extend(more);
			json
		};
		assert_eq!(
			json,
			json!({
				"id": 7,
				"owner": owner,
				"kind": "Adapter",
				"name": "adapter",
				"metadataDigest": hex("02"),
				"metadataLocators": ["ipfs://x", "ar://y"],
				"licence": {
					"spdx": "Apache-2.0",
					"terms": hex("09"),
					"commercialUse": true,
					"derivation": "ByApproval",
					"trainingUse": false,
					"leastShare": 10_000_000,
					"leastAmount": {
						"currency": { "asset": 5 },
						"perCall": "340282366920938463463374607431768211455",
						"per1kTokens": "1",
					},
					"expires": 8,
					"hash": licence.agreed_hash(),
				},
				"parents": [{
					"artifact": 0,
					"relation": "FineTunedFrom",
					"share": 50_000_000,
					"confirmed": true,
					"terms": hex("05"),
					"commercialUse": true,
					"leastAmount": null,
				}],
				"contributors": [{ "account": other, "share": 100_000_000 }],
				"upstreamShare": 150_000_000,
				"registeredAt": 5,
				"versions": [
					with(version(0, true), json!({ "status": "deprecated" })),
					with(
						version(1, false),
						json!({
							"status": "withdrawn", "from": 7, "kind": "Safety", "note": "no",
						}),
					),
				],
				"versionCount": 2,
				"serving": hex("04"),
				"withdrawn": false,
				"children": 3,
				"giftTo": null,
				"storedBytes": 1_000,
			})
		);
	}

	#[test]
	fn pages_say_where_the_next_one_starts() {
		let children = ChildPage { children: vec![4, 5], next: Some(2), total: 3 };
		assert_eq!(
			serde_json::to_value(Children::from(children)).unwrap(),
			json!({ "children": [4, 5], "next": 2, "total": 3 })
		);
		let versions = VersionPage { versions: vec![], next: None, total: 0 };
		assert_eq!(
			serde_json::to_value(Versions::from(versions)).unwrap(),
			json!({ "versions": [], "next": null, "total": 0 })
		);
	}

	#[test]
	fn a_plans_json_has_money_as_strings() {
		let view = PlanView {
			artifact: 1,
			versions: vec![],
			tariff: Tariff { per_call: u64::MAX, ..Default::default() },
			currency: CurrencyId::WithId(5),
			price: u128::MAX,
			dispute_window: 10,
			on_sale: true,
			units_in_issue: 0,
			min_balance: 1,
			terms: H256::zero(),
		};
		let json = serde_json::to_value(Plan::new(3, view.clone())).unwrap();
		assert_eq!(json["price"], "340282366920938463463374607431768211455");
		assert_eq!(json["tariff"]["perCall"], "18446744073709551615");
		assert_eq!(json["tariff"]["per1kOutput"], "0");
		assert_eq!(json["currency"], json!({ "asset": 5 }));
		let native = PlanView { currency: CurrencyId::Native, ..view };
		assert_eq!(serde_json::to_value(Plan::new(3, native)).unwrap()["currency"], "native");
	}

	#[test]
	fn a_jobs_json_says_where_it_stands() {
		let view = JobView {
			consumer: account(1),
			plan: 2,
			artifact: 3,
			version: Digest::zero(),
			provider: account(4),
			service_key: Some(key(5)),
			endpoint: EndpointKind::ChatCompletions,
			request: Digest::zero(),
			parameters: Digest::zero(),
			units_held: 6,
			requested_at: 7,
			deadline: 8,
			status: JobStatusView::Open,
		};
		let open = serde_json::to_value(Job::new(9, view.clone())).unwrap();
		assert_eq!(open["status"], "open");
		assert_eq!(open["serviceKey"], format!("0x{}", "05".repeat(32)));
		assert_eq!(open["unitsHeld"], "6");
		let settled = JobView {
			status: JobStatusView::Settled { receipt: H256::zero(), units: 5, matures_at: 20 },
			..view
		};
		let settled = serde_json::to_value(Job::new(9, settled)).unwrap();
		assert_eq!(settled["status"], "settled");
		assert_eq!(settled["units"], "5");
		assert_eq!(settled["maturesAt"], 20);
		assert_eq!(settled["receiptHash"], format!("0x{}", "00".repeat(32)));
	}

	#[test]
	fn a_receipts_json_can_be_checked() {
		let pair = sr25519::Pair::from_seed(&[1; 32]);
		let receipt = Receipt {
			job: 1,
			artifact: 2,
			version: Digest::zero(),
			provider: account(3),
			endpoint: EndpointKind::ChatCompletions,
			request: Digest::zero(),
			response: Digest::zero(),
			parameters: Digest::zero(),
			request_bytes: 10,
			response_bytes: 20,
			tokens: Tokens { prompt: 1, cached: 0, completion: 2, reasoning: 0 },
			counted_by: CountedBy::Backend,
			units: u128::MAX,
			finish: FinishReason::Stop,
			started_at: 1,
			ended_at: 2,
			previous: H256::zero(),
		};
		let signature = pair.sign(&receipt.signing_hash(&H256::zero()));
		let encoded = (receipt.clone(), ServiceSignature::from(signature)).encode();
		let json = serde_json::to_value(SignedReceipt::decode(&encoded).unwrap()).unwrap();
		assert_eq!(json["receipt"]["units"], u128::MAX.to_string());
		assert_eq!(json["receipt"]["countedBy"], "Backend");
		assert_eq!(json["receipt"]["tokens"]["completion"], 2);
		assert_eq!(json["hash"], serde_json::to_value(receipt.hash()).unwrap());
		assert_eq!(json["signature"], format!("0x{}", hex::encode(signature.0)));
		assert_eq!(json["encoded"], format!("0x{}", hex::encode(&encoded)));
		assert!(SignedReceipt::decode(&encoded[1..]).is_err());
	}
	#[test]
	fn an_anchors_json_has_all_of_it() {
		let bounded = |text: &str| text.as_bytes().to_vec();
		let view = AnchorView {
			id: 3,
			digest: Digest::repeat_byte(1),
			info: AnchorInfo {
				algorithm: DigestAlgorithm::Sha256,
				kind: AnchorKind::Content,
				document: Some(Document {
					kind: tallystick_primitives::provenance::DocumentKind::C2pa,
					digest: Digest::repeat_byte(2),
				}),
				bytes: u64::MAX,
				media_type: bounded("image/png").try_into().unwrap(),
				locators: vec![bounded("ipfs://x").try_into().unwrap()].try_into().unwrap(),
				relations: vec![(ProvRelation::WasAttributedTo, 2)].try_into().unwrap(),
				soft: vec![SoftBinding { algorithm: 4, value: vec![0xab].try_into().unwrap() }]
					.try_into()
					.unwrap(),
			},
			issuer: account(1),
			block: 7,
			time: 8,
			reserved_at: Some(6),
			confirmation: Some(ConfirmationView {
				key: Digest::repeat_byte(3),
				at: 7,
				expires_at: 9,
				bound_until: None,
			}),
			status: AnchorStatus::Active,
		};
		let page = ClaimantPage {
			anchors: vec![view.clone()],
			next: Some(1),
			confirmed: 1,
			reserved: 1,
			total: 5,
		};
		let json = serde_json::to_value(Claimants::from(page)).unwrap();
		let hex = |byte: &str| format!("0x{}", byte.repeat(32));
		assert_eq!(
			json,
			json!({
				"anchors": [{
					"id": 3,
					"digest": hex("01"),
					"algorithm": "Sha256",
					"kind": "Content",
					"issuer": "5C62Ck4UrFPiBtoCmeSrgF7x9yv9mn38446dhCpsi2mLHiFT",
					"document": { "kind": "C2pa", "digest": hex("02") },
					"bytes": "18446744073709551615",
					"mediaType": "image/png",
					"locators": ["ipfs://x"],
					"relations": [{ "relation": "WasAttributedTo", "anchor": 2 }],
					"soft": [{ "algorithm": 4, "value": "0xab" }],
					"block": 7,
					"time": 8,
					"reservedAt": 6,
					"confirmation": {
						"key": hex("03"), "at": 7, "expiresAt": 9, "boundUntil": null,
					},
					"status": "active",
				}],
				"next": 1,
				"confirmed": 1,
				"reserved": 1,
				"total": 5,
			})
		);
		let reason = bounded("wrong").try_into().unwrap();
		let revoked =
			AnchorView { status: AnchorStatus::Revoked { reason, at: 9 }, ..view.clone() };
		let json = serde_json::to_value(Anchor::from(revoked)).unwrap();
		assert_eq!((&json["status"], &json["reason"]), (&json!("revoked"), &json!("wrong")));
		let superseded = AnchorView { status: AnchorStatus::Superseded { by: 5, at: 9 }, ..view };
		let page = AnchorPage { anchors: vec![superseded], next: None, total: 1 };
		let json = serde_json::to_value(Anchors::from(page)).unwrap();
		let anchor = &json["anchors"][0];
		assert_eq!((&anchor["status"], &anchor["by"]), (&json!("superseded"), &json!(5)));
	}

	#[test]
	fn lists_of_anchors_are_named() {
		let key = |json| {
			let list: AnchorList = serde_json::from_value(json).unwrap();
			IndexKey::try_from(list)
		};
		let (digest, hex) = (Digest::repeat_byte(1), format!("0x{}", "01".repeat(32)));
		assert_eq!(key(json!({ "document": hex })), Ok(IndexKey::Document(digest)));
		assert_eq!(key(json!({ "relatedTo": 5 })), Ok(IndexKey::RelatedTo(5)));
		assert_eq!(
			key(json!({ "reservedAndConfirmed": hex })),
			Ok(IndexKey::ReservedAndConfirmed(digest))
		);
		assert_eq!(
			key(json!({ "issuer": "5C62Ck4UrFPiBtoCmeSrgF7x9yv9mn38446dhCpsi2mLHiFT" })),
			Ok(IndexKey::Issuer(account(1)))
		);
		assert_eq!(
			key(json!({ "confirmedBy": { "digest": hex, "key": hex } })),
			Ok(IndexKey::ConfirmedBy(digest, digest))
		);
		let soft = SoftBinding { algorithm: 4, value: vec![0xab].try_into().unwrap() };
		assert_eq!(
			key(json!({ "soft": { "algorithm": 4, "value": "0xab" } })),
			Ok(IndexKey::Soft(soft))
		);
		let long = format!("0x{}", "ab".repeat(65));
		assert!(key(json!({ "soft": { "algorithm": 4, "value": long } })).is_err());
	}
}
