//! What to do about an error. What went wrong the chain says by itself, in its metadata; what a
//! person can do about it at this command line is here, in one table.

/// Hints for errors of calls, by pallet and error.
pub const HINTS: &[(&str, &[(&str, &str)])] = &[
	(
		"Registry",
		&[
			("ArtifactNotFound", "`tally artifact list` shows the artifacts there are"),
			("ParentNotFound", "`tally artifact list` shows what can be a parent; register it first"),
			("DuplicateParent", "name each --parent once, with all of its share"),
			("DuplicateContributor", "name each --contributor once, with all of its share"),
			("SharesExceedWhole", "lower the shares: parents and contributors have at most 100% together"),
			("ZeroShare", "give the contributor a share above 0%, or leave it out"),
			("DerivationForbidden", "only the parent's owner can register a derivative of it"),
			(
				"DerivationNotApproved",
				"ask the parent's owner: `tally artifact request-derivative`; the owner approves it",
			),
			(
				"ApprovalDiffers",
				"register with the relation that was approved, and with at least that share: `tally artifact \
				 requests PARENT`",
			),
			("ApprovalNotNeeded", "register the derivative: `tally artifact register --parent …`"),
			("AlreadyRequested", "`tally artifact requests PARENT` shows it; `tally artifact refuse` gives it up"),
			("AlreadyApproved", "nothing is left to do"),
			("RequestNotFound", "`tally artifact requests PARENT` lists the requests there are"),
			(
				"RequestChanged",
				"look at the request again (`tally artifact requests PARENT`), and name its relation and share",
			),
			("TrainingForbidden", "the parent's licence does not allow it to be trained on or distilled"),
			(
				"CommercialUseForbidden",
				"a plan needs a licence with commercial use; under a non-commercial parent, register \
				 with --no-commercial-use",
			),
			("ShareBelowLeast", "`tally artifact show PARENT` says the least share that its licence asks for"),
			("LicenceExpired", "an expired licence allows no new sales or derivatives"),
			(
				"LicenceChanged",
				"a parent's licence was changed just now: look at it (`tally artifact show PARENT`), and register again \
				 if you still agree",
			),
			("ParentWithdrawn", "`tally artifact show PARENT` says why; choose another parent"),
			("ArtifactWithdrawn", "publish a version that can be used: `tally artifact publish`"),
			(
				"AmountBelowLeast",
				"set a higher price, or a tariff with more units: `tally artifact show ARTIFACT --json` has the \
				 least amounts that were agreed with its parents",
			),
			("LeastAmountInOtherCurrency", "price the plan in the currency that was agreed with the parents"),
			("BadName", "give --name 1 to 64 bytes of text that can be seen"),
			("MissingMetadata", "give --metadata FILE, or --metadata-digest"),
			("EmptyLocator", "give --locator a URI, or leave it out"),
			("NotOwner", "sign with the owner's key (--account); `tally artifact show` says who owns it"),
			("NotAuthorized", "sign with the key of one of those whom it concerns (--account)"),
			("AlreadyPublished", "this version is on chain already: `tally verify DIR` shows it"),
			("EmptyVersion", "a version has at least one file, and files with content"),
			("VersionNotFound", "`tally artifact versions ARTIFACT` lists the versions there are"),
			("VersionWithdrawn", "a version that is withdrawn stays so: publish another one"),
			("NothingChanges", "nothing is left to do"),
			("GiftNotFound", "`tally artifact give` offers it"),
			("GiftPending", "take the gift back first: `tally artifact cancel-gift`"),
			("GiftToOwner", "name somebody else with --to"),
			("NotReceiver", "sign with the receiver's key (--account); `tally artifact show` says who that is"),
			("GiftTooLarge", "look at it again (`tally artifact show --json`, stored_bytes), and accept with --max-bytes"),
			("NotContributor", "`tally artifact show` lists the contributors: sign with the key of one"),
			("TooManyContributors", "hand a share on (`tally artifact transfer-share`) instead of adding one"),
			("EdgeNotFound", "`tally artifact show CHILD` lists the parents that it names"),
			("AlreadyConfirmed", "nothing is left to do"),
			("TooManyArtifacts", "no ids are left: the chain has to be upgraded"),
			("TooManyVersions", "register a new artifact with this one as its parent"),
			("CollectionNotFound", "the chain was started without its genesis: start it again from a chain spec"),
		],
	),
	(
		"Provenance",
		&[
			("AnchorNotFound", "`tally verify FILE` lists the anchors of a file, `tally anchor list` those of an account"),
			("AlreadyAnchored", "you anchored this digest with this kind before: `tally verify` shows it"),
			("NotIssuer", "only who made an anchor can change what it says: sign with that key (--account)"),
			("AlreadyRevoked", "nothing is left to do"),
			("NotActive", "the anchor is revoked or superseded: `tally anchor show` says by which"),
			("NotNewer", "name the older anchor first, then the newer one"),
			("KindDiffers", "anchor the new one with the --kind of the old one"),
			("EmptyLocator", "give --locator a URI, or leave it out"),
			("EmptySoftBinding", "give --soft a value after the colon"),
			("DuplicateSoftBinding", "name each --soft once"),
			("DuplicateRelation", "name each anchor in one --relation alone"),
			("EmptyBatch", "a batch has at least one anchor"),
			("AlreadyReserved", "nothing is left to do"),
			("TooManyReservations", "use or give up a reservation first: `tally anchor release FILE`"),
			(
				"ReservationNotFound",
				"it is used or given up, or another account's or digest's: `tally anchor reserve` makes a new one",
			),
			("ReservationTooYoung", "wait a minute after `tally anchor reserve`, and try again"),
			("BadKey", "give an Ed25519 key, or a P-256 key in compressed form"),
			(
				"BadSignature",
				"account, chain, key and --expires-at have to be those that `tally key bind --message` was \
				 written with",
			),
			("KeyExpired", "bind the key for longer: `tally key bind`"),
			("KeyTermTooLong", "choose fewer --days, at most 400"),
			("AlreadyBound", "the key is bound for as long already: `tally key bindings`; choose more --days"),
			("KeyNotBound", "bind the key to the account first: `tally key bind`"),
			("AlreadyConfirmed", "nothing is left to do"),
			("ZeroDigest", "a digest of zeros stands for nothing: name the file itself"),
			("TooManyAnchors", "no ids are left: the chain has to be upgraded"),
		],
	),
	(
		"Credits",
		&[
			("PlanNotFound", "`tally artifact show ARTIFACT` lists the plans of an artifact"),
			("ArtifactNotFound", "`tally artifact list` shows the artifacts there are"),
			("VersionNotFound", "publish the version first: `tally artifact publish`"),
			("NotOwner", "sign with the artifact owner's key (--account)"),
			("CurrencyNotAdmitted", "price in the native token, or in an asset that the chain admits"),
			("ZeroPrice", "set a price of at least one planck per unit"),
			("PriceTooHigh", "set a lower price and a tariff with more units per call"),
			("FreeTariff", "let the tariff charge for something: --per-call, --per-1k-input, --per-1k-output"),
			("DisputeWindowOutOfBounds", "choose another --dispute-window: see `tally plan create --help`"),
			("TooManySlots", "ask for fewer --slots"),
			("PlanRetired", "look for another plan of the artifact: `tally artifact show ARTIFACT`"),
			("AlreadyRetired", "nothing is left to do"),
			("TermsMismatch", "look at the plan again (`tally plan show PLAN`), and buy without --terms if you agree"),
			("ZeroUnits", "buy at least one unit"),
			("BelowMinimumBalance", "buy more: `tally plan show PLAN` says the least balance of units"),
			("NothingToClose", "the account has no credits of this plan: `tally credits balance`"),
			("UnitsHeld", "wait until the open jobs have ended: `tally credits balance` shows what is held"),
			("ChargeExceedsHold", "the provider has to charge less, or the consumer to hold more"),
			("NoClassId", "try again in the next block"),
			("Overflow", "use smaller numbers"),
		],
	),
	(
		"Royalties",
		&[
			("ArtifactNotFound", "`tally artifact list` shows the artifacts there are"),
			("SharesExceedWhole", "the shares of parents, contributors and provider have at most 100% together"),
			("TooManySteps", "ask for fewer steps"),
			("NothingToDistribute", "everything above its threshold is paid already"),
			("Overflow", "use smaller numbers"),
		],
	),
	(
		"Ledger",
		&[
			("CurrencyNotAdmitted", "name the native token, or an asset that the chain admits"),
			("CurrencyImpaired", "wait until the currency's issuer has restored what the vault lacks"),
			("NotACurrency", "credits cannot be a currency"),
			("TooManyCurrencies", "price in a currency that the chain admits already"),
			("VaultNotEndowed", "send the asset's minimum balance to the vault first"),
			("ThresholdTooLow", "set a threshold of at least the currency's minimum balance"),
			("NothingToReport", "the books are in order"),
			("InsufficientBucket", "ask for less"),
			("NothingToClaim", "`tally royalties show ARTIFACT --of ACCOUNT` shows what is claimable"),
			(
				"PayeeCannotReceive",
				"the account cannot hold so little, or is frozen: send it the existential deposit, or wait",
			),
			("Overflow", "use smaller numbers"),
		],
	),
	(
		"Providers",
		&[
			("NotProvider", "`tally provider register` makes the account a provider"),
			("AlreadyProvider", "`tally provider update` changes key and endpoints"),
			("ServiceKeyInUse", "make a service key of your own: `tally key new`"),
			("BadProof", "the proof has to be made with the service key, for this account and this chain"),
			("NoEndpoint", "give --endpoint with the URL of the node's RPC"),
			("OfferingsOpen", "withdraw the offerings first: `tally provider withdraw`"),
			("OfferingNotFound", "`tally provider status PROVIDER` lists a provider's offerings"),
			("OfferingNotActive", "the artifact's owner has to accept it: `tally provider accept`"),
			("AlreadyOffered", "withdraw the offering first (`tally provider withdraw`) to change its share"),
			("AlreadyAccepted", "nothing is left to do"),
			("TooManyOfferings", "withdraw an offering first: `tally provider withdraw`"),
			("TooManyProviders", "the version has as many providers as it can have: withdraw one"),
			("NotOwner", "sign with the artifact owner's key (--account)"),
			("OfferingChanged", "`tally provider status PROVIDER` says what is offered now: its share and its least deadline"),
			("SharesExceedWhole", "lower the share: with those of parents and contributors it is at most 100%"),
			("VersionNotFound", "publish the version first: `tally artifact publish`"),
			("NoProvider", "nobody serves this version yet: `tally provider offer` and `accept`"),
			(
				"DeadlineTooShort",
				"give more blocks with --deadline: `tally provider status PROVIDER` says how many a provider needs",
			),
			("DeadlineTooLong", "give fewer blocks with --min-deadline"),
		],
	),
	(
		"Inference",
		&[
			("VersionNotFound", "the version is withdrawn: `tally artifact versions ARTIFACT` lists those there are"),
			("PlanNotFound", "`tally artifact show ARTIFACT` lists the plans of an artifact"),
			("VersionNotCovered", "`tally plan show PLAN` lists the versions that the plan covers"),
			("DeadlineTooShort", "give more blocks with --deadline"),
			("DeadlineTooLong", "give fewer blocks with --deadline"),
			("NotValidNow", "the request came too late: send it again"),
			("CommitmentUsed", "the same question was sent with the same salt: send it again, the salt is new"),
			("ZeroUnits", "let --max-units be at least one"),
			("TooFewUnits", "raise --max-units: `tally plan show PLAN` says what a call costs at least"),
			("NotEnoughUnits", "buy more credits (`tally credits buy`), or lower --max-units"),
			("TooManyOpenJobs", "wait until one of your open jobs has ended"),
			("NoRoom", "ask for another --deadline, or try again in a minute"),
			("TooManyJobs", "no ids are left: the chain has to be upgraded"),
			("JobsOpen", "answer or decline the open jobs first: `tally provider status`"),
			("JobNotFound", "the job has ended, or never was: `tally job show JOB`"),
			("JobNotOpen", "the job has its receipt: `tally job show JOB`"),
			("NotJobProvider", "sign with the key of the job's provider (--account)"),
			("InvalidReceipt", "the provider's node sends a correct receipt by itself"),
		],
	),
	(
		"Assets",
		&[
			("Unknown", "`tally plan show PLAN` says whether the plan exists"),
			("BalanceLow", "buy more credits: `tally credits buy`"),
			("NoAccount", "the account has none of this asset"),
		],
	),
	(
		"Balances",
		&[
			("InsufficientBalance", "send more TLY to the account"),
			("ExistentialDeposit", "send at least the existential deposit"),
			("Expendability", "leave the existential deposit in the account"),
		],
	),
];

