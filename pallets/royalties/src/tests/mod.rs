mod deposit;
mod distribute;
mod mark;
mod payouts;
mod settle;
mod try_state;
mod waves;
mod weights;

use crate::{mock::*, *};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::{Inspect as _, Mutate as _},
		Hooks,
	},
};

const SOURCE: Bucket<AccountId> = Bucket::Maturing(1);

/// A use of `artifact` is paid with `amount` of `currency`.
fn earn_in(currency: &CurrencyId, artifact: ArtifactId, amount: Balance, provider: Option<u32>) {
	assert_ok!(<Ledger as Books<_>>::enter(currency, &PAYER, &SOURCE, amount));
	let provider = provider.map(|percent| (&PROVIDER, Share::from_percent(percent)));
	assert_ok!(<Royalties as Distribute<_>>::deposit(
		artifact, currency, &SOURCE, amount, provider
	));
}

fn earn(artifact: ArtifactId, amount: Balance) {
	earn_in(&TLY, artifact, amount, None);
}

fn claimable(who: AccountId) -> Balance {
	<Ledger as Books<_>>::balance(&TLY, &Bucket::Claimable(who))
}

fn pending(artifact: ArtifactId) -> Balance {
	<Ledger as Books<_>>::balance(&TLY, &Bucket::Pending(artifact))
}

/// What `who` has earned: paid out, or still claimable.
fn income(who: AccountId) -> Balance {
	Balances::balance(&who) + claimable(who)
}

fn owner(artifact: ArtifactId) -> AccountId {
	OWNERS + AccountId::from(artifact)
}

/// Blocks pass until nothing is due and no payout waits.
fn settle() {
	for _ in 0..1_000 {
		if Due::<Test>::iter_keys().next().is_none()
			&& Payouts::<Test>::iter_keys().next().is_none()
		{
			return;
		}
		next_block();
	}
	panic!("distribution does not come to an end");
}

fn next_block() {
	let next = System::block_number() + 1;
	System::set_block_number(next);
	let weight = Royalties::on_initialize(next);
	assert!(weight.all_lte(SliceWeight::get()), "the slice is a bound");
	check();
}

/// The number of visits there were of each artifact.
fn visits() -> Vec<ArtifactId> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Royalties(Event::Split { artifact, .. }) => Some(artifact),
			_ => None,
		})
		.collect()
}
