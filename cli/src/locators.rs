//! Fetching a document by its locators: the places that the chain names, the preferred one first. Only
//! what has the digest that the chain names is taken, so that no place has to be trusted; one that is
//! silent, or has something else, is passed over for the next, and told of.
//!
//! Places are `https:`, `http:`, `ipfs:` and `ar:`, the latter two through a gateway that is asked like
//! any other server. Others say so: whoever knows `magnet:` or `s3:` can fetch the file by other means
//! and check it with `tally verify`. `file:` is read where the user allows it, because the chain, and so
//! anybody, chooses what is named.

use crate::output::{hex0x, Failure, Progress};
use clap::Args;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::{
	fs::File,
	io::{Read, Seek, Write},
	path::Path,
	time::Duration,
};
use tallystick_formats::text;
use tallystick_primitives::Digest;

/// How long a server may take to begin, and between two pieces of its answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a server may send us elsewhere.
const MAX_REDIRECTS: usize = 5;

/// Options of what is fetched.
#[derive(Args, Clone)]
pub struct Places {
	/// The gateway by which ipfs: is reached. It is not trusted: the digest is checked.
	#[arg(long, value_name = "URL", env = "TALLY_IPFS_GATEWAY", default_value = "https://ipfs.io")]
	ipfs_gateway: String,
	/// The gateway by which ar: is reached. It is not trusted: the digest is checked.
	#[arg(
		long,
		value_name = "URL",
		env = "TALLY_AR_GATEWAY",
		default_value = "https://arweave.net"
	)]
	ar_gateway: String,
	/// Also read file: locators, from this machine.
	#[arg(long)]
	local_files: bool,
	/// The most bytes that are fetched.
	#[arg(long, value_name = "BYTES", default_value_t = 16 << 20)]
	max_bytes: u64,
}

/// A place that did not have the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassedOver {
	/// The locator, as it can be shown.
	pub locator: String,
	/// What was wrong there.
	pub why: String,
}

/// What has the digest that was asked for, and where it was.
#[derive(Debug)]
pub struct Fetched<T> {
	/// The document; or, of a file that was written, its length.
	pub found: T,
	/// Where it was, as it can be shown.
	pub locator: String,
	/// The places that were tried before.
	pub passed_over: Vec<PassedOver>,
}

/// Where a locator leads.
#[derive(Debug, PartialEq, Eq)]
enum Place {
	Server(String),
	File(String),
}

impl Places {
	/// Fetches the document with this digest from the first of these places that has it.
	pub async fn fetch(
		&self,
		what: &str,
		digest: Digest,
		locators: &[Vec<u8>],
		quiet: bool,
	) -> Result<Fetched<Vec<u8>>, Failure> {
		let mut document = Vec::new();
		let fetched = self.pour(what, digest, locators, quiet, |piece| {
			match piece {
				Some(piece) => document.extend_from_slice(piece),
				None => document.clear(),
			}
			Ok(())
		});
		let Fetched { locator, passed_over, .. } = fetched.await?;
		Ok(Fetched { found: document, locator, passed_over })
	}

	/// The same, into a file. Nothing is at `path` before all of it is there, and is checked.
	pub async fn fetch_file(
		&self,
		what: &str,
		digest: Digest,
		locators: &[Vec<u8>],
		quiet: bool,
		path: &Path,
	) -> Result<Fetched<u64>, Failure> {
		let mut part = path.as_os_str().to_owned();
		part.push(".part");
		let failed = |error: std::io::Error| {
			Failure::new(format!("cannot write {}: {error}", path.display()))
		};
		let mut file = File::create(&part).map_err(failed)?;
		let fetched = self.pour(what, digest, locators, quiet, |piece| match piece {
			Some(piece) => file.write_all(piece),
			None => {
				file.set_len(0)?;
				file.rewind()
			}
		});
		let fetched = fetched.await;
		drop(file);
		if fetched.is_err() {
			// Of no use, and gone already where it could not be made.
			let _ = std::fs::remove_file(&part);
		}
		let fetched = fetched?;
		std::fs::rename(&part, path).map_err(failed)?;
		Ok(fetched)
	}

	/// Pours what has this digest into `sink`, piece by piece. `None` means: all of that was wrong, begin
	/// anew.
	async fn pour(
		&self,
		what: &str,
		digest: Digest,
		locators: &[Vec<u8>],
		quiet: bool,
		mut sink: impl FnMut(Option<&[u8]>) -> std::io::Result<()>,
	) -> Result<Fetched<u64>, Failure> {
		let mut passed_over = Vec::new();
		let progress = Progress::spinner(quiet, format!("fetching {what}"));
		for locator in locators {
			let shown = text::shown(&String::from_utf8_lossy(locator));
			progress.say(format!("fetching {what} from {shown}"));
			sink(None).map_err(unwritable)?;
			match self.try_one(locator, digest, &mut sink).await {
				Ok(found) => {
					progress.done();
					return Ok(Fetched { found, locator: shown, passed_over });
				}
				Err(why) => {
					progress.note(format!("{shown}: {why}"));
					passed_over.push(PassedOver { locator: shown, why });
				}
			}
		}
		progress.done();
		Err(nowhere(what, digest, &passed_over))
	}

