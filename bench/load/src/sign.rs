//! Accounts, and transactions of theirs.

use crate::chain::Chain;
use anyhow::{anyhow, Result};
use codec::Encode;
use sp_core::{sr25519, DeriveJunction, Pair as _, H256};
use sp_io::hashing::blake2_256;
use sp_runtime::{generic::Era, traits::IdentifyAccount, MultiAddress, MultiSigner};
use std::thread;
use tallystick_runtime::{
	configs::system::{immortal_implicit, tx_extension},
	AccountId, Nonce, Runtime, RuntimeCall, SignedPayload, UncheckedExtrinsic,
};

/// An account that signs, and its next nonce.
#[derive(Clone)]
pub struct Signer {
	pair: sr25519::Pair,
	/// The account.
	pub account: AccountId,
	/// Of the next transaction.
	pub nonce: Nonce,
}

/// A transaction, signed and encoded.
pub struct Transaction {
	/// By which it is found in a block.
	pub hash: H256,
	/// As it is sent.
	pub bytes: Vec<u8>,
}

impl Transaction {
	fn new(extrinsic: &UncheckedExtrinsic) -> Self {
		let bytes = extrinsic.encode();
		Self { hash: H256(blake2_256(&bytes)), bytes }
	}

	/// A call that authorizes itself.
	pub fn general(call: RuntimeCall) -> Self {
		let extension = tx_extension(0, Era::Immortal, 0);
		Self::new(&UncheckedExtrinsic::new_transaction(call, extension))
	}
}

/// The account of a secret.
pub fn account_of(pair: &sr25519::Pair) -> AccountId {
	MultiSigner::from(pair.public()).into_account()
}

/// The key of a development path such as `//Alice`.
pub fn pair(path: &str) -> Result<sr25519::Pair> {
	sr25519::Pair::from_string(path, None).map_err(|error| anyhow!("{path}: {error}"))
}

impl Signer {
	fn new(pair: sr25519::Pair) -> Self {
		Self { account: account_of(&pair), pair, nonce: 0 }
	}

	/// The account of a development path, with its nonce on chain.
	pub async fn named(path: &str, chain: &Chain) -> Result<Self> {
		let mut one = [Self::new(pair(path)?)];
		read_nonces(&mut one, chain).await?;
		let [one] = one;
		Ok(one)
	}

	/// `count` accounts below `//Alice//load`, with their nonces on chain.
	pub async fn many(count: u32, chain: &Chain) -> Result<Vec<Self>> {
		let root = pair("//Alice//load")?;
		let mut all = (0..count)
			.map(|number| {
				let (pair, _) = root.derive([DeriveJunction::hard(number)].into_iter(), None)?;
				Ok(Self::new(pair))
			})
			.collect::<Result<Vec<_>, sp_core::crypto::DeriveError>>()
			.map_err(|error| anyhow!("{error:?}"))?;
		read_nonces(&mut all, chain).await?;
		Ok(all)
	}

	/// Signs `call` with the next nonce.
	pub fn sign(&mut self, call: RuntimeCall, genesis: H256) -> Transaction {
		let extension = tx_extension(self.nonce, Era::Immortal, 0);
		self.nonce = self.nonce.saturating_add(1);
		let implicit = immortal_implicit(genesis);
		let payload = SignedPayload::from_raw(call.clone(), extension.clone(), implicit);
		let signature = payload.using_encoded(|bytes| self.pair.sign(bytes));
		let address = MultiAddress::Id(self.account.clone());
		Transaction::new(&UncheckedExtrinsic::new_signed(
			call,
			address,
			signature.into(),
			extension,
		))
	}
}

/// Reads the nonces of `signers`.
pub async fn read_nonces(signers: &mut [Signer], chain: &Chain) -> Result<()> {
	let keys: Vec<_> = signers
		.iter()
		.map(|signer| frame_system::Account::<Runtime>::hashed_key_for(&signer.account))
		.collect();
	type Info = frame_system::AccountInfo<Nonce, pallet_balances::AccountData<u128>>;
	for (signer, info) in signers.iter_mut().zip(chain.get_all::<Info>(&keys).await?) {
		signer.nonce = info.map_or(0, |info| info.nonce);
	}
	Ok(())
}

/// Signs `count` calls, dealt out to `signers` in turn, on all cores. `call` makes one of its number
/// and its signer's place. What comes back are as many lanes: all transactions of a signer are in
/// one, in the order of their nonces.
pub fn sign_all(
	signers: &mut [Signer],
	count: u32,
	lanes: usize,
	genesis: H256,
	call: impl Fn(u32, usize) -> RuntimeCall + Sync,
) -> Vec<Vec<Transaction>> {
	let all = u32::try_from(signers.len()).unwrap_or(u32::MAX).max(1);
	let per_lane = signers.len().div_ceil(lanes.max(1)).max(1);
	let call = &call;
	thread::scope(|scope| {
		let workers: Vec<_> = signers
			.chunks_mut(per_lane)
			.enumerate()
			.map(|(lane, signers)| {
				scope.spawn(move || {
					let first = lane.saturating_mul(per_lane);
					let mut signed = Vec::new();
					for round in 0..count.div_ceil(all) {
						for (at, signer) in signers.iter_mut().enumerate() {
							let place = first.saturating_add(at);
							let number = u32::try_from(place)
								.unwrap_or(u32::MAX)
								.saturating_add(round.saturating_mul(all));
							if number < count {
								signed.push(signer.sign(call(number, place), genesis));
							}
						}
					}
					signed
				})
			})
			.collect();
		workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
	})
}
