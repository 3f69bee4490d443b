//! Who claims a digest, and whether that is enough.
//!
//! A *claimant* is an account that anchored the digest, owns an artifact that has it as a version, or
//! published that version. It is *confirmed* where an outside key stands behind one of its anchors, and
//! the key's word that the account speaks for it has neither run out nor been taken back; or where the
//! bundle at hand is signed by such a key. Confirmed means by *some* key, and anybody has keys: only a
//! bundle, or a key or account that the user names, says by whose. It is *named* where the user says that
//! its word is enough.
//!
//! What is asked for is held by a claimant that is confirmed, or named, and
//! - still stands by what it claimed: its anchor is not revoked, its version not withdrawn;
//! - owns the artifact that alone counts, where one does (which names it, too);
//! - is spoken for by the key of the bundle, where there is a bundle;
//! - is one of those that the user named, where any are: a name is an answer to "whose word do you
//!   take?", so that nobody else's is taken beside it.

use crate::{
	account::{self, AccountId},
	output::hex0x,
};
use serde_json::{json, Value};
use tallystick_primitives::{
	outside_key::Fingerprint,
	runtime_api::{AnchorView, PublishedView},
	ArtifactId, Digest,
};

/// Whose word the user takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
	Account(AccountId),
	/// An outside key, wherever it is bound.
	Key(Fingerprint),
}

impl By {
	/// Reads an account, or the fingerprint of an outside key. Both are 32 bytes in hexadecimal: an
	/// account is written as an address here, unless `account:` is before it.
	pub fn parse(text: &str) -> Result<Self, String> {
		if let Some(account) = text.strip_prefix("account:") {
			return account::parse_account(account).map(Self::Account);
		}
		let digits = text.strip_prefix("sha256:").or(text.strip_prefix("0x")).unwrap_or(text);
		if digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
			return crate::output::parse_hash(digits).map(|key| Self::Key(Digest::from(key)));
		}
		account::parse_account(text).map(Self::Account).map_err(|_| {
			format!(
				"`{text}` is neither an account's address nor the fingerprint of a key: 64 hexadecimal \
				 digits, as `sha256sum key.pub` prints them"
			)
		})
	}
}

/// What is asked for, besides the digest.
#[derive(Clone, Debug, Default)]
pub struct Asked {
	/// Those whose word counts. None: anybody who is confirmed.
	pub by: Vec<By>,
	/// The artifact that alone counts.
	pub only: Option<ArtifactId>,
	/// The key of the bundle at hand, whose signature is good.
	pub signer: Option<Fingerprint>,
	/// Whether it has to be the bundle's key that stands behind a claimant.
	pub by_signer: bool,
	/// The time of the block that is looked at, in milliseconds since the Unix epoch.
	pub now: u64,
}

/// Why a claim is not enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
	/// Its anchors are revoked or superseded, its versions withdrawn.
	Withdrawn,
	/// No outside key ever stood behind it.
	Unconfirmed,
	/// The key that stood behind it no longer speaks for it.
	Unbound,
	/// The key's word has run out.
	Expired,
	/// It is not one of those that the user named.
	NotNamed,
	/// It does not own the artifact that alone counts, or not with this version.
	NotTheOwner,
	/// The bundle's key does not speak for it.
	NotTheSigner,
}

impl Lack {
	/// For people.
	pub fn words(self) -> &'static str {
		match self {
			Self::Withdrawn => "it has taken back what it said of this",
			Self::Unconfirmed => "no key from outside the chain stands behind it",
			Self::Unbound => "the key that stood behind it was unbound since",
			Self::Expired => "the word of the key behind it has run out",
			Self::NotNamed => "it is not whom you named",
			Self::NotTheOwner => "it does not own this as a version of the artifact that you named",
			Self::NotTheSigner => "the key that signed the bundle does not speak for it",
		}
	}

	/// For programs.
	pub fn name(self) -> &'static str {
		match self {
			Self::Withdrawn => "withdrawn",
			Self::Unconfirmed => "unconfirmed",
			Self::Unbound => "key-unbound",
			Self::Expired => "key-expired",
			Self::NotNamed => "not-named",
			Self::NotTheOwner => "not-the-owner",
			Self::NotTheSigner => "not-the-signer",
		}
	}
}

