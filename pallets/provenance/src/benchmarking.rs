//! Benchmarks of the calls.

#![cfg(feature = "runtime-benchmarks")]

use crate::{fixtures::*, *};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		Get, Time,
	},
	BoundedVec,
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_runtime::traits::{One, Saturating};
use tallystick_primitives::{
	outside_key::Fingerprint,
	provenance::{
		reservation, AnchorInfo, AnchorStatus, ProvRelation, ReservationSalt, MAX_RELATIONS,
		MAX_SOFT_BINDINGS,
	},
	AnchorId, Balance, Digest,
};

const SALT: ReservationSalt = [7; 32];

/// An account with more than all calls cost.
fn funded<T: Config>(name: &'static str) -> Result<T::AccountId, BenchmarkError> {
	let who = account(name, 0, 0);
	let bytes: Balance = 2_000;
	let entries = Balance::from(MAX_RELATIONS.saturating_add(MAX_SOFT_BINDINGS)).saturating_add(5);
	let anchor = T::BasePrice::get()
		.saturating_add(T::BytePrice::get().saturating_mul(bytes))
		.saturating_add(T::EntryPrice::get().saturating_mul(entries));
	let money = anchor
		.saturating_mul(u128::from(MAX_BATCH).saturating_mul(2))
		.saturating_add(T::ReservationDeposit::get())
		.saturating_add(T::KeyDeposit::get())
		.saturating_add(T::Currency::minimum_balance().saturating_mul(10));
	T::Currency::mint_into(&who, money)?;
	Ok(who)
}

/// Anchors `digest` with nothing more than there is to say.
fn anchored<T: Config>(
	who: &T::AccountId,
	digest: u8,
	info: AnchorInfo,
) -> Result<AnchorId, BenchmarkError> {
	let id = NextAnchorId::<T>::get();
	Pallet::<T>::do_anchor(who, Digest::repeat_byte(digest), info, None, None)?;
	Ok(id)
}

/// An anchor as large as can be.
fn largest_info<T: Config>() -> Result<AnchorInfo, BenchmarkError> {
	info::<T>(MAX_RELATIONS, MAX_SOFT_BINDINGS)
}

/// The longest strings, with `relations` to anchors of somebody else, which are made if they are not
/// there, and `soft` bindings.
fn info<T: Config>(relations: u32, soft: u32) -> Result<AnchorInfo, BenchmarkError> {
	let mut others = Vec::new();
	for number in 0..relations {
		let id = AnchorId::from(number);
		if !Anchors::<T>::contains_key(id) {
			let other = funded::<T>("related")?;
			let digest = u8::try_from(number.saturating_add(100)).unwrap_or(u8::MAX);
			anchored::<T>(&other, digest, longest_info())?;
		}
		others.push((ProvRelation::WasDerivedFrom, id));
	}
	let soft = (0..soft).map(|number| soft_binding(u16::try_from(number).unwrap_or(u16::MAX)));
	Ok(AnchorInfo {
		relations: BoundedVec::truncate_from(others),
		soft: BoundedVec::truncate_from(soft.collect()),
		..longest_info()
	})
}

/// Binds a key of `who`'s.
fn bound<T: Config>(who: &T::AccountId) -> Result<Fingerprint, BenchmarkError> {
	let signer = Signer::p256(1).ok_or("one is a key")?;
	let expires_at = expiry::<T>();
	let signature = signer.vouch::<T>(who, expires_at);
	Pallet::<T>::do_bind_key(who, signer.key(), expires_at, signature)?;
	Ok(signer.fingerprint())
}

fn expiry<T: Config>() -> u64 {
	T::Time::now().saturating_add(T::MaxKeyTerm::get())
}

