//! Keys: secret URIs, key files, addresses.
//!
//! A secret URI is what every Substrate tool takes: a phrase of 12 words or a seed in hexadecimal,
//! with an optional path (`//hard`, `/soft`) and an optional `///password`. `//Alice` alone is the
//! public development phrase with a path: worthless outside a development chain.

use crate::output::Failure;
use sp_core::{
	crypto::{AccountId32, Ss58Codec},
	sr25519, Pair,
};
use std::{
	io::Write,
	os::unix::fs::{OpenOptionsExt, PermissionsExt},
	path::{Path, PathBuf},
};
use subxt::{config::SubstrateConfig, utils::MultiSignature};

/// An account's id: its public key.
pub type AccountId = AccountId32;

/// An account that can sign.
#[derive(Clone)]
pub struct Account {
	pair: sr25519::Pair,
}

impl Account {
	/// The account of a secret URI.
	pub fn from_suri(suri: &str) -> Result<Self, Failure> {
		// The URI itself stays out of the message: it is a secret, and messages end up in logs.
		let pair = sr25519::Pair::from_string(suri.trim(), None).map_err(|error| {
			Failure::new(format!("this is no secret URI: {error}")).code("BadKey").hint(
				"give a phrase of 12 words, 0x and a seed, or a development key such as //Alice",
			)
		})?;
		Ok(Self { pair })
	}

	/// The account whose secret URI is the first line of a file.
	pub fn from_file(path: &Path) -> Result<Self, Failure> {
		let text = std::fs::read_to_string(path).map_err(|error| {
			Failure::new(format!("cannot read the key file {}: {error}", path.display()))
				.code("BadKey")
				.hint("`tally key new --out FILE` makes one")
		})?;
		if let Ok(metadata) = path.metadata() {
			if metadata.permissions().mode() & 0o077 != 0 {
				eprintln!(
					"warning: others on this machine can read the key file {path}: chmod 600 {path}",
					path = path.display()
				);
			}
		}
		Self::from_suri(text.lines().next().unwrap_or_default())
			.map_err(|failure| failure.context(format!("key file {}", path.display())))
	}

	/// The account of `--account`: a secret URI, or else the name of a key file.
	pub fn from_option(value: &str) -> Result<Self, Failure> {
		if looks_like_suri(value) {
			return Self::from_suri(value);
		}
		let path = PathBuf::from(value);
		if path.is_file() {
			return Self::from_file(&path);
		}
		Err(Failure::new("the account is neither a secret URI nor a key file").code("BadKey").hint(
			"give a key file made by `tally key new --out FILE`, or on a development chain //Alice",
		))
	}

	/// The account's id.
	pub fn id(&self) -> AccountId {
		AccountId32::new(self.pair.public().0)
	}

	/// The public key: the bytes of the account's id.
	pub fn public(&self) -> [u8; 32] {
		self.pair.public().0
	}

	/// A bare sr25519 signature, as service keys give it.
	pub fn sign_raw(&self, message: &[u8]) -> [u8; 64] {
		self.pair.sign(message).0
	}

	/// Signs `message`.
	pub fn sign(&self, message: &[u8]) -> MultiSignature {
		MultiSignature::Sr25519(self.sign_raw(message))
	}
}

impl subxt::transactions::Signer<SubstrateConfig> for Account {
	fn account_id(&self) -> subxt::utils::AccountId32 {
		to_subxt(&self.id())
	}

	fn sign(&self, payload: &[u8]) -> MultiSignature {
		Account::sign(self, payload)
	}
}

/// A new account, with the phrase that is its only backup.
pub fn generate() -> (Account, String) {
	let (pair, phrase, _) = sr25519::Pair::generate_with_phrase(None);
	(Account { pair }, phrase)
}

/// 32 random bytes from the system, for a job's salt.
pub fn random_salt() -> [u8; 32] {
	// The seed of a fresh key is 32 bytes of the system's random source.
	sr25519::Pair::generate().1
}

/// Writes a new key file that only its owner can read. Never overwrites one.
pub fn write_key_file(path: &Path, phrase: &str) -> Result<(), Failure> {
	let write = || {
		let mut options = std::fs::OpenOptions::new();
		let mut file = options.write(true).create_new(true).mode(0o600).open(path)?;
		writeln!(file, "{phrase}")?;
		file.sync_all()
	};
	write().map_err(|error| {
		Failure::new(format!("cannot write the key file {}: {error}", path.display()))
			.hint("name a file that does not exist yet: a key file is never overwritten")
	})
}

/// Whether `value` is meant as a secret URI rather than as a file's name.
fn looks_like_suri(value: &str) -> bool {
	value.starts_with("//") || value.starts_with("0x") || value.trim().contains(' ')
}

/// Reads an account's id: an SS58 address, 0x and 32 bytes, or a development key such as `//Alice`.
pub fn parse_account(text: &str) -> Result<AccountId, String> {
	if text.starts_with("//") {
		let account = Account::from_suri(text).map_err(|_| format!("`{text}` is no account"))?;
		return Ok(account.id());
	}
	if text.starts_with("0x") {
		return crate::output::parse_hash(text).map(AccountId32::new);
	}
	AccountId32::from_ss58check(text).map_err(|_| {
		format!("`{text}` is no account: give an address such as 5Grwva…, 0x and its 32 bytes, or //Alice")
	})
}

/// An account's address.
pub fn show(id: &AccountId) -> String {
	id.to_ss58check()
}

/// The same account, as subxt has it.
pub fn to_subxt(id: &AccountId) -> subxt::utils::AccountId32 {
	subxt::utils::AccountId32(*id.as_ref())
}

/// The same account, from subxt's.
pub fn from_subxt(id: &subxt::utils::AccountId32) -> AccountId {
	AccountId32::new(id.0)
}

#[cfg(test)]
mod tests {
	use super::*;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	#[test]
	fn accounts_are_read_in_every_form() {
		let alice = Account::from_option("//Alice").unwrap().id();
		assert_eq!(show(&alice), ALICE);
		assert_eq!(parse_account(ALICE), Ok(alice.clone()));
		assert_eq!(parse_account("//Alice"), Ok(alice.clone()));
		let hex = crate::output::hex0x(AsRef::<[u8]>::as_ref(&alice));
		assert_eq!(parse_account(&hex), Ok(alice.clone()));
		assert_eq!(from_subxt(&to_subxt(&alice)), alice);
		assert!(parse_account("5Grw").unwrap_err().contains("is no account"));
	}

	#[test]
	fn a_key_file_is_private_and_never_overwritten() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("owner.key");
		let (account, phrase) = generate();
		write_key_file(&path, &phrase).unwrap();
		assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
		let read = Account::from_option(path.to_str().unwrap()).unwrap();
		assert_eq!(read.id(), account.id());
		assert!(write_key_file(&path, &phrase)
			.unwrap_err()
			.to_string()
			.contains("never overwritten"));
	}

	#[test]
	fn a_wrong_secret_is_not_repeated_in_the_message() {
		let secret = "these words are a secret that must not be in any log file";
		let failure = Account::from_option(secret).err().unwrap();
		assert!(!failure.to_string().contains("secret that"));
		assert!(!Account::from_option("my-seed-words")
			.err()
			.unwrap()
			.to_string()
			.contains("my-seed"));
	}

	#[test]
	fn salts_differ() {
		assert_ne!(random_salt(), random_salt());
	}
}
