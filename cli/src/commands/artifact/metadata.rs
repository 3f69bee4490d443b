//! `tally artifact metadata`: fetch the metadata document of an artifact, and check it.

use super::view;
use crate::{
	commands::Context,
	locators::Places,
	output::{facts, hex0x, printable, Failure, Outcome, Report},
};
use clap::Args;
use serde_json::{json, Value};
use std::path::PathBuf;
use tallystick_primitives::ArtifactId;

/// Options of `artifact metadata`.
#[derive(Args)]
#[command(after_help = "\
The places are tried in the owner's order: https:, http:, ipfs: and ar:. What does not have the digest that the chain \
names is not shown.
Examples:
  tally artifact metadata 0
  tally artifact metadata 0 --out card.json
  tally artifact metadata 0 --ipfs-gateway http://127.0.0.1:8080")]
pub struct Options {
	/// The artifact.
	artifact: ArtifactId,
	/// Write it to this file, instead of showing it.
	#[arg(long, value_name = "FILE")]
	out: Option<PathBuf>,
	#[command(flatten)]
	places: Places,
}

/// Fetches it.
pub async fn run(options: Options, context: &Context) -> Outcome {
	let client = context.connect().await?;
	let view = view(&client, &client.best().await?, options.artifact).await?;
	let locators: Vec<_> = view.metadata_locators.iter().map(|place| place.to_vec()).collect();
	let what = format!("the metadata document of artifact {}", options.artifact);
	let fetched =
		options.places.fetch(&what, view.metadata_digest, &locators, context.quiet()).await?;
	let document = String::from_utf8_lossy(&fetched.found).into_owned();
	let mut json = json!({
		"artifact": options.artifact,
		"digest": hex0x(view.metadata_digest),
		"locator": fetched.locator,
		"passed_over": fetched.passed_over,
		"bytes": fetched.found.len(),
	});
	let about = facts([("digest", hex0x(view.metadata_digest)), ("from", fetched.locator.clone())]);
	if let Some(path) = &options.out {
		std::fs::write(path, &fetched.found)
			.map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))?;
		json["file"] = path.display().to_string().into();
		return Ok(Report::new(format!("{what} is in {}\n{about}", path.display()), json));
	}
	// As it is where it is JSON; else as text.
	json["document"] =
		serde_json::from_str(&document).unwrap_or_else(|_| Value::from(printable(&document)));
	Ok(Report::new(format!("{}\n\n{about}", printable(document.trim_end())), json))
}
