//! `tally key bind`, `unbind`, `bindings`: keys from outside the chain, and the accounts that they speak
//! for.

use super::{anchor, Context};
use crate::{
	account::{self, to_subxt, AccountId},
	chain,
	client::failed,
	output::{facts, hex0x, table, utc, Failure, Outcome, Report},
	outside_key::{read_public, read_signature, PrivateKey},
};
use clap::Args;
use serde_json::json;
use std::{
	path::{Path, PathBuf},
	time::{SystemTime, UNIX_EPOCH},
};
use subxt::utils::Static;
use tallystick_primitives::{
	outside_key::{binding_message, OutsideKey, OutsideSignature},
	Digest,
};

const DAY: u64 = 24 * 3_600 * 1_000;

/// Options of `key bind`.
#[derive(Args)]
#[command(after_help = "\
A key that is in a file signs at once. One that is kept elsewhere (a token, another machine) signs the bytes that \
--message writes, and is bound with its signature:
  openssl pkeyutl -sign -rawin -inkey key.pem -in bind.bin -out bind.sig     # Ed25519
  openssl dgst -sha256 -sign key.pem -out bind.sig bind.bin                  # P-256
Anchors made with `--key` are then confirmed by it. A deposit is held until `tally key unbind`.
Examples:
  tally key bind --account owner.key --private-key signer.pem --days 365
  tally key bind --account owner.key --public-key signer.pub --expires-at 1829000000000 --message bind.bin
  tally key bind --account owner.key --public-key signer.pub --expires-at 1829000000000 --signature bind.sig")]
pub struct Bind {
	/// The PEM file of the private key, which signs here and is not sent anywhere.
	#[arg(long, value_name = "FILE", conflicts_with_all = ["public_key", "message", "signature"])]
	private_key: Option<PathBuf>,
	/// The PEM file of the public key, if the private one is elsewhere.
	#[arg(long, value_name = "FILE", required_unless_present = "private_key")]
	public_key: Option<PathBuf>,
	/// Until when the key speaks for the account: days from now.
	#[arg(long, default_value_t = 365, conflicts_with = "expires_at")]
	days: u64,
	/// Until when the key speaks for the account: milliseconds since the Unix epoch.
	#[arg(long, value_name = "MILLISECONDS")]
	expires_at: Option<u64>,
	/// Write the bytes that the key has to sign to this file, and stop.
	#[arg(long, value_name = "FILE", conflicts_with = "signature")]
	message: Option<PathBuf>,
	/// What the key signed: 64 bytes, or DER.
	#[arg(long, value_name = "FILE", requires = "expires_at")]
	signature: Option<PathBuf>,
}

/// Options of `key unbind`.
#[derive(Args)]
#[command(after_help = "\
What the key confirmed stays confirmed. Its deposit comes back.
Example:
  tally key unbind --account owner.key signer.pub")]
pub struct Unbind {
	/// The key: its PEM file, or its fingerprint.
	#[arg(value_name = "FILE-OR-HEX")]
	key: String,
}

/// Options of `key bindings`.
#[derive(Args)]
#[command(after_help = "\
A key's fingerprint is what `sha256sum` says of its PEM file, and what OpenSSF Model Signing bundles have as hint.
Examples:
  tally key bindings --account owner.key
  tally key bindings --of 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY --json")]
pub struct Bindings {
	/// Whose: an address. Without it, those of the account that would sign.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse_account)]
	of: Option<AccountId>,
}

