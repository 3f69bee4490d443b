//! What `tally verify` says, to people and to programs.

use super::{
	claimants::{By, Claimant, Lack},
	versions::Published,
	Compared, Findings, Objection, Signed, Standing,
};
use crate::{
	account::{self, AccountId},
	amount::show_share,
	bundle::Signature,
	commands::{
		anchor,
		artifact::{self, terms, version},
		raw,
	},
	names,
	output::{facts, hex0x, table, utc},
};
use serde_json::{json, Value};
use tallystick_formats::openssf::Difference;
use tallystick_primitives::runtime_api::{AnchorView, PublishedView};

/// `1 file`, `2 files`.
pub fn counted(number: u64, what: &str) -> String {
	format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// For people.
pub(super) fn text(findings: &Findings) -> String {
	let mut text = headline(findings);
	let signed = findings.signed.as_ref();
	text.push('\n');
	text.push_str(&facts([
		("digest", hex0x(findings.standing.digest)),
		(
			"bundle",
			signed.map(|signed| signed.compared.path.display().to_string()).unwrap_or_default(),
		),
		("its signature", signed.map(|signed| signed.signature.words()).unwrap_or_default()),
		(
			"it names",
			signed.and_then(|signed| signed.identity.as_deref()).map(unchecked).unwrap_or_default(),
		),
	]));
	for remark in &findings.remarks {
		text.push_str(&format!("\nnote: {remark}"));
	}
	for (_, warning) in &findings.warnings {
		text.push_str(&format!("\nwarning: {warning}"));
	}
	if let Some(signed) = signed.filter(|signed| !signed.compared.difference.is_empty()) {
		text.push_str(&format!(
			"\n\nthe bundle lists other files\n{}",
			differences(&signed.compared.difference)
		));
	}
	for claimant in &findings.claimants {
		text.push_str(&format!("\n\n{}", claim(claimant, findings)));
	}
	text.push_str(&more(&findings.standing));
	if let Some((compared, original)) = &findings.original {
		text.push_str(&format!("\n\n{}", compared_words(compared, original)));
	} else if findings.is_directory && !findings.standing.is_mentioned() && signed.is_none() {
		text.push_str(
			"\nwith the version's manifest (--manifest FILE), the files that differ can be named",
		);
	}
	if let Some(hint) = hint(findings) {
		text.push_str(&format!("\n\n{hint}"));
	}
	text
}

/// A name in a certificate that nobody here has checked.
fn unchecked(identity: &str) -> String {
	format!("{} (not checked here)", names::show(identity.as_bytes()))
}

/// What the digest is, whoever says so.
fn kind(standing: &Standing) -> &'static str {
	match standing.versions().is_empty() {
		true => "is anchored",
		false => "is a published version",
	}
}

/// The first sentence.
fn headline(findings: &Findings) -> String {
	let Findings { what, standing, claimants, .. } = findings;
	if let Some((signed, objection)) = findings.signed.as_ref().zip(findings.objection()) {
		let bundle = signed.compared.path.display();
		let words = match objection {
			Objection::OtherFiles => format!("{what} is not what {bundle} signs"),
			Objection::BadSignature => format!("the signature in {bundle} is not good"),
			Objection::UncheckedSignature => {
				format!("{what} has the files of {bundle}, whose signature cannot be checked")
			}
		};
		return format!("no: {words}");
	}
	if let Some((compared, _)) = findings.original.as_ref().filter(|_| standing.is_mentioned()) {
		return format!("no: {what} is not what {} lists", compared.path.display());
	}
	if let Some(holder) = claimants.iter().find(|claimant| claimant.lack.is_none()) {
		let who = account::show(&holder.account);
		let how = if holder.is_confirmed() {
			match (holder.named, &findings.signed) {
				(false, None) => "whom some outside key confirms",
				_ => "whom an outside key confirms",
			}
		} else if holder.named {
			"whom you named"
		} else {
			"who owns the artifact that you named"
		};
		return format!("yes: {what} {}, by {who}, {how}", kind(standing));
	}
	if let Some(artifact) = findings.asked.only {
		if !claimants.iter().any(|claimant| claimant.lack == Some(Lack::Withdrawn)) {
			return format!("no: {what} is no version of artifact {artifact} that you can rely on");
		}
	}
	match claimants.len() {
		0 => format!("no: {what} is nothing that this chain knows"),
		_ if claimants.iter().all(|claimant| claimant.lack == Some(Lack::Withdrawn)) => {
			format!("no: whoever claimed {what} has taken that back")
		}
		1 => format!("no: {what} {}, and its one claim is not enough", kind(standing)),
		number => format!("no: {what} {}, and none of {number} claims is enough", kind(standing)),
	}
}

