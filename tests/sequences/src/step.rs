//! What can happen, and how it is drawn at random.
//!
//! A step names no artifact, plan or job: it has a [`Pick`], which is taken modulo the number of
//! what there is to pick from. So any step can follow any other.

use proptest::{collection::vec, prelude::*};

/// A choice among what there is when the step is made.
pub type Pick = u16;

/// Who makes a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
	/// Whoever has the right to.
	Right,
	/// Any account.
	Account(u8),
}

/// What is wrong with a call. Its meaning depends on the call: mostly nothing is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
	/// Nothing.
	None,
	/// One of the ways in which the call can be wrong.
	Some(u8),
}

impl Flaw {
	/// Which of `ways` to be wrong. Zero: none.
	pub fn of(self, ways: u8) -> u8 {
		match self {
			Self::None => 0,
			Self::Some(way) => 1 + way % ways,
		}
	}
}

/// A share, in a form that leads to interesting ones: thirds, billionths, halves, the rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part(pub u32);

/// How much, relative to what the payer has or what makes sense.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Size {
	/// The least that makes sense.
	Least,
	/// A multiple of it, and some more.
	Some(u16),
	/// All there is.
	All,
	/// Nothing.
	Zero,
	/// More than there can be.
	Absurd,
}

/// What happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
	/// Blocks pass.
	Advance(u8),
	/// `registry.register`.
	Register {
		who: u8,
		kind: u8,
		licence: u8,
		parents: Vec<(Pick, Part)>,
		contributors: Vec<(u8, Part)>,
		flaw: Flaw,
	},
	/// `registry.publish`.
	Publish { artifact: Pick, by: By, flaw: Flaw },
	/// `registry.update_metadata`.
	UpdateMetadata { artifact: Pick, by: By, flaw: Flaw },
	/// `registry.update_locators`.
	UpdateLocators { version: Pick, by: By, flaw: Flaw },
	/// `registry.set_deprecated`.
	SetDeprecated { version: Pick, by: By, deprecated: bool, flaw: Flaw },
	/// `registry.withdraw_version`.
	WithdrawVersion { version: Pick, by: By, at_once: bool, flaw: Flaw },
	/// `registry.set_serving`.
	SetServing { version: Pick, by: By, none: bool, flaw: Flaw },
	/// `registry.request_derivative`.
	RequestDerivative { who: u8, parent: Pick, kind: u8, part: Part },
	/// `registry.approve_derivative`.
	ApproveDerivative { request: Pick, by: By, flaw: Flaw },
	/// `registry.close_derivative_request`.
	CloseDerivativeRequest { request: Pick, by: By, as_owner: bool },
	/// `registry.confirm_parent`.
	ConfirmParent { edge: Pick, by: By, flaw: Flaw },
	/// `registry.update_licence`.
	UpdateLicence { artifact: Pick, by: By, licence: u8 },
	/// `registry.offer_gift`.
	OfferGift { artifact: Pick, by: By, to: u8 },
	/// `registry.cancel_gift`.
	CancelGift { gift: Pick, by: By, receiver: bool },
	/// `registry.accept_gift`.
	AcceptGift { gift: Pick, by: By, flaw: Flaw },
	/// `registry.add_contributor`.
	AddContributor { artifact: Pick, by: By, who: u8, part: Part, flaw: Flaw },
	/// `registry.renounce_share`.
	RenounceShare { share: Pick, by: By },
	/// `registry.transfer_share`.
	TransferShare { share: Pick, by: By, to: u8 },
	/// What a trading pallet will do: [`pallet_registry::Pallet::hand_over`].
	HandOver { artifact: Pick, to: u8 },
	/// `credits.create_plan`.
	CreatePlan {
		artifact: Pick,
		by: By,
		currency: u8,
		price: u8,
		tariff: u8,
		window: u8,
		slots: u8,
		flaw: Flaw,
	},
	/// `credits.buy`.
	Buy { who: u8, plan: Pick, units: Size, flaw: Flaw },
	/// `credits.close`.
	Close { holding: Pick, by: By },
	/// `credits.retire_plan`.
	RetirePlan { plan: Pick, by: By },
	/// `providers.register`.
	RegisterProvider { who: u8, flaw: Flaw },
	/// `providers.update`.
	UpdateProvider { provider: Pick, by: By, new_key: bool, flaw: Flaw },
	/// `providers.leave`.
	Leave { provider: Pick, by: By },
	/// `providers.offer`.
	Offer { provider: Pick, by: By, artifact: Pick, part: Part, deadline: u8, flaw: Flaw },
	/// `providers.accept_offering`.
	AcceptOffering { offering: Pick, by: By, flaw: Flaw },
	/// `providers.withdraw_offering`.
	WithdrawOffering { offering: Pick, by: By, owner: bool },
	/// `inference.request`.
	Request {
		holding: Pick,
		by: By,
		offering: Pick,
		named: bool,
		inline: bool,
		units: Size,
		deadline: u8,
		salt: u16,
		flaw: Flaw,
	},
	/// `inference.submit_receipt`.
	SubmitReceipt { job: Pick, prompt: u16, cached: u16, completion: u16, error: bool, flaw: Flaw },
	/// `inference.decline`.
	Decline { job: Pick, by: By },
	/// `royalties.distribute`.
	Distribute { by: u8, steps: u8 },
	/// `royalties.mark`.
	Mark { by: u8, artifact: Pick, currency: u8 },
	/// `ledger.claim`.
	Claim { by: u8, claim: Pick },
	/// `ledger.admit_currency`.
	AdmitCurrency { currency: u8, threshold: u8, root: bool },
	/// `ledger.report_impaired`.
	ReportImpaired { by: u8, currency: u8 },
	/// `ledger.spend`.
	Spend { currency: u8, to: u8, amount: Size, root: bool },
	/// `provenance.anchor`: the other way for money into the treasury.
	Anchor { who: u8, salt: u16 },
	/// Tokens go to the vault or to another account without a key.
	Donate { who: u8, to: u8, currency: u8, amount: Size },
	/// Tokens go from one account to another.
	Send { from: u8, to: u8, currency: u8, amount: Size, keep_alive: bool },
	/// Credits go from one account to another.
	SendCredits { holding: Pick, to: u8, amount: Size, way: u8 },
	/// The issuer of an asset does what issuers can do.
	Issuer { asset: u8, act: u8, account: u8, amount: Size },
	/// A call that the filter refuses.
	Forbidden { who: u8, what: u8, pick: Pick },
}