/// The hint for an error of a pallet.
pub fn for_error(pallet: &str, error: &str) -> Option<&'static str> {
	let (_, errors) = HINTS.iter().find(|(name, _)| *name == pallet)?;
	errors.iter().find(|(name, _)| *name == error).map(|(_, hint)| *hint)
}

/// The hint for what the SDK says about tokens.
pub fn for_token_error(error: &subxt::error::TokenError) -> &'static str {
	use subxt::error::TokenError::*;
	match error {
		FundsUnavailable | NotExpendable | OnlyProvider => {
			"the account has too little, besides what it has to keep and what is on hold: send it more TLY"
		},
		BelowMinimum | CannotCreate | CannotCreateHold => {
			"the amount is too small for an account to exist: send or buy more"
		},
		Frozen | Blocked => "the tokens are frozen by the asset's issuer",
		_ => "choose another asset",
	}
}

/// What a transaction pool refuses, in words and with a hint: by a part of what it says.
const REFUSALS: &[(&str, &str, &str)] = &[
	(
		"Inability to pay some fees",
		"the account cannot pay the fee",
		"send TLY to the account; only requests for inferences and `credits close` are free, as far as they \
		 would succeed and the plan has a free slot",
	),
	(
		"Transaction is outdated",
		"another transaction of the account came first",
		"wait for it to be in a block, and try again",
	),
	(
		"Transaction has an ancient birth block",
		"the transaction waited too long",
		"try again",
	),
	(
		"Transaction has a bad signature",
		"the chain does not accept the signature",
		"the runtime may have been upgraded: try again, or get the tally that fits the chain",
	),
	(
		"Transaction call is not expected",
		"the chain does not allow this call",
		"the chain's call filter refuses it",
	),
	(
		"Priority is too low",
		"another transaction of the account took its place",
		"wait until it is in a block, and try again",
	),
	(
		"usurped",
		"another transaction of the account took its place in the pool",
		"it may still be included: look before you send it again",
	),
	(
		"already imported",
		"the account has the same transaction waiting already",
		"wait for it to be in a block",
	),
	("exhaust", "the block is full", "try again in a few seconds"),
	(
		"temporarily banned",
		"the node refused the same transaction a moment ago",
		"change something, or wait half an hour",
	),
];