/// How a key stands behind an anchor now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Backing {
	Holds(Fingerprint),
	Unbound,
	Expired,
}

/// Whether a word that is good until `until` is good at `now`.
fn is_good(until: u64, now: u64) -> bool {
	now < until
}

fn backing(anchor: &AnchorView<AccountId>, now: u64) -> Option<Backing> {
	let confirmation = anchor.confirmation.as_ref()?;
	Some(match confirmation.bound_until {
		None => Backing::Unbound,
		Some(until) if is_good(until, now) => Backing::Holds(confirmation.key),
		Some(_) => Backing::Expired,
	})
}

/// An account, and all that it claims of a digest.
#[derive(Clone, Debug)]
pub struct Claimant {
	pub account: AccountId,
	/// What it anchored.
	pub anchors: Vec<AnchorView<AccountId>>,
	/// The versions that it owns, or published.
	pub versions: Vec<PublishedView<AccountId>>,
	/// The keys that stand behind it now.
	pub keys: Vec<Fingerprint>,
	/// Why its claim is not enough. `None`: it is.
	pub lack: Option<Lack>,
	/// Whether the user named it.
	pub named: bool,
}

impl Claimant {
	/// Whether an outside key stands behind it now.
	pub fn is_confirmed(&self) -> bool {
		!self.keys.is_empty()
	}

	/// Whether it had reserved the digest before it anchored it, and still stands by that.
	fn had_reserved(&self) -> bool {
		self.anchors.iter().any(|anchor| anchor.is_active() && anchor.reserved_at.is_some())
	}

	/// The versions that it owns.
	fn owned(&self) -> impl Iterator<Item = &PublishedView<AccountId>> {
		self.versions.iter().filter(|version| version.owner == self.account)
	}

	/// Whether it still stands by anything. Who withdrew the version does not vouch for its files by an
	/// anchor that was left behind.
	fn stands(&self) -> bool {
		if self.owned().next().is_some() {
			return self.owned().any(|version| version.version.servable);
		}
		self.anchors.iter().any(AnchorView::is_active)
			|| self.versions.iter().any(|version| version.version.servable)
	}

	fn is_named_by(&self, by: &By) -> bool {
		match by {
			By::Account(account) => *account == self.account,
			By::Key(key) => self.keys.contains(key),
		}
	}

	/// Why the claim is not enough for what is asked.
	fn lacks(&self, asked: &Asked) -> Option<Lack> {
		if let Some(artifact) = asked.only {
			match self.owned().find(|version| version.artifact == artifact) {
				None => return Some(Lack::NotTheOwner),
				Some(version) if !version.version.servable => return Some(Lack::Withdrawn),
				Some(_) => (),
			}
		} else if !self.stands() {
			return Some(Lack::Withdrawn);
		}
		if !asked.by.is_empty() && !self.named {
			return Some(Lack::NotNamed);
		}
		let is_signed = || asked.signer.is_some_and(|key| self.keys.contains(&key));
		if asked.by_signer && !is_signed() {
			return Some(Lack::NotTheSigner);
		}
		if self.named || asked.only.is_some() || self.is_confirmed() {
			return None;
		}
		let backings = || self.anchors.iter().filter_map(|anchor| backing(anchor, asked.now));
		Some(if backings().any(|backing| backing == Backing::Expired) {
			Lack::Expired
		} else if backings().any(|backing| backing == Backing::Unbound) {
			Lack::Unbound
		} else {
			Lack::Unconfirmed
		})
	}

	/// For programs.
	pub fn json(&self) -> Value {
		json!({
			"account": account::show(&self.account),
			"confirmed": self.is_confirmed(),
			"confirmed_by": self.keys.iter().map(hex0x).collect::<Vec<_>>(),
			"named": self.named,
			"enough": self.lack.is_none(),
			"lack": self.lack.map(Lack::name),
			"anchors": self.anchors.iter().map(|anchor| anchor.id).collect::<Vec<_>>(),
			"artifacts": self.versions.iter().map(|version| version.artifact).collect::<Vec<_>>(),
		})
	}
}

