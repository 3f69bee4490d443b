//! Commands of `tally`.

use crate::{only_fees, UNKNOWN_DIGEST};
use std::{collections::BTreeSet, thread};
use tallystick_primitives::Digest;
use tallystick_tests::{Chain, Node};

/// A registration that lacks nothing.
const REGISTER: &str =
	"artifact register --kind adapter --name x --metadata-digest UNKNOWN --licence MIT";

/// Who asks for what; the name of the error, and a part of what is said to do about it. This is what
/// `tally` sees by itself, and does not send.
const NOT_SENT: &str = "
//Eve: artifact show 99
  Registry.ArtifactNotFound: tally artifact list
//Eve: royalties show 99
  Registry.ArtifactNotFound: tally artifact list
//Eve: plan show 99
  Credits.PlanNotFound: tally artifact show
//Eve: credits buy --plan 99 --units 10
  Credits.PlanNotFound: tally artifact show
//Eve: credits close --plan 99
  Credits.PlanNotFound: tally artifact show
//Eve: infer --plan 99 --question Why?
  Credits.PlanNotFound: tally artifact show
//Eve: infer --plan 1 --question Why? --max-units 9 --provider //Ferdie
  Providers.OfferingNotActive: tally provider status
//Eve: infer --plan 1 --question Why? --max-units 9 --version-digest UNKNOWN
  Providers.NoProvider: tally provider offer
//Alice: artifact publish --artifact 99 FILES --manifest no.json
  Registry.ArtifactNotFound: tally artifact list
//Charlie: REGISTER --parent 99:fine-tuned-from:5%
  Registry.ParentNotFound: tally artifact list
//Charlie: REGISTER --parent 2:fine-tuned-from:5%
  Registry.ParentNotFound: register it first
//Alice: provider offer --artifact 99 --share 10%
  Registry.ArtifactNotFound: tally artifact list
//Alice: provider offer --artifact 1 --share 100.0000001%
  Usage: --help
//Alice: plan create --artifact 1 --price 1 --per-call 0
  Usage: give --per-call
//Bob: job show 99
  Inference.JobNotFound: tally receipt verify
//Bob: provider status //Ferdie
  Providers.NotProvider: tally provider register
//Bob: anchor show 99
  Provenance.AnchorNotFound: tally anchor list
//Bob: anchor list
  Usage: --issuer
";

/// The same of what the chain refuses.
const SENT: &str = "
//Alice: plan create --artifact 1 --price 0 --per-call 1
  Credits.ZeroPrice: at least one planck
//Alice: plan create --artifact 1 --price MAX --per-call 1
  Credits.PriceTooHigh: lower price
//Alice: plan create --artifact 1 --price 1 --per-call 1 --currency 99
  Credits.CurrencyNotAdmitted: native token
//Alice: plan create --artifact 1 --price 1 --per-call 1 --version-digest UNKNOWN
  Credits.VersionNotFound: tally artifact publish
//Bob: plan create --artifact 99 --price 1 --per-call 1
  Credits.ArtifactNotFound: tally artifact list
//Bob: provider offer --artifact 1 --share 60.0000001%
  Providers.SharesExceedWhole: lower the share
//Bob: provider offer --artifact 1 --share 10% --version-digest UNKNOWN
  Providers.VersionNotFound: tally artifact publish
//Bob: provider withdraw --artifact 1
  Providers.OfferingNotFound: tally provider status
//Charlie: REGISTER --parent 1:fine-tuned-from:60% --contributor //Bob:40.0000001%
  Registry.SharesExceedWhole: lower the shares
//Dave: artifact confirm --child 0 --parent 1
  Registry.EdgeNotFound: tally artifact show
//Dave: artifact confirm --child 99 --parent 1
  Registry.ArtifactNotFound: tally artifact list
//Dave: plan retire 99
  Credits.PlanNotFound: tally artifact show
//Eve: credits buy --plan 1 --units MAX
  Credits.Overflow: smaller numbers
//Eve: credits buy --plan 1 --units 0
  Credits.ZeroUnits: at least one
//Eve: royalties claim --currency 99
  Ledger.CurrencyNotAdmitted: an asset that the chain admits