fn pick() -> impl Strategy<Value = Pick> + Clone {
	any::<u16>()
}

fn who() -> impl Strategy<Value = u8> + Clone {
	0..crate::chain::PEOPLE
}

fn anybody() -> impl Strategy<Value = u8> + Clone {
	prop_oneof![12 => who(), 1 => 0..crate::chain::ACCOUNTS]
}

fn by() -> impl Strategy<Value = By> + Clone {
	prop_oneof![14 => Just(By::Right), 1 => who().prop_map(By::Account)]
}

fn flaw() -> impl Strategy<Value = Flaw> + Clone {
	prop_oneof![9 => Just(Flaw::None), 1 => (0u8..32).prop_map(Flaw::Some)]
}

/// Free, by approval and else free, or any.
fn licence() -> impl Strategy<Value = u8> + Clone {
	prop_oneof![5 => Just(0), 2 => Just(2), 1 => any::<u8>()]
}

fn part() -> impl Strategy<Value = Part> + Clone {
	const BILLION: u32 = 1_000_000_000;
	prop_oneof![
		6 => (0..=300_000_000u32).prop_map(Part),
		1 => Just(Part(0)),
		1 => Just(Part(1)),
		2 => Just(Part(333_333_333)),
		2 => Just(Part(BILLION / 2)),
		1 => Just(Part(BILLION)),
		1 => (0..=BILLION).prop_map(Part),
	]
}