/// All who claim a digest: those whose claim is enough first, then those who had reserved it and are
/// confirmed, then confirmed ones, then those who had reserved, then the rest, each in the order in
/// which the chain has them.
///
/// `bound` says whether the bundle's key is bound to an account.
pub fn all(
	anchors: &[AnchorView<AccountId>],
	versions: &[PublishedView<AccountId>],
	asked: &Asked,
	bound: impl Fn(&AccountId) -> bool,
) -> Vec<Claimant> {
	let mut all: Vec<Claimant> = Vec::new();
	for account in claimants_of(anchors, versions) {
		let anchors: Vec<_> =
			anchors.iter().filter(|anchor| anchor.issuer == account).cloned().collect();
		let versions: Vec<_> =
			versions.iter().filter(|version| is_of(version, &account)).cloned().collect();
		let mut keys = Vec::new();
		for anchor in anchors.iter().filter(|anchor| anchor.is_active()) {
			match backing(anchor, asked.now) {
				Some(Backing::Holds(key)) if !keys.contains(&key) => keys.push(key),
				_ => (),
			}
		}
		if let Some(key) = asked.signer.filter(|_| bound(&account)) {
			if !keys.contains(&key) {
				keys.push(key);
			}
		}
		let mut claimant = Claimant { account, anchors, versions, keys, lack: None, named: false };
		claimant.named = asked.by.iter().any(|by| claimant.is_named_by(by));
		claimant.lack = claimant.lacks(asked);
		all.push(claimant);
	}
	// Stable: within each group the chain's order stays.
	all.sort_by_key(|claimant| {
		let (confirmed, reserved) = (claimant.is_confirmed(), claimant.had_reserved());
		(claimant.lack.is_some(), !(confirmed && reserved), !confirmed, !reserved)
	});
	all
}

/// Whether the account owns the version, or published it.
fn is_of(version: &PublishedView<AccountId>, account: &AccountId) -> bool {
	version.owner == *account || version.version.publisher == *account
}

/// The accounts that claim a digest, each once.
pub fn claimants_of(
	anchors: &[AnchorView<AccountId>],
	versions: &[PublishedView<AccountId>],
) -> Vec<AccountId> {
	let issuers = anchors.iter().map(|anchor| &anchor.issuer);
	let owners = versions.iter().flat_map(|version| [&version.owner, &version.version.publisher]);
	let mut accounts: Vec<AccountId> = Vec::new();
	for account in issuers.chain(owners) {
		if !accounts.contains(account) {
			accounts.push(account.clone());
		}
	}
	accounts
}

#[cfg(test)]
mod tests {
	use super::{account as accounts, *};
	use tallystick_primitives::{
		licence::{Derivation, Licence},
		lineage::{VersionStatus, WithdrawalKind},
		provenance::{AnchorInfo, AnchorKind, AnchorStatus, DigestAlgorithm},
		runtime_api::{ConfirmationView, VersionView},
		ArtifactKind, Share,
	};

	const NOW: u64 = 1_000;
	const KEY: Fingerprint = Digest::repeat_byte(7);
	const OTHER_KEY: Fingerprint = Digest::repeat_byte(8);
	const FILES: Digest = Digest::repeat_byte(1);

	fn account(byte: u8) -> AccountId {
		AccountId::new([byte; 32])
	}

	fn anchor(id: u32, issuer: u8) -> AnchorView<AccountId> {
		AnchorView {
			id: id.into(),
			digest: FILES,
			info: AnchorInfo {
				algorithm: DigestAlgorithm::Sha256,
				kind: AnchorKind::ModelVersion,
				document: None,
				bytes: 0,
				media_type: Default::default(),
				locators: Default::default(),
				relations: Default::default(),
				soft: Default::default(),
			},
			issuer: account(issuer),
			block: 1,
			time: 0,
			reserved_at: None,
			confirmation: None,
			status: AnchorStatus::Active,
		}
	}