//Ferdie: anchor revoke 99
  Provenance.AnchorNotFound: tally anchor list
//Ferdie: anchor supersede 9 8
  Provenance.NotNewer: older anchor first
//Ferdie: anchor confirm 99 --key UNKNOWN
  Provenance.AnchorNotFound: tally anchor list
//Ferdie: anchor create --digest UNKNOWN --key UNKNOWN
  Provenance.KeyNotBound: tally key bind
//Ferdie: anchor create --digest UNKNOWN --relation used:99
  Provenance.AnchorNotFound: tally verify
//Ferdie: key unbind UNKNOWN
  Provenance.KeyNotBound: tally key bind
//Ferdie: provider offer --artifact 1 --share 10%
  Providers.NotProvider: tally provider register
//Ferdie: provider decline 99
  Inference.JobNotFound: tally job show
//Alice//stash: provider accept --artifact 1 --provider //Ferdie --share 10%
  Providers.OfferingNotFound: tally provider status
//Alice//stash: anchor create --digest ZERO
  Provenance.ZeroDigest: name the file
";

pub fn are_refused(node: &Node, chain: &Chain) {
	let sent = only_fees(chain, || {
		try_all(node, NOT_SENT);
		// Not a failure, but a no.
		let digest = format!("{UNKNOWN_DIGEST:?}");
		let verified = node.tally("//Eve", &["verify", "--digest", &digest]);
		assert_eq!(verified.code, Some(1), "{verified:?}");
		let known = |what: &str| verified.json[what].as_array().unwrap().len();
		assert_eq!((known("versions"), known("anchors")), (0, 0), "{verified:?}");
	});
	assert_eq!(sent, 0);
	// All of them are in blocks: it is the chain that said no.
	let sent = only_fees(chain, || try_all(node, SENT));
	assert_eq!(sent, cases(SENT).count());
}

/// A line of a table, and the one below it.
struct Case {
	account: &'static str,
	command: &'static str,
	error: &'static str,
	to_do: &'static str,
}

fn cases(table: &'static str) -> impl Iterator<Item = Case> {
	let halves = |line: &'static str| line.trim().split_once(": ").unwrap();
	let mut lines = table.trim().lines();
	std::iter::from_fn(move || {
		let (account, command) = halves(lines.next()?);
		let (error, to_do) = halves(lines.next()?);
		Some(Case { account, command, error, to_do })
	})
}

/// Tries all that a table says, what is of one account in turn.
fn try_all(node: &Node, table: &'static str) {
	let accounts: BTreeSet<_> = cases(table).map(|case| case.account).collect();
	thread::scope(|scope| {
		for account in accounts {
			let cases = cases(table).filter(move |case| case.account == account);
			scope.spawn(|| cases.for_each(|case| case.check(node)));
		}
	});
}

impl Case {
	fn check(self, node: &Node) {
		let Self { account, command, error, to_do } = self;
		let words: Vec<String> = command
			.replace("REGISTER", REGISTER)
			.split(' ')
			.map(|word| match word {
				"MAX" => u128::MAX.to_string(),
				"ZERO" => format!("{:?}", Digest::zero()),
				"UNKNOWN" => format!("{UNKNOWN_DIGEST:?}"),
				"FILES" => concat!(env!("CARGO_MANIFEST_DIR"), "/src").into(),
				word => word.into(),
			})
			.collect();
		let said = node.tally(account, &words.iter().map(String::as_str).collect::<Vec<_>>());
		let is_usage = error == "Usage";
		assert_eq!(said.json["error"]["code"], error, "{command}: {said:?}");
		assert_eq!(said.code, Some(if is_usage { 2 } else { 1 }), "{command}: {said:?}");
		let part = |name: &str| said.json["error"][name].as_str().unwrap();
		let (message, hint) = (part("message"), part("hint"));
		assert!(message.contains(' ') && hint.contains(to_do), "{command}: {said:?}");
		// And the same to people, but for what the parser of the command line says.
		let is_told = said.words.contains(message) && said.words.contains(hint);
		assert!(is_told || is_usage, "{command}: {said:?}");
	}
}