	async fn try_one(
		&self,
		locator: &[u8],
		digest: Digest,
		sink: &mut impl FnMut(Option<&[u8]>) -> std::io::Result<()>,
	) -> Result<u64, String> {
		let locator = std::str::from_utf8(locator).map_err(|_| "it is no text".to_owned())?;
		let mut hasher = Sha256::new();
		let mut length = 0u64;
		let mut take = |piece: &[u8]| -> Result<(), String> {
			length = length.saturating_add(piece.len() as u64);
			// What the other side says of the length is not relied on.
			if length > self.max_bytes {
				return Err(format!("it is longer than {} bytes (--max-bytes)", self.max_bytes));
			}
			hasher.update(piece);
			sink(Some(piece)).map_err(|error| format!("it cannot be written here: {error}"))
		};
		match self.place(locator)? {
			Place::Server(url) => download(&url, &mut take).await?,
			Place::File(path) => read(Path::new(&path), &mut take)?,
		}
		let found = Digest::from(<[u8; 32]>::from(hasher.finalize()));
		if found != digest {
			let found = hex0x(found);
			return Err(format!("what is there has the digest {found}, and is something else"));
		}
		Ok(length)
	}

	/// Where a locator leads, or why it cannot be followed.
	fn place(&self, locator: &str) -> Result<Place, String> {
		let (scheme, rest) = locator.split_once(':').ok_or("it is no URI")?;
		let bare = rest.trim_start_matches('/');
		match scheme.to_ascii_lowercase().as_str() {
			"http" | "https" => Ok(Place::Server(locator.to_owned())),
			"ipfs" => Ok(Place::Server(self.by_gateway(&self.ipfs_gateway, "ipfs/", bare)?)),
			"ar" => Ok(Place::Server(self.by_gateway(&self.ar_gateway, "", bare)?)),
			"file" if self.local_files => {
				let path = rest.strip_prefix("//").unwrap_or(rest);
				// What precedes the path is a host's name: only this machine's, which is none.
				if !path.starts_with('/') {
					return Err("it names no file of this machine".into());
				}
				Ok(Place::File(path.to_owned()))
			}
			"file" => Err("files of this machine are read with --local-files only".into()),
			other => Err(format!("tally cannot fetch by {}:", text::shown(other))),
		}
	}

	fn by_gateway(&self, gateway: &str, folder: &str, path: &str) -> Result<String, String> {
		// A path that climbs would leave the name that the locator has, for another of the gateway's.
		let climbs = path.split(['/', '\\']).any(|part| matches!(part, "." | ".."));
		if path.is_empty() || climbs || path.contains(['?', '#']) {
			return Err("it names nothing that a gateway could have".into());
		}
		Ok(format!("{}/{folder}{path}", gateway.trim_end_matches('/')))
	}
}

/// Takes what a server has, piece by piece.
async fn download(
	url: &str,
	take: &mut impl FnMut(&[u8]) -> Result<(), String>,
) -> Result<(), String> {
	let failed = |error: reqwest::Error| {
		let mut innermost: &dyn std::error::Error = &error;
		while let Some(source) = innermost.source() {
			innermost = source;
		}
		text::shown(&innermost.to_string())
	};
	let client = reqwest::Client::builder()
		.connect_timeout(PATIENCE)
		.read_timeout(PATIENCE)
		.redirect(reqwest::redirect::Policy::limited(MAX_REDIRECTS))
		.build()
		.map_err(failed)?;
	let mut response = client.get(url).send().await.map_err(failed)?;
	if !response.status().is_success() {
		return Err(format!("the server says {}", response.status()));
	}
	while let Some(piece) = response.chunk().await.map_err(failed)? {
		take(&piece)?;
	}
	Ok(())
}

/// Takes what a file has, piece by piece.
fn read(path: &Path, take: &mut impl FnMut(&[u8]) -> Result<(), String>) -> Result<(), String> {
	let failed = |error: std::io::Error| error.to_string();
	// Reading from a device or a pipe may never end.
	if !path.metadata().map_err(failed)?.is_file() {
		return Err("it is no regular file".into());
	}
	let mut file = File::open(path).map_err(failed)?;
	let mut piece = vec![0; 1 << 20];
	loop {
		match file.read(&mut piece).map_err(failed)? {
			0 => return Ok(()),
			length => take(&piece[..length])?,
		}
	}
}

fn unwritable(error: std::io::Error) -> Failure {
	Failure::new(format!("what is fetched cannot be written: {error}"))
}