fn size() -> impl Strategy<Value = Size> + Clone {
	prop_oneof![
		4 => Just(Size::Least),
		16 => any::<u16>().prop_map(Size::Some),
		2 => Just(Size::All),
		1 => Just(Size::Zero),
		1 => Just(Size::Absurd),
	]
}

/// A step.
pub fn any_step() -> BoxedStrategy<Step> {
	let few = || any::<u8>();
	prop_oneof![
		12 => prop_oneof![20 => 1..=4u8, 2 => 5..=40u8].prop_map(Step::Advance),
		4 => (
			(who(), few(), licence()),
			(vec((pick(), part()), 0..=4), vec((anybody(), part()), 0..=4), flaw()),
		)
			.prop_map(|((who, kind, licence), (parents, contributors, flaw))| Step::Register {
				who, kind, licence, parents, contributors, flaw,
			}),
		2 => (pick(), by(), flaw())
			.prop_map(|(artifact, by, flaw)| Step::Publish { artifact, by, flaw }),
		2 => (pick(), by(), flaw())
			.prop_map(|(edge, by, flaw)| Step::ConfirmParent { edge, by, flaw }),
		1 => (pick(), by(), flaw())
			.prop_map(|(artifact, by, flaw)| Step::UpdateMetadata { artifact, by, flaw }),
		1 => (pick(), by(), flaw())
			.prop_map(|(version, by, flaw)| Step::UpdateLocators { version, by, flaw }),
		1 => (pick(), by(), any::<bool>(), flaw()).prop_map(
			|(version, by, deprecated, flaw)| Step::SetDeprecated { version, by, deprecated, flaw }
		),
		1 => (pick(), by(), any::<bool>(), flaw()).prop_map(
			|(version, by, at_once, flaw)| Step::WithdrawVersion { version, by, at_once, flaw }
		),
		1 => (pick(), by(), prop::bool::weighted(0.2), flaw())
			.prop_map(|(version, by, none, flaw)| Step::SetServing { version, by, none, flaw }),
		3 => (who(), pick(), few(), part()).prop_map(
			|(who, parent, kind, part)| Step::RequestDerivative { who, parent, kind, part }
		),
		3 => (pick(), by(), flaw())
			.prop_map(|(request, by, flaw)| Step::ApproveDerivative { request, by, flaw }),
		1 => (pick(), by(), any::<bool>()).prop_map(
			|(request, by, as_owner)| Step::CloseDerivativeRequest { request, by, as_owner }
		),
		1 => (pick(), anybody()).prop_map(|(artifact, to)| Step::HandOver { artifact, to }),
		1 => (pick(), by(), licence())
			.prop_map(|(artifact, by, licence)| Step::UpdateLicence { artifact, by, licence }),
		3 => (pick(), by(), anybody())
			.prop_map(|(artifact, by, to)| Step::OfferGift { artifact, by, to }),
		1 => (pick(), by(), any::<bool>())
			.prop_map(|(gift, by, receiver)| Step::CancelGift { gift, by, receiver }),
		3 => (pick(), by(), flaw()).prop_map(|(gift, by, flaw)| Step::AcceptGift { gift, by, flaw }),
		3 => ((pick(), by(), anybody()), (part(), flaw())).prop_map(
			|((artifact, by, who), (part, flaw))| Step::AddContributor {
				artifact, by, who, part, flaw,
			}
		),
		2 => (pick(), by()).prop_map(|(share, by)| Step::RenounceShare { share, by }),
		2 => (pick(), by(), anybody())
			.prop_map(|(share, by, to)| Step::TransferShare { share, by, to }),
		3 => ((pick(), by(), few(), few()), (few(), few(), few(), flaw())).prop_map(
			|((artifact, by, currency, price), (tariff, window, slots, flaw))| Step::CreatePlan {
				artifact, by, currency, price, tariff, window, slots, flaw,
			}
		),
		10 => (who(), pick(), size(), flaw())
			.prop_map(|(who, plan, units, flaw)| Step::Buy { who, plan, units, flaw }),
		3 => (pick(), by()).prop_map(|(holding, by)| Step::Close { holding, by }),
		1 => (pick(), by()).prop_map(|(plan, by)| Step::RetirePlan { plan, by }),
		2 => (who(), flaw()).prop_map(|(who, flaw)| Step::RegisterProvider { who, flaw }),
		1 => (pick(), by(), any::<bool>(), flaw()).prop_map(
			|(provider, by, new_key, flaw)| Step::UpdateProvider { provider, by, new_key, flaw }
		),
		1 => (pick(), by()).prop_map(|(provider, by)| Step::Leave { provider, by }),
		4 => ((pick(), by(), pick()), (part(), 0..=12u8, flaw())).prop_map(
			|((provider, by, artifact), (part, deadline, flaw))| Step::Offer {
				provider, by, artifact, part, deadline, flaw,
			}
		),
		3 => (pick(), by(), flaw())
			.prop_map(|(offering, by, flaw)| Step::AcceptOffering { offering, by, flaw }),
		1 => (pick(), by(), any::<bool>())
			.prop_map(|(offering, by, owner)| Step::WithdrawOffering { offering, by, owner }),
		18 => (
			(pick(), by(), pick(), any::<bool>(), prop::bool::weighted(0.2)),
			(size(), 3..=20u8, any::<u16>(), flaw()),
		)
			.prop_map(|((holding, by, offering, named, inline), (units, deadline, salt, flaw))| {
				Step::Request { holding, by, offering, named, inline, units, deadline, salt, flaw }
			}),
		18 => ((pick(), any::<u16>(), any::<u16>()), (any::<u16>(), prop::bool::weighted(0.1), flaw()))
			.prop_map(|((job, prompt, cached), (completion, error, flaw))| Step::SubmitReceipt {
				job, prompt, cached, completion, error, flaw,
			}),
		2 => (pick(), by()).prop_map(|(job, by)| Step::Decline { job, by }),
		4 => (who(), 0..=40u8).prop_map(|(by, steps)| Step::Distribute { by, steps }),
		4 => (who(), pick(), few())
			.prop_map(|(by, artifact, currency)| Step::Mark { by, artifact, currency }),
		4 => (who(), pick()).prop_map(|(by, claim)| Step::Claim { by, claim }),
		1 => (few(), few(), prop::bool::weighted(0.9)).prop_map(
			|(currency, threshold, root)| Step::AdmitCurrency { currency, threshold, root }
		),
		5 => (who(), few()).prop_map(|(by, currency)| Step::ReportImpaired { by, currency }),
		2 => (few(), anybody(), size(), prop::bool::weighted(0.9))
			.prop_map(|(currency, to, amount, root)| Step::Spend { currency, to, amount, root }),
		1 => (who(), any::<u16>()).prop_map(|(who, salt)| Step::Anchor { who, salt }),
		2 => (who(), few(), few(), size())
			.prop_map(|(who, to, currency, amount)| Step::Donate { who, to, currency, amount }),
		5 => ((who(), anybody(), few()), (size(), any::<bool>())).prop_map(
			|((from, to, currency), (amount, keep_alive))| Step::Send {
				from, to, currency, amount, keep_alive,
			}
		),
		// The whole of it: accounts that nothing binds die.
		2 => (who(), anybody()).prop_map(|(from, to)| Step::Send {
			from, to, currency: 0, amount: Size::All, keep_alive: false,
		}),
		5 => (pick(), anybody(), size(), few())
			.prop_map(|(holding, to, amount, way)| Step::SendCredits { holding, to, amount, way }),
		5 => (few(), few(), anybody(), size())
			.prop_map(|(asset, act, account, amount)| Step::Issuer { asset, act, account, amount }),
		1 => (who(), few(), pick())
			.prop_map(|(who, what, pick)| Step::Forbidden { who, what, pick }),
	]
	.boxed()
}