/// By parts of what it says: that another transaction of the account has the nonce, and this one never
/// got into the pool. One that was there, and was usurped, may be in a block all the same.
pub const NONCE_TAKEN: [&str; 2] = ["Priority is too low", "Transaction is outdated"];

/// What a transaction pool's words mean, and the hint.
pub fn for_refusal(said: &str) -> Option<(&'static str, &'static str)> {
	let found = REFUSALS.iter().find(|(part, ..)| said.contains(part));
	found.map(|(_, words, hint)| (*words, *hint))
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Decode;

	/// The errors of the pallets in the metadata that this tally was built with.
	fn errors_of(pallet: &str) -> Vec<String> {
		let metadata = subxt::Metadata::decode(&mut &crate::chain::METADATA[..]).unwrap();
		let pallet = metadata.pallet_by_name(pallet).unwrap();
		pallet.error_variants().unwrap().iter().map(|error| error.name.clone()).collect()
	}

	#[test]
	fn every_hint_is_for_an_error_that_exists() {
		for (pallet, hints) in HINTS {
			let errors = errors_of(pallet);
			for (error, _) in *hints {
				assert!(errors.iter().any(|name| name == error), "{pallet}.{error} is no error");
			}
		}
	}

	#[test]
	fn every_error_of_our_own_pallets_has_a_hint() {
		let own =
			["Registry", "Provenance", "Credits", "Royalties", "Ledger", "Providers", "Inference"];
		for pallet in own {
			for error in errors_of(pallet) {
				assert!(for_error(pallet, &error).is_some(), "{pallet}.{error} has no hint");
			}
		}
	}

	#[test]
	fn a_refusal_is_put_into_words() {
		let said = "Inability to pay some fees (e.g. account balance too low)";
		assert_eq!(for_refusal(said).unwrap().0, "the account cannot pay the fee");
		assert_eq!(for_refusal("something new"), None);
	}
}