/// What is said where no place had it.
fn nowhere(what: &str, digest: Digest, passed_over: &[PassedOver]) -> Failure {
	if passed_over.is_empty() {
		return Failure::new(format!("the chain names no place of {what}"))
			.code("NoLocator")
			.hint(format!("ask the owner for the file with the SHA-256 {}", hex0x(digest)));
	}
	let tried: Vec<_> =
		passed_over.iter().map(|place| format!("{}: {}", place.locator, place.why)).collect();
	Failure::new(format!("no place has {what}: {}", tried.join("; "))).code("NotFetched").hint(
		format!(
		"ask the owner for the file with the SHA-256 {}, or try other gateways (--ipfs-gateway, \
		 --ar-gateway)",
		hex0x(digest)
	),
	)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::digest::sha256;
	use std::net::TcpListener;

	fn places() -> Places {
		Places {
			ipfs_gateway: "http://127.0.0.1:9/".into(),
			ar_gateway: "http://127.0.0.1:9".into(),
			local_files: true,
			max_bytes: 64,
		}
	}

	/// A server that gives each who asks the same answer, and the path of the first line.
	fn serve(status: &'static str, body: &'static [u8]) -> String {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let url = format!("http://{}", listener.local_addr().unwrap());
		std::thread::spawn(move || {
			for stream in listener.incoming() {
				let mut stream = stream.unwrap();
				let mut request = [0; 2_048];
				let _ = stream.read(&mut request).unwrap();
				let length = body.len();
				let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n");
				let _ = stream.write_all(&[head.as_bytes(), body].concat());
			}
		});
		url
	}

	fn bytes(locators: &[&str]) -> Vec<Vec<u8>> {
		locators.iter().map(|locator| locator.as_bytes().to_vec()).collect()
	}

	#[tokio::test]
	async fn the_first_place_that_has_the_document_is_taken_and_the_others_are_told_of() {
		let dir = tempfile::tempdir().unwrap();
		let file = dir.path().join("card.json");
		std::fs::write(&file, b"{}").unwrap();
		let missing = serve("404 Not Found", b"");
		let other = serve("200 OK", b"something else");
		let long = serve("200 OK", &[b'x'; 65]);
		let good = serve("200 OK", b"{}");
		let from_file = format!("file://{}", file.display());
		let all = [
			"s3://bucket/card.json",
			"ipfs://../api",
			"http://127.0.0.1:9/card.json",
			&missing,
			&other,
			&long,
			"file:///dev/zero",
			&good,
			&from_file,
		];
		let fetched = places().fetch("the card", sha256(b"{}"), &bytes(&all), true).await.unwrap();
		assert_eq!((fetched.found.as_slice(), fetched.locator), (b"{}".as_slice(), good.clone()));
		let why: Vec<_> = fetched.passed_over.iter().map(|place| place.why.as_str()).collect();
		assert_eq!(why.len(), 7);
		for (why, part) in why.iter().zip([
			"cannot fetch by s3:",
			"nothing that a gateway could have",
			"refused",
			"404",
			"something else",
			"longer than 64 bytes",
			"no regular file",
		]) {
			assert!(why.contains(part), "{why}");
		}
		let fetched = places().fetch("it", sha256(b"{}"), &bytes(&[&from_file]), true).await;
		assert_eq!(fetched.unwrap().found, b"{}");
		// Into a file: what was wrong leaves nothing behind.
		let out = dir.path().join("out");
		let wrong = bytes(&[&other]);
		assert!(places().fetch_file("it", sha256(b"{}"), &wrong, true, &out).await.is_err());
		assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
		let both = bytes(&[&other, &good]);
		let fetched = places().fetch_file("it", sha256(b"{}"), &both, true, &out).await.unwrap();
		assert_eq!((fetched.found, std::fs::read(&out).unwrap()), (2, b"{}".to_vec()));
		assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
		let failure = places().fetch("it", sha256(b"no"), &bytes(&all), true).await.unwrap_err();
		assert_eq!(failure.name(), "NotFetched");
		assert!(failure.to_string().contains("404"));
		let failure = places().fetch("it", sha256(b"no"), &[], true).await.unwrap_err();
		assert_eq!(failure.name(), "NoLocator");
	}

	#[tokio::test]
	async fn gateways_are_asked_for_the_name_and_files_only_where_it_is_allowed() {
		let gateway = serve("200 OK", b"{}");
		let places = Places {
			ipfs_gateway: gateway.clone(),
			ar_gateway: gateway.clone(),
			local_files: false,
			max_bytes: 64,
		};
		assert_eq!(
			places.place("ipfs://bafy/card.json"),
			Ok(Place::Server(format!("{gateway}/ipfs/bafy/card.json")))
		);
		assert_eq!(places.place("ar://Tx1"), Ok(Place::Server(format!("{gateway}/Tx1"))));
		assert!(places.place("file:///etc/hostname").unwrap_err().contains("--local-files"));
		assert!(places.place("card.json").is_err());
		for locator in ["ipfs://bafy/card.json", "ar://Tx1"] {
			let fetched =
				places.fetch("the card", sha256(b"{}"), &bytes(&[locator]), true).await.unwrap();
			assert_eq!(fetched.locator, locator);
		}
	}
}