	fn confirmed(id: u32, issuer: u8, bound_until: Option<u64>) -> AnchorView<AccountId> {
		let confirmation = ConfirmationView { key: KEY, at: 1, expires_at: 2_000, bound_until };
		AnchorView { confirmation: Some(confirmation), ..anchor(id, issuer) }
	}

	fn version(artifact: ArtifactId, owner: u8, publisher: u8) -> PublishedView<AccountId> {
		PublishedView {
			artifact,
			owner: account(owner),
			kind: ArtifactKind::Model,
			name: b"Model".to_vec(),
			licence: Licence {
				spdx: Default::default(),
				terms: Digest::zero(),
				commercial_use: true,
				derivation: Derivation::Free,
				training_use: true,
				least_share: Share::zero(),
				least_amount: None,
				expires: None,
			},
			parents: Vec::new(),
			serving: true,
			version: VersionView {
				number: 0,
				digest: FILES,
				format: Vec::new(),
				files: 1,
				bytes: 1,
				locators: Default::default(),
				publisher: account(publisher),
				published_at: 1,
				status: VersionStatus::Published,
				servable: true,
			},
		}
	}

	fn withdrawn(version: PublishedView<AccountId>) -> PublishedView<AccountId> {
		let status = VersionStatus::Withdrawn {
			from: 1,
			kind: WithdrawalKind::Safety,
			note: Default::default(),
		};
		let its = VersionView { status, servable: false, ..version.version };
		PublishedView { version: its, ..version }
	}

	fn asked() -> Asked {
		Asked { now: NOW, ..Asked::default() }
	}

	/// Who claims it, in the order in which they are shown, and what each lacks.
	fn lacks(
		anchors: &[AnchorView<AccountId>],
		versions: &[PublishedView<AccountId>],
		asked: &Asked,
	) -> Vec<(u8, Option<Lack>)> {
		let all = all(anchors, versions, asked, |_| false);
		all.iter()
			.map(|claimant| (AsRef::<[u8]>::as_ref(&claimant.account)[0], claimant.lack))
			.collect()
	}

	#[test]
	fn a_confirmed_claimant_is_first_and_enough() {
		// The copy was published and anchored first.
		let anchors = [anchor(0, 9), confirmed(1, 1, Some(2_000))];
		let versions = [version(0, 9, 9), version(1, 1, 1)];
		assert_eq!(lacks(&anchors, &versions, &asked()), [(1, None), (9, Some(Lack::Unconfirmed))]);
	}

	#[test]
	fn who_had_reserved_is_in_front_of_a_copier_with_a_key_of_its_own() {
		let reserved =
			|anchor: AnchorView<AccountId>| AnchorView { reserved_at: Some(1), ..anchor };
		let until = Some(2_000);
		let anchors = [
			anchor(0, 5),
			reserved(anchor(1, 4)),
			confirmed(2, 9, until),
			reserved(confirmed(3, 1, until)),
		];
		let order: Vec<u8> =
			lacks(&anchors, &[], &asked()).into_iter().map(|(who, _)| who).collect();
		assert_eq!(order, [1, 9, 4, 5]);
	}

	#[test]
	fn a_key_whose_word_has_ended_is_not_enough() {
		for (bound_until, lack) in
			[(Some(NOW + 1), None), (Some(NOW), Some(Lack::Expired)), (None, Some(Lack::Unbound))]
		{
			assert_eq!(lacks(&[confirmed(0, 1, bound_until)], &[], &asked()), [(1, lack)]);
		}
	}