/// What to do where nobody's claim is enough, though somebody's could be.
fn hint(findings: &Findings) -> Option<String> {
	if findings.hold() {
		let confirmed =
			findings.claimants.iter().filter(|claimant| claimant.is_confirmed()).count();
		let nobody_named = findings.asked.by.is_empty() && findings.asked.only.is_none();
		return (nobody_named && confirmed > 0).then(|| {
			"a key says who made it only if you know whose key it is: compare the fingerprint, or name \
			 the one that you expect with --by"
				.to_owned()
		});
	}
	match findings.objection() {
		Some(Objection::OtherFiles | Objection::BadSignature) => {
			return Some("get files and bundle again, together, from whoever published them".into())
		}
		Some(Objection::UncheckedSignature) => {
			return Some(
				"if you have the public key of whoever made them, check the bundle with it: --key FILE; or \
				 look at no bundle: --no-bundle"
					.into(),
			)
		}
		None => (),
	}
	if findings.original.is_some() && findings.standing.is_mentioned() {
		return Some(
			"get the files and their manifest again, together, from whoever published them".into(),
		);
	}
	let candidate = findings.claimants.iter().find(|claimant| {
		let lack = claimant.lack.unwrap_or(Lack::Withdrawn);
		!matches!(lack, Lack::Withdrawn | Lack::NotTheOwner)
	})?;
	Some(format!(
		"anybody can claim any files, under any name. If you know from elsewhere who made them, say whose \
		 word you take: --by {}, or --by and the fingerprint of their key, or --artifact and its number",
		account::show(&candidate.account)
	))
}

/// One claimant, with all that it claims.
fn claim(claimant: &Claimant, findings: &Findings) -> String {
	let who = account::show(&claimant.account);
	let keys: Vec<_> = claimant.keys.iter().map(hex0x).collect();
	let standing = match (claimant.is_confirmed(), claimant.named) {
		(true, true) => "confirmed, and named by you",
		(true, false) => "confirmed",
		(false, true) => "named by you, not confirmed",
		(false, false) => "not confirmed",
	};
	let mut rows = vec![
		("claimed by", format!("{who} ({standing})")),
		("not enough", claimant.lack.map(|lack| lack.words().to_owned()).unwrap_or_default()),
	];
	rows.extend(keys.into_iter().map(|key| ("outside key", key)));
	for anchor in &claimant.anchors {
		rows.push(("anchor", anchor_words(anchor)));
	}
	let mut text = facts(rows);
	for version in &claimant.versions {
		text.push_str(&format!("\n{}", version_words(version, claimant, findings)));
	}
	text
}

fn anchor_words(anchor: &AnchorView<AccountId>) -> String {
	let status = match anchor.is_active() {
		true => String::new(),
		false => format!(", {}", anchor::status(anchor)),
	};
	format!(
		"{} ({:?}), block {}, {}{status}",
		anchor.id,
		anchor.info.kind,
		anchor.block,
		utc(anchor.time)
	)
}

