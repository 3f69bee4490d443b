//! An artifact with its lineage, as both bills of materials take it.
//!
//! Whoever has read the chain fills a [`Bill`]; [`cyclonedx`](crate::cyclonedx) and
//! [`spdx`](crate::spdx) write it. The same bill always gives the same document. What the two have in
//! common is here: names for things, times, shares, licences and locators as the formats take them.
//!
//! A bill says what the chain says at one block. What is claimed on chain without proof, such as a
//! name or a relation whose parent's owner has not confirmed it, is a claim in the bill as well.

use crate::{digest::sha256, Digest};
use thiserror::Error;

/// What a share of one is.
const WHOLE_SHARE: u32 = 1_000_000_000;

/// What a bill of materials is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
	/// The chain's genesis hash.
	pub genesis: Digest,
	/// The block at which the chain was read.
	pub block: Block,
	/// The artifact.
	pub root: Artifact,
	/// All its ancestors, each once, in any order.
	pub lineage: Vec<Artifact>,
}

/// A block, which stands for everything the chain said then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
	/// Its number.
	pub number: u64,
	/// Its hash.
	pub hash: Digest,
	/// Its time, milliseconds since the Unix epoch: the time of the document.
	pub time: u64,
}

/// What an artifact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
	/// A model that can be served by itself.
	Model,
	/// A fine-tune, LoRA or other addition to a model.
	Adapter,
	/// Data to train or evaluate with.
	Dataset,
	/// Programs.
	Code,
}

/// How an artifact was made from a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
	/// The parent's weights were trained further.
	FineTunedFrom,
	/// The parent is a dataset that was trained on.
	TrainedOn,
	/// Outputs of the parent were trained on.
	DistilledFrom,
	/// The parent's weights in another precision.
	QuantizedFrom,
	/// One of the models that were merged.
	MergedFrom,
	/// The parent is code that made it, or that it needs.
	UsesCode,
}

impl Relation {
	/// The relation's name on chain.
	pub fn name(self) -> &'static str {
		match self {
			Self::FineTunedFrom => "FineTunedFrom",
			Self::TrainedOn => "TrainedOn",
			Self::DistilledFrom => "DistilledFrom",
			Self::QuantizedFrom => "QuantizedFrom",
			Self::MergedFrom => "MergedFrom",
			Self::UsesCode => "UsesCode",
		}
	}
}

/// An artifact as the chain has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
	/// Its id.
	pub id: u32,
	/// What it is.
	pub kind: Kind,
	/// Its name, as its owner chose it. Where it has none, it is called by its id.
	pub name: String,
	/// What its owner says about it. May be empty.
	pub description: String,
	/// The owner's account.
	pub owner: String,
	/// Where it stands, such as `active` or `withdrawn: safety`.
	pub status: String,
	/// The time of its registration, milliseconds since the Unix epoch, where that is known.
	pub registered: Option<u64>,
	/// What others may do with it.
	pub licence: Licence,
	/// Where it is described or found, in the owner's order of preference: URIs.
	pub locators: Vec<String>,
	/// Its versions. The one that is serving, else the last one, stands for the artifact.
	pub versions: Vec<Version>,
	/// What it was made from.
	pub parents: Vec<Parent>,
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
	/// Its number.
	pub number: u32,
	/// Its root digest, by OpenSSF Model Signing.
	pub root: Digest,
	/// The format of its files, such as `safetensors`. May be empty.
	pub format: String,
	/// How many files.
	pub files: u32,
	/// Their bytes.
	pub bytes: u64,
	/// Where it stands, such as `published` or `deprecated`.
	pub status: String,
	/// Whether it is the one that is served.
	pub serving: bool,
	/// The time of its publication, milliseconds since the Unix epoch, where that is known.
	pub published: Option<u64>,
	/// Where the files are, in the owner's order of preference: URIs.
	pub locators: Vec<String>,
}

