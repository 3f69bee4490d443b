//! Calls, also those that `tally` would not send.

use crate::{only_fees, BOUGHT, HELD, LATER, UNKNOWN, UNKNOWN_DIGEST};
use pallet_inference::{JobInput, RequestParams};
use pallet_registry::Contributor;
use sp_keyring::Sr25519Keyring::{Bob, Charlie, Eve, Ferdie};
use sp_runtime::DispatchError;
use tallystick_primitives::{
	commitment::{commit, Kind},
	ArtifactId, ArtifactKind, Balance, CurrencyId, Digest, EndpointKind, Share, Tariff,
};
use tallystick_runtime::{AccountId, BlockNumber, Hash, Runtime, RuntimeCall};
use tallystick_tests::{
	stage::{self, DATASET, MODEL, OWNER, PLAN, VERSION},
	Chain,
};

type Ledger = pallet_ledger::Call<Runtime>;
type Registry = pallet_registry::Call<Runtime>;
type Provenance = pallet_provenance::Call<Runtime>;
type Credits = pallet_credits::Call<Runtime>;
type Providers = pallet_providers::Call<Runtime>;
type Inference = pallet_inference::Call<Runtime>;
type LedgerError = pallet_ledger::Error<Runtime>;
type RegistryError = pallet_registry::Error<Runtime>;
type ProvenanceError = pallet_provenance::Error<Runtime>;
type CreditsError = pallet_credits::Error<Runtime>;
type ProvidersError = pallet_providers::Error<Runtime>;
type InferenceError = pallet_inference::Error<Runtime>;

/// A call, and what the chain says to it.
type Case = (RuntimeCall, DispatchError);

fn case(call: impl Into<RuntimeCall>, error: impl Into<DispatchError>) -> Case {
	(call.into(), error.into())
}

/// The least that is more.
fn more_than(percent: u32) -> Share {
	Share::from_parts(Share::from_percent(percent).deconstruct() + 1)
}

/// The request and the parameters of a job.
const QUESTION: &[u8] = br#"{"messages":[{"role":"user","content":"What is a tally stick?"}]}"#;
const PARAMETERS: &[u8] = b"{}";

/// The question, under the salt of a job.
pub fn question(job: u8) -> JobInput {
	let salt = [job; 32];
	JobInput::Committed {
		request: commit(Kind::Request, &salt, QUESTION),
		parameters: commit(Kind::Parameters, &salt, PARAMETERS),
	}
}

/// A request, after a change. It is good without one.
pub fn request(
	chain: &Chain,
	change: impl FnOnce(&mut RequestParams<AccountId, BlockNumber>),
) -> RuntimeCall {
	let mut params = RequestParams {
		plan: PLAN,
		version: VERSION,
		provider: Some(OWNER.to_account_id()),
		endpoint: EndpointKind::ChatCompletions,
		input: question(u8::MAX),
		max_units: HELD,
		deadline: LATER,
		valid_until: chain.best_number() + 190,
	};
	change(&mut params);
	Inference::request { params }.into()
}

pub fn are_refused(chain: &Chain) {
	let mut count = 0;
	let sent = only_fees(chain, || {
		for (who, cases) in
			[(OWNER, of_the_owner()), (Bob, of_another()), (Eve, of_the_consumer(chain))]
		{
			count += cases.len();
			let (calls, errors): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
			for ((call, error), included) in
				calls.iter().zip(errors).zip(chain.call(who, calls.clone()))
			{
				assert_eq!(included.result, Err(error), "{call:?}");
			}
		}
		cannot_be_said(chain);
	});
	assert_eq!(sent, count);
}

fn of_the_owner() -> Vec<Case> {
	type Terms = pallet_credits::PlanTerms<BlockNumber>;
	let plan = |change: fn(&mut Terms), error| {
		let mut terms = stage::plan_terms();
		change(&mut terms);
		case(stage::create_plan(MODEL, terms), error)
	};
	vec![
		plan(|terms| terms.price = 0, CreditsError::ZeroPrice),
		plan(|terms| terms.price = Balance::MAX, CreditsError::PriceTooHigh),
		// The least price that leaves no room for units.
		plan(|terms| terms.price = 1 << 64, CreditsError::PriceTooHigh),
		plan(
			|terms| terms.currency = CurrencyId::WithId(UNKNOWN),
			CreditsError::CurrencyNotAdmitted,
		),
		// Credits are no currency.
		plan(|terms| terms.currency = CurrencyId::WithId(PLAN), CreditsError::CurrencyNotAdmitted),
		plan(|terms| terms.tariff = Tariff::default(), CreditsError::FreeTariff),
		plan(
			|terms| terms.versions = vec![UNKNOWN_DIGEST].try_into().unwrap(),
			CreditsError::VersionNotFound,
		),
	]
}