fn version_words(
	version: &PublishedView<AccountId>,
	claimant: &Claimant,
	findings: &Findings,
) -> String {
	let its = &version.version;
	let other = |who: &AccountId| match *who == claimant.account {
		true => String::new(),
		false => account::show(who),
	};
	let mut text = facts([
		(
			"artifact",
			format!(
				"{} ({}) {}",
				version.artifact,
				artifact::kind_name(version.kind),
				names::show(&version.name)
			),
		),
		("owner", other(&version.owner)),
		("published by", other(&its.publisher)),
		("published in block", its.published_at.to_string()),
		("status", version::status_words(&its.status)),
		("serving", if version.serving { "yes" } else { "" }.to_owned()),
		("licence", terms::words(&version.licence)),
	]);
	if !version.parents.is_empty() {
		let rows = version.parents.iter().map(|parent| {
			let view = findings.parents.get(&parent.artifact);
			[
				parent.artifact.to_string(),
				view.map(|view| names::show(&view.name)).unwrap_or_default(),
				artifact::relation_name(parent.relation).to_owned(),
				show_share(parent.share),
				if parent.confirmed { "yes" } else { "claimed only" }.to_owned(),
				view.map(artifact::state_words).unwrap_or("not looked up").to_owned(),
			]
		});
		let headings = ["parent", "name", "relation", "share", "confirmed", "state"];
		text.push_str(&format!("\n{}", table(headings, rows)));
	}
	text
}

/// That there is more than is shown.
fn more(standing: &Standing) -> String {
	let Standing { anchors, anchored: (total, _), published, .. } = standing;
	let mut text = String::new();
	let (anchors, versions) = (anchors.len() as u64, published.versions.len() as u64);
	if u64::from(*total) > anchors {
		text.push_str(&format!(
			"\n\nof {total} anchors {anchors} were looked at, confirmed ones first: `tally anchor list \
			 --digest` lists all"
		));
	}
	if published.has_more() {
		text.push_str(&format!(
			"\n\nof {} artifacts with these files {versions} were looked at (the first that published them, and \
			 those of whom a key confirms or you named), and {} were not",
			published.total,
			u64::from(published.total) - versions,
		));
	}
	text
}

/// Whose artifacts were not all looked through.
pub(super) fn beyond(published: &Published) -> Vec<String> {
	let owners = published.beyond.iter().map(account::show);
	let words = owners.map(|owner| {
		format!(
			"{owner} owns too many artifacts to look at all of them, and can have withdrawn these files in one \
			 that was not looked at: name the one that you mean with --artifact"
		)
	});
	words.collect()
}

fn compared_words(compared: &Compared, original: &Standing) -> String {
	let Compared { path, manifest, difference } = compared;
	let vouched = vouched(compared, original);
	let trust = if vouched.is_empty() {
		"this manifest is not anchored on this chain: its list proves nothing".to_owned()
	} else {
		format!("the manifest is the one that was anchored by {}", vouched.join(", "))
	};
	format!(
		"{}\n{trust}\n\n{}",
		facts([
			("manifest", path.display().to_string()),
			("manifest's version", hex0x(manifest.root)),
		]),
		differences(difference)
	)
}

/// Who anchored the manifest, and still stands by it.
fn vouched(compared: &Compared, original: &Standing) -> Vec<String> {
	let is_it = |anchor: &&AnchorView<AccountId>| {
		let document = anchor.info.document.map(|document| document.digest.0);
		anchor.is_active() && document == Some(compared.manifest.digest)
	};
	original.anchors.iter().filter(is_it).map(|anchor| account::show(&anchor.issuer)).collect()
}

/// A line for each file that differs.
fn differences(difference: &Difference) -> String {
	if difference.is_empty() {
		return "the files are those of the manifest".into();
	}
	let all = [
		("changed", &difference.changed),
		("missing", &difference.missing),
		("added", &difference.added),
	];
	let rows = all.into_iter().flat_map(|(how, files)| {
		files.iter().map(move |name| [how.to_owned(), names::show(name.as_bytes())])
	});
	let renamed = difference.renamed.iter().map(|file| {
		let (from, to) = (names::show(file.from.as_bytes()), names::show(file.to.as_bytes()));
		["renamed".to_owned(), format!("{from} to {to}")]
	});
	table(["how", "file"], rows.chain(renamed))
}