/// The terms of an artifact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Licence {
	/// What the owner wrote: an SPDX id or expression, or another name. May be empty.
	pub name: String,
	/// SHA-256 of the full text, where the name does not say it all.
	pub terms: Option<Digest>,
	/// Where the full text is: URIs.
	pub locators: Vec<String>,
	/// What the chain obeys of it, name and value, such as `commercial use` and `yes`.
	pub conditions: Vec<(String, String)>,
}

/// A parent of an artifact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
	/// The parent's id.
	pub id: u32,
	/// How the child was made from it.
	pub relation: Relation,
	/// Its share of what the child earns, in parts per billion.
	pub share: u32,
	/// Whether the parent's owner confirmed it.
	pub confirmed: bool,
}

/// Why there is no bill.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
	/// A parent that is not in the lineage.
	#[error("artifact {child} names the parent {parent}, which is not in the lineage")]
	MissingParent {
		/// The artifact.
		child: u32,
		/// The parent that it names.
		parent: u32,
	},
	/// An artifact that is there more than once.
	#[error("artifact {0} is there twice")]
	Twice(u32),
	/// A parent that is named more than once.
	#[error("artifact {child} names the parent {parent} twice")]
	ParentTwice {
		/// The artifact.
		child: u32,
		/// The parent that it names.
		parent: u32,
	},
	/// A version that is there more than once.
	#[error("artifact {artifact} has version {version} twice")]
	VersionTwice {
		/// The artifact.
		artifact: u32,
		/// The version's number.
		version: u32,
	},
}

impl Error {
	/// A name that programs can rely on.
	pub fn code(&self) -> &'static str {
		match self {
			Self::MissingParent { .. } => "MissingParent",
			Self::Twice(_) => "ArtifactTwice",
			Self::ParentTwice { .. } => "ParentTwice",
			Self::VersionTwice { .. } => "VersionTwice",
		}
	}

	/// What to do about it.
	pub fn hint(&self) -> &'static str {
		"read the whole lineage again, all of it at one block"
	}
}

impl Bill {
	/// Every artifact: the root first, then its ancestors, youngest first.
	pub(crate) fn artifacts(&self) -> Result<Vec<&Artifact>, Error> {
		let mut lineage: Vec<_> = self.lineage.iter().collect();
		lineage.sort_by_key(|artifact| std::cmp::Reverse(artifact.id));
		let all: Vec<_> = std::iter::once(&self.root).chain(lineage).collect();
		let mut ids: Vec<_> = all.iter().map(|artifact| artifact.id).collect();
		ids.sort_unstable();
		if let Some(id) = first_twice(&ids) {
			return Err(Error::Twice(id));
		}
		for artifact in &all {
			let child = artifact.id;
			let mut parents: Vec<_> = artifact.parents.iter().map(|parent| parent.id).collect();
			if let Some(&parent) = parents.iter().find(|id| ids.binary_search(id).is_err()) {
				return Err(Error::MissingParent { child, parent });
			}
			parents.sort_unstable();
			if let Some(parent) = first_twice(&parents) {
				return Err(Error::ParentTwice { child, parent });
			}
			let mut versions: Vec<_> =
				artifact.versions.iter().map(|version| version.number).collect();
			versions.sort_unstable();
			if let Some(version) = first_twice(&versions) {
				return Err(Error::VersionTwice { artifact: child, version });
			}
		}
		Ok(all)
	}

	/// The UUID of the bill's document in `format`: one for everything that the bill says.
	pub(crate) fn uuid(&self, format: &str, artifacts: &[&Artifact]) -> String {
		let Self { genesis, block, .. } = self;
		uuid(format!("{format} {genesis:?} {block:?} {artifacts:?}").as_bytes())
	}

	/// The chain's own name for an artifact.
	pub(crate) fn urn(&self, id: u32) -> String {
		format!("urn:tallystick:{}:artifact:{id}", hex::encode(self.genesis))
	}
}

