//! A digest that hundreds claim: the one whom a key confirms is first, and nobody is left out.

use crate::{Light, NOWHERE};
use serde_json::{json, Value};
use sp_core::{ed25519, Pair};
use sp_keyring::Sr25519Keyring::{Alice, Eve};
use std::collections::BTreeSet;
use tallystick_primitives::{
	outside_key::{binding_message, OutsideKey},
	provenance::{AnchorInfo, AnchorKind, DigestAlgorithm},
	Digest,
};
use tallystick_runtime::{units::TLY, RuntimeCall};
use tallystick_tests::{
	chain::hex0x,
	node::{specification, wait_for},
	Chain, Node,
};

const SUBJECT: Digest = Digest::repeat_byte(0x5b);
/// Accounts of Eve's. Each anchors the subject under every kind that there is: 304 anchors.
const CROWD: u16 = 38;
/// A day, in milliseconds.
const DAY: u64 = 24 * 60 * 60 * 1_000;

fn info(kind: AnchorKind) -> AnchorInfo {
	AnchorInfo {
		algorithm: DigestAlgorithm::Sha256,
		kind,
		document: None,
		bytes: 0,
		media_type: Default::default(),
		locators: Default::default(),
		relations: Default::default(),
		soft: Default::default(),
	}
}

/// Funds an account of Eve's, and has it anchor the subject under every kind, in a batch.
fn claim(index: u16) -> [RuntimeCall; 2] {
	let account = pallet_utility::derivative_account_id(Eve.to_account_id(), index);
	let fund =
		pallet_balances::Call::transfer_allow_death { dest: account.into(), value: 10 * TLY };
	let batch = AnchorKind::ALL.map(|kind| (SUBJECT, info(kind))).to_vec();
	let batch = batch.try_into().expect("a batch has room for all kinds");
	let anchor = pallet_provenance::Call::anchor_batch { batch, key: None };
	let by = pallet_utility::Call::as_derivative { index, call: Box::new(anchor.into()) };
	[fund.into(), by.into()]
}

#[test]
fn a_light_client_sees_the_victim_first_and_can_prove_that_it_saw_all() {
	let folder = tempfile::tempdir().unwrap();
	let folder = folder.path();
	let node = Node::start(folder, &[]);
	let chain = Chain::of(&node);
	let calls: Vec<RuntimeCall> = (0..CROWD).flat_map(claim).collect();
	let batches = calls
		.chunks(8)
		.map(|calls| pallet_utility::Call::batch_all { calls: calls.to_vec() }.into());
	chain.do_all(Eve, batches.collect());
	// The victim is last, with a key.
	let pair = ed25519::Pair::from_string("//Alice//maker", None).unwrap();
	let key = OutsideKey::Ed25519(pair.public().0);
	let fingerprint = key.fingerprint().unwrap();
	let expires_at = chain.time_of(chain.best()) + DAY;
	let message = binding_message(&chain.genesis(), &Alice.to_account_id(), expires_at);
	let signature = pair.sign(&message).0;
	let bind = pallet_provenance::Call::bind_key { key, expires_at, signature };
	let anchor = pallet_provenance::Call::anchor {
		digest: SUBJECT,
		info: info(AnchorKind::ModelVersion),
		key: Some(fingerprint),
		reservation: None,
	};
	chain.do_all(Alice, vec![bind.into(), anchor.into()]);
	let newest = chain.best_number();
	wait_for("the claims to be final", || (chain.finalized_number() >= newest).then_some(()));

	let total = u64::from(CROWD) * AnchorKind::ALL.len() as u64 + 1;
	let specification = specification();
	let bootnode = chain.address();
	let light = Light { folder, specification: &specification, bootnode: &bootnode, url: NOWHERE };
	let subject = hex0x(SUBJECT);
	let said = light.tally(&["verify", "--digest", &subject]).good();
	assert_eq!(said["as_of"]["proved"], true);
	assert_eq!(said["claims"], json!({ "anchors": total, "confirmed": 1, "artifacts": 0 }));
	assert_eq!(said["looked_at"]["anchors"], 100);
	let first = &said["claimants"][0];
	assert_eq!(first["account"], json!(Alice.to_account_id()), "{said}");
	assert_eq!(
		(&first["enough"], &first["confirmed_by"]),
		(&json!(true), &json!([hex0x(fingerprint)]))
	);
	let others = said["claimants"].as_array().unwrap()[1..].iter();
	assert!(others.clone().count() >= 12 && others.clone().all(|other| other["enough"] == false));

	// Page after page, each proved: as many as the chain counts, each once, and no more.
	let (mut ids, mut next) = (BTreeSet::new(), json!(0));
	while let Some(start) = next.as_u64() {
		let start = start.to_string();
		let page = light.tally(&["anchor", "list", "--digest", &subject, "--start", &start]).good();
		assert_eq!((&page["as_of"]["proved"], &page["total"]), (&json!(true), &json!(total)));
		let anchors = page["anchors"].as_array().unwrap();
		assert!(anchors.len() <= 100);
		for anchor in anchors {
			assert_eq!(anchor["digest"], json!(subject));
			assert!(ids.insert(anchor["anchor"].as_u64().unwrap()), "twice: {anchor}");
		}
		if start == "0" {
			assert_eq!(anchors[0]["issuer"], json!(Alice.to_account_id()));
		}
		next = page["next"].clone();
	}
	assert_eq!((next, ids.len() as u64), (Value::Null, total));
}