fn of_another() -> Vec<Case> {
	let register = |parents: &[_], contributors: &[_], error| {
		case(stage::register(ArtifactKind::Model, parents, contributors), error)
	};
	let offer = |artifact: ArtifactId, version: Digest, share, error: ProvidersError| {
		case(Providers::offer { artifact, version, share, min_deadline: 3 }, error)
	};
	let unknown = CurrencyId::WithId(UNKNOWN);
	let (account, nobody) = (Bob.to_account_id(), Ferdie.to_account_id());
	let terms = Hash::repeat_byte(1);
	let (whole, percent) = (Share::one(), Share::from_percent);
	vec![
		// A parent that is not there, that is the child itself, that is newer than the child.
		register(&[(UNKNOWN, percent(5))], &[], RegistryError::ParentNotFound),
		register(&[(MODEL + 1, percent(5))], &[], RegistryError::ParentNotFound),
		case(
			Registry::confirm_parent { child: DATASET, parent: MODEL },
			RegistryError::EdgeNotFound,
		),
		case(
			Registry::confirm_parent { child: UNKNOWN, parent: MODEL },
			RegistryError::ArtifactNotFound,
		),
		case(stage::publish(UNKNOWN, VERSION), RegistryError::ArtifactNotFound),
		// More than the whole: parents, parents and contributors, and so much that it does not fit.
		register(
			&[(MODEL, percent(60)), (DATASET, more_than(40))],
			&[],
			RegistryError::SharesExceedWhole,
		),
		register(
			&[(MODEL, percent(60))],
			&[(Charlie, more_than(40))],
			RegistryError::SharesExceedWhole,
		),
		register(
			&[(MODEL, whole), (DATASET, whole)],
			&[(Bob, whole), (Charlie, whole), (Eve, whole)],
			RegistryError::SharesExceedWhole,
		),
		// And with an offering that is dearer than the dearest that there can be.
		offer(MODEL, VERSION, more_than(60), ProvidersError::SharesExceedWhole),
		offer(MODEL, VERSION, whole, ProvidersError::SharesExceedWhole),
		offer(MODEL, UNKNOWN_DIGEST, percent(1), ProvidersError::VersionNotFound),
		offer(UNKNOWN, VERSION, percent(1), ProvidersError::VersionNotFound),
		case(
			Providers::accept_offering {
				artifact: MODEL,
				version: VERSION,
				provider: nobody.clone(),
				share: percent(1),
				min_deadline: 3,
			},
			ProvidersError::OfferingNotFound,
		),
		case(
			Providers::withdraw_offering { artifact: MODEL, version: VERSION, provider: nobody },
			ProvidersError::OfferingNotFound,
		),
		case(Inference::decline { job: UNKNOWN.into() }, InferenceError::JobNotFound),
		case(Inference::decline { job: 0 }, InferenceError::NotJobProvider),
		case(Credits::buy { plan: UNKNOWN, units: 9, terms }, CreditsError::PlanNotFound),
		case(Credits::buy { plan: PLAN, units: 9, terms }, CreditsError::TermsMismatch),
		case(Credits::close { plan: UNKNOWN }, CreditsError::PlanNotFound),
		case(Credits::retire_plan { plan: UNKNOWN }, CreditsError::PlanNotFound),
		case(
			Ledger::claim { currency: unknown.clone(), account },
			LedgerError::CurrencyNotAdmitted,
		),
		case(
			Ledger::report_impaired { currency: unknown.clone() },
			LedgerError::CurrencyNotAdmitted,
		),
		case(Ledger::admit_currency { currency: unknown, threshold: 1 }, DispatchError::BadOrigin),
		case(
			Provenance::revoke { anchor: UNKNOWN.into(), reason: Default::default() },
			ProvenanceError::AnchorNotFound,
		),
	]
}

fn of_the_consumer(chain: &Chain) -> Vec<Case> {
	let no_provider = |params: &mut RequestParams<_, _>| {
		params.provider = Some(Ferdie.to_account_id());
	};
	vec![
		case(request(chain, |params| params.plan = UNKNOWN), InferenceError::PlanNotFound),
		case(request(chain, no_provider), ProvidersError::OfferingNotFound),
		case(
			request(chain, |params| params.provider = Some(Bob.to_account_id())),
			ProvidersError::OfferingNotFound,
		),
		case(
			request(chain, |params| params.version = UNKNOWN_DIGEST),
			InferenceError::VersionNotFound,
		),
		case(request(chain, |params| params.max_units = 0), InferenceError::ZeroUnits),
		case(request(chain, |params| params.max_units = BOUGHT), InferenceError::NotEnoughUnits),
		case(
			request(chain, |params| params.max_units = Balance::MAX),
			InferenceError::NotEnoughUnits,
		),
		// The request of a job that there is.
		case(request(chain, |params| params.input = question(0)), InferenceError::CommitmentUsed),
	]
}

/// A share above the whole does not decode, so no block can have it.
fn cannot_be_said(chain: &Chain) {
	let mark = 0x3a5b_c7d9;
	// With a nonce of the past: what can be read is refused for that.
	let transaction = chain.signed(Bob, 0, stage::offer(VERSION, Share::from_parts(mark)));
	assert_eq!(chain.submit(&transaction).unwrap_err().code, 1010);
	let at = transaction.windows(4).position(|bytes| bytes == mark.to_le_bytes()).unwrap();
	let mut unreadable = transaction;
	unreadable[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
	assert_eq!(chain.submit(&unreadable).unwrap_err().code, 1002);
}

/// What others have leaves no room for more: neither an offering nor a share that the owner gives later
/// can have what there is not. Where the others have all, it has nothing.
pub fn shares_are_at_most_the_whole(chain: &Chain) {
	let (child, version) = (MODEL + 1, Digest::repeat_byte(0x22));
	let parents = [(MODEL, Share::from_percent(60)), (DATASET, Share::from_percent(40))];
	let offer = |share| Providers::offer { artifact: child, version, share, min_deadline: 3 };
	let results: Vec<_> = chain
		.call(
			Bob,
			vec![
				stage::register(ArtifactKind::Adapter, &parents, &[]),
				stage::publish(child, version),
				offer(more_than(0)).into(),
				offer(Share::zero()).into(),
				Registry::add_contributor {
					artifact: child,
					contributor: Contributor {
						account: Charlie.to_account_id(),
						share: more_than(0),
					},
				}
				.into(),
			],
		)
		.into_iter()
		.map(|included| included.result)
		.collect();
	let (dear, given) = (ProvidersError::SharesExceedWhole, RegistryError::SharesExceedWhole);
	assert_eq!(results, [Ok(()), Ok(()), Err(dear.into()), Ok(()), Err(given.into())]);
}