/// For programs.
pub(super) fn json(findings: &Findings) -> Value {
	let mut json = standing_json(&findings.standing, findings);
	json["verified"] = findings.hold().into();
	json["asked"] = json!({
		"by": findings.asked.by.iter().map(|by| match by {
			By::Account(account) => json!({ "account": account::show(account) }),
			By::Key(key) => json!({ "key": hex0x(key) }),
		}).collect::<Vec<_>>(),
		"artifact": findings.asked.only,
	});
	json["claimants"] = findings.claimants.iter().map(Claimant::json).collect();
	json["warnings"] = findings
		.warnings
		.iter()
		.map(|(artifact, warning)| json!({ "artifact": artifact, "warning": warning }))
		.collect();
	json["remarks"] = json!(findings.remarks);
	json["bundle"] = findings.signed.as_ref().map(bundle_json).into();
	if let Some((files, bytes)) = findings.files {
		json["files"] = files.into();
		json["bytes"] = bytes.into();
	}
	if let Some((compared, original)) = &findings.original {
		json["manifest"] = json!({
			"path": compared.path.display().to_string(),
			"digest": hex0x(compared.manifest.digest),
			"anchored": !vouched(compared, original).is_empty(),
			"version": standing_json(original, findings),
		});
		json["difference"] = json!(compared.difference);
	}
	json
}

fn bundle_json(signed: &Signed) -> Value {
	let Signed { compared, signature, identity, required } = signed;
	let key = match signature {
		Signature::Good(key) | Signature::Unchecked(Some(key)) => Some(hex0x(key)),
		_ => None,
	};
	json!({
		"path": compared.path.display().to_string(),
		"digest": hex0x(compared.manifest.digest),
		"root": hex0x(compared.manifest.root),
		"fits": compared.difference.is_empty(),
		"difference": compared.difference,
		"objection": signed.objection().map(Objection::name),
		"signature": signature.name(),
		"why": match signature { Signature::Bad(why) => Some(why), _ => None },
		"key": key,
		"identity": identity,
		"required": required,
	})
}

fn standing_json(standing: &Standing, findings: &Findings) -> Value {
	json!({
		"digest": hex0x(standing.digest),
		"claims": {
			"anchors": standing.anchored.0,
			"confirmed": standing.anchored.1,
			"artifacts": standing.published.total,
		},
		// Of that many: those that follow.
		"looked_at": {
			"anchors": standing.anchors.len(),
			"artifacts": standing.versions().len(),
		},
		"versions": standing.versions().iter().map(|version| json!({
			"artifact": version.artifact,
			"kind": artifact::kind_name(version.kind),
			"name": raw(&version.name),
			"owner": account::show(&version.owner),
			"publisher": account::show(&version.version.publisher),
			"licence": terms::json(&version.licence),
			"block": version.version.published_at,
			"status": version::status_json(&version.version.status),
			"servable": version.version.servable,
			"serving": version.serving,
			"parents": version.parents.iter().map(|parent| {
				let view = findings.parents.get(&parent.artifact);
				json!({
					"artifact": parent.artifact,
					"name": view.map(|view| raw(&view.name)),
					"relation": artifact::relation_name(parent.relation),
					"share": show_share(parent.share),
					"confirmed": parent.confirmed,
					"withdrawn": view.map(|view| view.withdrawn),
				})
			}).collect::<Vec<_>>(),
		})).collect::<Vec<_>>(),
		"anchors": standing.anchors.iter().map(anchor::json).collect::<Vec<_>>(),
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use tallystick_formats::openssf::Renamed;

	#[test]
	fn differences_name_the_files() {
		let difference = Difference {
			changed: vec!["weights.bin".into()],
			missing: vec![],
			added: vec!["x\u{1b}[2J".into()],
			renamed: vec![Renamed { from: "a".into(), to: "b".into() }],
		};
		assert_eq!(
			differences(&difference),
			"how      file\nchanged  weights.bin\nadded    x\\u{1b}[2J\nrenamed  a to b"
		);
	}
}