	#[test]
	fn whom_the_user_names_is_enough_and_nobody_else() {
		let anchors = [anchor(0, 9), confirmed(1, 1, Some(2_000))];
		let by = |by: By| Asked { by: vec![by], ..asked() };
		let not_named = Some(Lack::NotNamed);
		assert_eq!(lacks(&anchors, &[], &by(By::Account(account(9)))), [(9, None), (1, not_named)]);
		assert_eq!(lacks(&anchors, &[], &by(By::Key(KEY))), [(1, None), (9, not_named)]);
		assert_eq!(lacks(&anchors, &[], &by(By::Key(OTHER_KEY))), [(1, not_named), (9, not_named)]);
	}

	#[test]
	fn an_artifact_that_is_named_names_its_owner() {
		let only = |artifact| Asked { only: Some(artifact), ..asked() };
		// Published by 1, and given to 2 since.
		let versions = [version(0, 2, 1), version(1, 9, 9)];
		let not_the_owner = Some(Lack::NotTheOwner);
		assert_eq!(
			lacks(&[], &versions, &only(0)),
			[(2, None), (1, not_the_owner), (9, not_the_owner)]
		);
		assert_eq!(
			lacks(&[], &[withdrawn(version(0, 2, 2))], &only(0)),
			[(2, Some(Lack::Withdrawn))]
		);
		// Not what the named account owns, but what it owns of this artifact.
		let both = Asked { by: vec![By::Account(account(9))], ..only(0) };
		assert!(lacks(&[], &versions, &both).iter().all(|(_, lack)| lack.is_some()));
	}

	#[test]
	fn who_has_taken_it_back_is_not_enough_even_if_named() {
		let revoked = AnchorView {
			status: AnchorStatus::Revoked { reason: Default::default(), at: 2 },
			..confirmed(0, 1, Some(2_000))
		};
		let by = Asked { by: vec![By::Account(account(1))], ..asked() };
		for asked in [asked(), by] {
			assert_eq!(
				lacks(std::slice::from_ref(&revoked), &[], &asked),
				[(1, Some(Lack::Withdrawn))]
			);
			// An anchor that was left behind does not vouch for a version that is withdrawn.
			let anchors = [confirmed(0, 1, Some(2_000))];
			let versions = [withdrawn(version(0, 1, 1))];
			assert_eq!(lacks(&anchors, &versions, &asked), [(1, Some(Lack::Withdrawn))]);
			// Published again under another artifact, it stands.
			let versions = [withdrawn(version(0, 1, 1)), version(1, 1, 1)];
			assert_eq!(lacks(&anchors, &versions, &asked), [(1, None)]);
		}
	}

	#[test]
	fn the_key_of_a_bundle_has_to_speak_for_the_claimant() {
		let anchors = [anchor(0, 9), anchor(1, 1), confirmed(2, 2, Some(2_000))];
		let asked = Asked { signer: Some(OTHER_KEY), by_signer: true, ..asked() };
		let all = all(&anchors, &[], &asked, |who| *who == account(1));
		let enough: Vec<_> = all.iter().filter(|claimant| claimant.lack.is_none()).collect();
		assert_eq!(enough.len(), 1);
		assert_eq!((&enough[0].account, &enough[0].keys), (&account(1), &vec![OTHER_KEY]));
		// Its signature is not known to be good: nobody is spoken for by it.
		let asked = Asked { signer: None, by_signer: true, ..asked };
		assert!(lacks(&anchors, &[], &asked).iter().all(|(_, lack)| lack.is_some()));
	}

	#[test]
	fn names_are_read_as_accounts_and_as_keys() {
		let alice = crate::account::parse_account("//Alice").unwrap();
		assert_eq!(By::parse("//Alice"), Ok(By::Account(alice.clone())));
		assert_eq!(By::parse(&accounts::show(&alice)), Ok(By::Account(alice.clone())));
		let hex = hex0x(AsRef::<[u8]>::as_ref(&alice));
		assert_eq!(By::parse(&format!("account:{hex}")), Ok(By::Account(alice)));
		for text in [hex0x(KEY), hex::encode(KEY), format!("sha256:{}", hex::encode(KEY))] {
			assert_eq!(By::parse(&text), Ok(By::Key(KEY)));
		}
		assert!(By::parse("Google").unwrap_err().contains("fingerprint"));
	}
}