fn first_twice(sorted: &[u32]) -> Option<u32> {
	sorted.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

impl Artifact {
	/// The name that is shown.
	pub(crate) fn title(&self) -> String {
		match self.name.trim() {
			"" => format!("artifact {}", self.id),
			_ => self.name.clone(),
		}
	}

	/// The version that stands for the artifact, and the others in the order of their numbers.
	pub(crate) fn versions(&self) -> (Option<&Version>, Vec<&Version>) {
		let mut versions: Vec<_> = self.versions.iter().collect();
		versions.sort_by_key(|version| (version.serving, version.number));
		let first = versions.pop();
		versions.sort_by_key(|version| version.number);
		(first, versions)
	}
}

/// A share of a parent as a percentage, exactly.
pub fn percent(share: u32) -> String {
	let (whole, rest) = (share / (WHOLE_SHARE / 100), share % (WHOLE_SHARE / 100));
	let text = format!("{whole}.{rest:07}");
	format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// What a licence's name is, to the formats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Terms {
	/// A valid SPDX expression; an id is one. With the `LicenseRef-…` in it.
	Expression { text: String, references: Vec<String> },
	/// Something else.
	Named(String),
	/// There is none.
	Nothing,
}

impl Licence {
	pub(crate) fn terms(&self) -> Terms {
		let name = self.name.trim();
		// Ids that were taken off the list were valid when they were written.
		let mode = spdx::ParseMode {
			allow_deprecated: true,
			allow_postfix_plus_on_gpl: true,
			..spdx::ParseMode::STRICT
		};
		match spdx::Expression::parse_mode(name, mode) {
			_ if name.is_empty() && self.terms.is_none() => Terms::Nothing,
			Ok(expression) => {
				let others = expression.requirements().filter_map(|part| match &part.req.license {
					spdx::LicenseItem::Other(reference) => Some(reference.to_string()),
					spdx::LicenseItem::Spdx { .. } => None,
				});
				let mut references: Vec<_> = others.collect();
				references.sort();
				references.dedup();
				Terms::Expression { text: name.to_owned(), references }
			}
			Err(_) if name.is_empty() => Terms::Named("terms by digest".into()),
			Err(_) => Terms::Named(name.to_owned()),
		}
	}

	/// What is known of the full text, in words. Empty where nothing is.
	pub(crate) fn words(&self) -> String {
		let mut words = Vec::new();
		if let Some(terms) = self.terms {
			words.push(format!(
				"The full text is the document whose SHA-256 is {}.",
				hex::encode(terms)
			));
		}
		for locator in &self.locators {
			words.push(format!("It is at {locator}."));
		}
		words.join(" ")
	}
}

/// A locator as a URI of ASCII characters, as RFC 3986 has it. `None` where it is none, such as a
/// relative path.
pub(crate) fn uri(locator: &str) -> Option<String> {
	let parsed = url::Url::parse(locator.trim()).ok()?;
	let mut text = parsed.to_string();
	// An address of IPv6 with all its groups: a validator of IRIs in use knows no other form.
	if let (Some(url::Host::Ipv6(address)), Some(host)) = (parsed.host(), parsed.host_str()) {
		let groups = address.segments().map(|group| format!("{group:x}")).join(":");
		text = text.replacen(host, &format!("[{groups}]"), 1);
	}
	// Brackets belong around the address of a host alone.
	let authority = match parsed.has_authority() {
		true => text.find("//").map_or(0, |at| {
			let host = &text[at + 2..];
			at + 2 + host.find(['/', '?', '#']).unwrap_or(host.len())
		}),
		false => 0,
	};
	let mut uri = String::with_capacity(text.len());
	let mut fragment = false;
	for (at, byte) in text.bytes().enumerate() {
		let allowed = match byte {
			b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => true,
			b'[' | b']' => at < authority,
			b'#' => !std::mem::replace(&mut fragment, true),
			b'%' => {
				let digits = text.as_bytes().get(at + 1..at + 3);
				digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
			}
			_ => b"-._~:/?@!$&'()*+,;=".contains(&byte),
		};
		match allowed {
			true => uri.push(char::from(byte)),
			false => uri.push_str(&format!("%{byte:02X}")),
		}
	}
	Some(uri)
}

/// `time`, in milliseconds since the Unix epoch, by RFC 3339 in whole seconds of UTC.
pub(crate) fn rfc3339(time: u64) -> String {
	let seconds = time / 1_000;
	let (days, second) = (seconds / 86_400, seconds % 86_400);
	// Days to a date of the Gregorian calendar, in years that begin in March
	// (<https://howardhinnant.github.io/date_algorithms.html#civil_from_days>).
	let days = days + 719_468;
	let (era, day) = (days / 146_097, days % 146_097);
	let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
	let day = day - (365 * year + year / 4 - year / 100);
	let month = (5 * day + 2) / 153;
	let day = day - (153 * month + 2) / 5 + 1;
	let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
	let year = era * 400 + year + carry;
	let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
	format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// A UUID that is the same for the same content (RFC 9562, version 8: the digest's own bits).
fn uuid(content: &[u8]) -> String {
	let digest = sha256(content);
	let mut bytes: [u8; 16] = std::array::from_fn(|index| digest[index]);
	bytes[6] = bytes[6] & 0x0f | 0x80;
	bytes[8] = bytes[8] & 0x3f | 0x80;
	let text = hex::encode(bytes);
	format!("{}-{}-{}-{}-{}", &text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..])
}

#[cfg(test)]
mod tests {
	use super::*;

	fn artifact(id: u32, parents: &[u32]) -> Artifact {
		let parent = |&id: &u32| Parent {
			id,
			relation: Relation::FineTunedFrom,
			share: WHOLE_SHARE / 10,
			confirmed: true,
		};
		Artifact {
			id,
			kind: Kind::Model,
			name: String::new(),
			description: String::new(),
			owner: "owner".into(),
			status: "active".into(),
			registered: None,
			licence: Licence::default(),
			locators: Vec::new(),
			versions: Vec::new(),
			parents: parents.iter().map(parent).collect(),
		}
	}

	#[test]
	fn a_lineage_is_whole_and_has_everything_once() {
		let bill = |lineage: Vec<Artifact>| Bill {
			genesis: [1; 32],
			block: Block { number: 1, hash: [2; 32], time: 0 },
			root: artifact(3, &[1, 2]),
			lineage,
		};
		let ids = |bill: &Bill| {
			bill.artifacts().map(|all| all.iter().map(|artifact| artifact.id).collect::<Vec<_>>())
		};
		assert_eq!(ids(&bill(vec![artifact(1, &[]), artifact(2, &[])])), Ok(vec![3, 2, 1]));
		assert_eq!(
			ids(&bill(vec![artifact(1, &[])])),
			Err(Error::MissingParent { child: 3, parent: 2 })
		);
		let twice = vec![artifact(1, &[]), artifact(2, &[]), artifact(1, &[])];
		assert_eq!(ids(&bill(twice)), Err(Error::Twice(1)));
		assert_eq!(
			ids(&bill(vec![artifact(1, &[]), artifact(2, &[1, 1])])),
			Err(Error::ParentTwice { child: 2, parent: 1 })
		);
	}

	#[test]
	fn the_version_that_serves_stands_for_the_artifact_else_the_last() {
		let version = |number, serving| Version {
			number,
			root: [0; 32],
			format: String::new(),
			files: 1,
			bytes: 1,
			status: "published".into(),
			serving,
			published: None,
			locators: Vec::new(),
		};
		let numbers = |versions: Vec<Version>| {
			let artifact = Artifact { versions, ..artifact(1, &[]) };
			let (first, others) = artifact.versions();
			(first.map(|v| v.number), others.iter().map(|v| v.number).collect::<Vec<_>>())
		};
		assert_eq!(numbers(vec![]), (None, vec![]));
		assert_eq!(
			numbers(vec![version(2, false), version(0, false), version(1, false)]),
			(Some(2), vec![0, 1])
		);
		assert_eq!(numbers(vec![version(1, false), version(0, true)]), (Some(0), vec![1]));
	}

	#[test]
	fn shares_are_exact_percentages() {
		for (share, text) in [
			(0, "0%"),
			(1, "0.0000001%"),
			(125_000_000, "12.5%"),
			(WHOLE_SHARE, "100%"),
			(333_333_333, "33.3333333%"),
		] {
			assert_eq!(percent(share), text);
		}
	}

	#[test]
	fn licences_are_what_spdx_says_they_are() {
		let terms = |name: &str| Licence { name: name.into(), ..Licence::default() }.terms();
		let expression = |text: &str, references: &[&str]| Terms::Expression {
			text: text.into(),
			references: references.iter().map(|name| name.to_string()).collect(),
		};
		for name in ["Apache-2.0", "GPL-3.0", "GPL-2.0+", "MIT OR (Apache-2.0 WITH LLVM-exception)"]
		{
			assert_eq!(terms(name), expression(name, &[]));
		}
		let mixed = "LicenseRef-Tally-1 AND MIT OR LicenseRef-Tally-1";
		assert_eq!(terms(mixed), expression(mixed, &["LicenseRef-Tally-1"]));
		for name in ["My own licence", "apache 2", "Llama-Community", "MIT OR"] {
			assert_eq!(terms(name), Terms::Named(name.into()));
		}
		assert_eq!(terms(" "), Terms::Nothing);
		let by_digest = Licence { terms: Some([3; 32]), ..Licence::default() };
		assert_eq!(by_digest.terms(), Terms::Named("terms by digest".into()));
	}

	#[test]
	fn locators_are_uris_or_none() {
		for (locator, expected) in [
			("https://example.org/a b", Some("https://example.org/a%20b")),
			("ipfs://bafy/x", Some("ipfs://bafy/x")),
			("ar://Tx_1-2", Some("ar://Tx_1-2")),
			("magnet:?xt=urn:btih:1", Some("magnet:?xt=urn:btih:1")),
			("https://[::1]:8/[x]|{y}", Some("https://[0:0:0:0:0:0:0:1]:8/%5Bx%5D%7C%7By%7D")),
			(
				"https://example.org/%zz?q=[1]^#a#b",
				Some("https://example.org/%25zz?q=%5B1%5D%5E#a%23b"),
			),
			("https://exämple.org/ü", Some("https://xn--exmple-cua.org/%C3%BC")),
			("weights.bin", None),
			("https://", None),
			("", None),
		] {
			assert_eq!(uri(locator).as_deref(), expected, "{locator}");
		}
	}

	#[test]
	fn times_are_dates_of_the_calendar() {
		for (time, text) in [
			(0, "1970-01-01T00:00:00Z"),
			(951_782_399_999, "2000-02-28T23:59:59Z"),
			(951_782_400_000, "2000-02-29T00:00:00Z"),
			(1_709_251_200_000, "2024-03-01T00:00:00Z"),
			(1_798_761_599_000, "2026-12-31T23:59:59Z"),
			(4_107_542_400_000, "2100-03-01T00:00:00Z"),
		] {
			assert_eq!(rfc3339(time), text);
		}
	}

	#[test]
	fn uuids_are_well_formed_and_the_contents_own() {
		let uuid = |content: &str| super::uuid(content.as_bytes());
		assert_eq!(uuid("a"), uuid("a"));
		assert_ne!(uuid("a"), uuid("b"));
		assert_eq!(uuid("a").split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
		assert_eq!(&uuid("a")[14..15], "8");
	}
}