/// Binds a key, or writes what it has to sign.
pub async fn bind(options: Bind, context: &Context) -> Outcome {
	let account = context.account()?;
	let private = options.private_key.as_deref().map(PrivateKey::read).transpose()?;
	let key = match (&private, &options.public_key) {
		(Some(private), _) => private.public(),
		(None, Some(path)) => read_public(path)?,
		(None, None) => return Err(Failure::usage("no key is named").hint("give --private-key")),
	};
	let expires_at = match options.expires_at {
		Some(expires_at) => expires_at,
		None => now()?.saturating_add(options.days.saturating_mul(DAY)),
	};
	let client = context.connect().await?;
	let message = binding_message(&client.genesis(), &account.id(), expires_at);
	if let Some(path) = &options.message {
		return written(path, &message, &key, expires_at);
	}
	let signature: OutsideSignature = match (private, &options.signature) {
		(Some(private), _) => private.sign(&message),
		(None, Some(path)) => read_signature(path, &key)?,
		(None, None) => return Err(Failure::usage("nothing says that the key agrees").hint(
			"let it sign what --message FILE writes, and give --signature, or give --private-key",
		)),
	};
	if !key.has_signed(&message, &signature) {
		return Err(Failure::new("the signature is not the key's of these bytes")
			.code("Provenance.BadSignature")
			.hint(
				"account, chain, key and --expires-at have to be those that --message was written with",
			));
	}
	let call = chain::transactions().provenance().bind_key(Static(key), expires_at, signature);
	let included = client.submit(&call, &account, "bind").await?;
	let event: chain::provenance::events::KeyBound = included.event()?;
	let text = format!(
		"the key speaks for {}\n{}",
		account::show(&account.id()),
		facts([
			("fingerprint", hex0x(event.fingerprint)),
			("algorithm", key.algorithm().to_owned()),
			("until", utc(event.expires_at)),
			("block", included.words()),
		])
	);
	let json = json!({
		"account": account::show(&account.id()),
		"fingerprint": hex0x(event.fingerprint),
		"algorithm": key.algorithm(),
		"expires_at": event.expires_at,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Writes what the key has to sign.
fn written(path: &Path, message: &[u8], key: &OutsideKey, expires_at: u64) -> Outcome {
	std::fs::write(path, message)
		.map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))?;
	let file = path.display().to_string();
	let sign = match key {
		OutsideKey::Ed25519(_) => {
			format!("openssl pkeyutl -sign -rawin -inkey KEY.pem -in {file} -out SIGNATURE")
		}
		OutsideKey::P256(_) => {
			format!("openssl dgst -sha256 -sign KEY.pem -out SIGNATURE {file}")
		}
	};
	let text = format!(
		"{file} has the {} bytes that the key has to sign\n{}\nnext: {sign}\nthen: tally key bind \
		 --public-key KEY.pub --expires-at {expires_at} --signature SIGNATURE",
		message.len(),
		facts([("until", utc(expires_at)), ("bytes", hex0x(message))])
	);
	let json = json!({
		"file": file, "message": hex0x(message), "expires_at": expires_at, "sign": sign,
	});
	Ok(Report::new(text, json))
}

/// The time here, in milliseconds since the Unix epoch. The chain's own decides.
fn now() -> Result<u64, Failure> {
	let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
	let millis = elapsed.ok().and_then(|elapsed| u64::try_from(elapsed.as_millis()).ok());
	millis.ok_or_else(|| {
		Failure::new("this machine's clock is before 1970").hint("give --expires-at")
	})
}

/// Ends a binding.
pub async fn unbind(options: Unbind, context: &Context) -> Outcome {
	let account = context.account()?;
	let fingerprint = anchor::fingerprint(&options.key)?;
	let client = context.connect().await?;
	let call = chain::transactions().provenance().unbind_key(fingerprint);
	let included = client.submit(&call, &account, "unbind").await?;
	let _: chain::provenance::events::KeyUnbound = included.event()?;
	let text = format!(
		"the key no longer speaks for {}; what it confirmed stays confirmed\n{}",
		account::show(&account.id()),
		facts([("fingerprint", hex0x(fingerprint)), ("block", included.words())])
	);
	let json = json!({
		"account": account::show(&account.id()),
		"fingerprint": hex0x(fingerprint),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Lists an account's keys.
pub async fn bindings(options: Bindings, context: &Context) -> Outcome {
	let who = context.account_id_or(&options.of)?;
	let client = context.connect().await?;
	let at = client.best().await?;
	let stored = chain::storage().provenance().key_bindings();
	let mut found = at.storage().iter(stored, (to_subxt(&who),)).await.map_err(failed)?;
	let mut bindings = Vec::new();
	while let Some(entry) = found.next().await {
		let binding = entry.map_err(failed)?.value().decode().map_err(failed)?;
		bindings.push((binding.key.0, binding.expires_at, binding.bound_at));
	}
	let fingerprint = |key: &OutsideKey| key.fingerprint().unwrap_or_else(Digest::zero);
	let rows = bindings.iter().map(|(key, expires_at, bound_at)| {
		[
			hex0x(fingerprint(key)),
			key.algorithm().to_owned(),
			utc(*expires_at),
			bound_at.to_string(),
		]
	});
	let text = match bindings.is_empty() {
		true => format!("no key speaks for {}", account::show(&who)),
		false => table(["fingerprint", "algorithm", "until", "since block"], rows),
	};
	let json = json!({
		"account": account::show(&who),
		"bindings": bindings.iter().map(|(key, expires_at, bound_at)| json!({
			"fingerprint": hex0x(fingerprint(key)),
			"algorithm": key.algorithm(),
			"public_key": key.to_pem(),
			"expires_at": expires_at,
			"bound_at": bound_at,
		})).collect::<Vec<_>>(),
	});
	Ok(Report::new(text, json))
}