/// Lets a reservation get old enough.
fn wait<T: Config>() {
	let now = frame_system::Pallet::<T>::block_number();
	let later =
		now.saturating_add(T::ReservationAge::get()).saturating_add(BlockNumberFor::<T>::one());
	frame_system::Pallet::<T>::set_block_number(later);
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn anchor(
		r: Linear<0, { MAX_RELATIONS }>,
		s: Linear<0, { MAX_SOFT_BINDINGS }>,
	) -> Result<(), BenchmarkError> {
		let info = info::<T>(r, s)?;
		let digest = Digest::repeat_byte(1);
		let caller = funded::<T>("caller")?;
		let key = Some(bound::<T>(&caller)?);
		// Another anchor of the digest is there already, and the books have been opened.
		anchored::<T>(&funded::<T>("other")?, 1, info.clone())?;
		Pallet::<T>::do_reserve(&caller, reservation(&digest, &caller, &SALT))?;
		wait::<T>();
		let id = NextAnchorId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), digest, info, key, Some(SALT));

		let record = Anchors::<T>::get(id).ok_or("it was anchored")?;
		assert!(record.confirmation.is_some() && record.reserved_at.is_some());
		Ok(())
	}

	#[benchmark]
	fn anchor_batch(n: Linear<1, { MAX_BATCH }>) -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller")?;
		let key = Some(bound::<T>(&caller)?);
		anchored::<T>(&funded::<T>("other")?, 1, longest_info())?;
		let digest = |number: u32| Digest::from(sp_io::hashing::blake2_256(&number.to_le_bytes()));
		let batch = (0..n).map(|number| (digest(number), longest_info())).collect::<Vec<_>>();
		let before = NextAnchorId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), BoundedVec::truncate_from(batch), key);

		assert_eq!(NextAnchorId::<T>::get(), before.saturating_add(n.into()));
		Ok(())
	}

	#[benchmark]
	fn revoke() -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller")?;
		let info = largest_info::<T>()?;
		let id = anchored::<T>(&caller, 1, info)?;
		let reason = BoundedVec::truncate_from(alloc::vec![b'r'; 128]);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, reason);

		let status = Anchors::<T>::get(id).map(|record| record.status);
		assert!(matches!(status, Some(AnchorStatus::Revoked { .. })));
		Ok(())
	}

	#[benchmark]
	fn supersede() -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller")?;
		let info = largest_info::<T>()?;
		let old = anchored::<T>(&caller, 1, info.clone())?;
		let new = anchored::<T>(&caller, 2, info)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), old, new);

		let status = Anchors::<T>::get(old).map(|record| record.status);
		assert!(matches!(status, Some(AnchorStatus::Superseded { .. })));
		Ok(())
	}

	#[benchmark]
	fn reserve() -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller")?;
		let commitment = Digest::repeat_byte(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), commitment);

		assert!(Reservations::<T>::contains_key(caller, commitment));
		Ok(())
	}

	#[benchmark]
	fn release_reservation() -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller")?;
		let commitment = Digest::repeat_byte(1);
		Pallet::<T>::do_reserve(&caller, commitment)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), commitment);

		assert!(!Reservations::<T>::contains_key(caller, commitment));
		Ok(())
	}

	#[benchmark]
	fn bind_key_ed25519() -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller")?;
		let (signer, expires_at) = (Signer::ed25519(), expiry::<T>());
		let signature = signer.vouch::<T>(&caller, expires_at);

		#[extrinsic_call]
		bind_key(RawOrigin::Signed(caller.clone()), signer.key(), expires_at, signature);

		assert!(KeyBindings::<T>::contains_key(caller, signer.fingerprint()));
		Ok(())
	}

	#[benchmark]
	fn bind_key_p256() -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller")?;
		let (signer, expires_at) = (Signer::p256(1).ok_or("one is a key")?, expiry::<T>());
		let signature = signer.vouch::<T>(&caller, expires_at);

		#[extrinsic_call]
		bind_key(RawOrigin::Signed(caller.clone()), signer.key(), expires_at, signature);

		assert!(KeyBindings::<T>::contains_key(caller, signer.fingerprint()));
		Ok(())
	}

	#[benchmark]
	fn unbind_key() -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller")?;
		let fingerprint = bound::<T>(&caller)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), fingerprint);

		assert!(!KeyBindings::<T>::contains_key(caller, fingerprint));
		Ok(())
	}

	#[benchmark]
	fn confirm() -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller")?;
		let fingerprint = bound::<T>(&caller)?;
		let info = largest_info::<T>()?;
		let (id, digest) = (NextAnchorId::<T>::get(), Digest::repeat_byte(1));
		Pallet::<T>::do_reserve(&caller, reservation(&digest, &caller, &SALT))?;
		wait::<T>();
		Pallet::<T>::do_anchor(&caller, digest, info, None, Some(SALT))?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id, fingerprint);

		assert!(Anchors::<T>::get(id).is_some_and(|record| record.confirmation.is_some()));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext().into_inner(), crate::mock::Test);
}
