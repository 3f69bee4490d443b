//! `tally provider`: answer inferences for a share of what they earn.

use super::{parse_digest, show_currency, text, Context};
use crate::{
	account::{self, parse_account, to_subxt, Account, AccountId},
	amount::{parse_share, show_share, show_tly},
	chain::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec,
			pallet_providers::types::{OfferingStatus, Provider},
		},
	},
	client::{failed, At, Client},
	output::{big, facts, hex0x, parse_hash, parse_hex, table, Failure, Outcome, Report},
};
use clap::{Args, Subcommand};
use serde_json::json;
use subxt::{utils::Static, utils::H256};
use tallystick_primitives::{
	service_key::{ownership_hash, ServiceKey, ServiceSignature},
	ArtifactId, Digest, JobId, Share,
};

/// How the node gets the secret of a service key.
const INSERT: &str = "\
The node signs receipts with the service key, so its keystore needs the secret:
  tallystick key insert --key-type tlys --scheme sr25519 --suri 'SERVICE SECRET' --base-path PATH";

/// The least blocks for an answer, where nobody says otherwise.
const MIN_DEADLINE: u32 = 10;

/// Answer inferences for a share of what they earn.
#[derive(Subcommand)]
pub enum Command {
	/// Become a provider: holds a bond, and names a service key and where your node is reached.
	#[command(after_help = format!("\
{INSERT}

The proof that you hold the service key is made here from --service-suri. Where the secret is elsewhere, give \
the public --service-key and its --proof: an sr25519 signature over
  blake2_256(SCALE((\"tallystick/service-key\" as bytes, genesis hash, your account)))
Examples:
  tally provider register --account //Alice --service-suri //Alice//service --endpoint http://127.0.0.1:9944"))]
	Register(Keys),
	/// Change endpoints, and with a service key given, the key too.
	#[command(after_help = "\
The new endpoints replace all old ones.
Examples:
  tally provider update --account //Alice --endpoint https://node.example:443
  tally provider update --account //Alice --service-suri //Alice//service2 --endpoint https://node.example:443")]
	Update(Keys),
	/// Offer to answer for a version of an artifact, for a share of each call's earnings.
	#[command(after_help = "\
Active at once if the artifact is yours, else when its owner accepts.
Example:
  tally provider offer --account //Alice --artifact 0 --share 30%")]
	Offer {
		/// The artifact.
		#[arg(long, value_name = "ID")]
		artifact: ArtifactId,
		/// The version. Without it: the newest.
		#[arg(long = "version-digest", value_name = "HEX", value_parser = parse_digest)]
		version: Option<Digest>,
		/// The share of the gross of each call that is yours. It comes out of the owner's part.
		#[arg(long, value_parser = parse_share)]
		share: Share,
		/// The least number of blocks that you need for an answer.
		#[arg(long, value_name = "BLOCKS", default_value_t = MIN_DEADLINE)]
		min_deadline: u32,
	},
	/// Accept an offering, as the artifact's owner.
	#[command(after_help = "\
Example:
  tally provider accept --account owner.key --artifact 0 --provider //Bob --share 30% --min-deadline 10")]
	Accept {
		/// The artifact, which is yours.
		#[arg(long, value_name = "ID")]
		artifact: ArtifactId,
		/// The version. Without it: the newest.
		#[arg(long = "version-digest", value_name = "HEX", value_parser = parse_digest)]
		version: Option<Digest>,
		/// Who offers.
		#[arg(long, value_name = "ACCOUNT", value_parser = parse_account)]
		provider: AccountId,
		/// The share that you agree to: the one that `tally provider status` shows.
		#[arg(long, value_parser = parse_share)]
		share: Share,
		/// The least number of blocks for an answer that you agree to: as shown there.
		#[arg(long, value_name = "BLOCKS", default_value_t = MIN_DEADLINE)]
		min_deadline: u32,
	},
	/// Withdraw an offering, as its provider or as the artifact's owner. Open jobs go on.
	#[command(after_help = "\
Example:
  tally provider withdraw --account //Alice --artifact 0")]
	Withdraw {
		/// The artifact.
		#[arg(long, value_name = "ID")]
		artifact: ArtifactId,
		/// The version. Without it: the newest.
		#[arg(long = "version-digest", value_name = "HEX", value_parser = parse_digest)]
		version: Option<Digest>,
		/// Whose offering. Without it: your own.
		#[arg(long, value_name = "ACCOUNT", value_parser = parse_account)]
		provider: Option<AccountId>,
	},
	/// Decline an open job: its consumer has the units back at once.
	#[command(after_help = "\
Example:
  tally provider decline --account //Alice 7")]
	Decline {
		/// The job.
		job: JobId,
	},
	/// Stop being a provider, and get the bond back.
	#[command(after_help = "\
Withdraw all offerings before, and let open jobs end.
Example:
  tally provider leave --account //Alice")]
	Leave,
	/// Show a provider: key, endpoints, bond, offerings, open jobs.
	#[command(after_help = "\
Examples:
  tally provider status --account //Alice
  tally provider status //Alice")]
	Status {
		/// Whose. Without it: the account that would sign.
		#[arg(value_name = "ACCOUNT", value_parser = parse_account)]
		provider: Option<AccountId>,
	},
}

/// The key and the endpoints of a provider.
#[derive(Args)]
pub struct Keys {
	/// The service key's secret: a key file or a secret URI.
	#[arg(
		long,
		value_name = "URI-OR-FILE",
		env = "TALLY_SERVICE_SURI",
		hide_env_values = true,
		conflicts_with = "service_key"
	)]
	service_suri: Option<String>,
	/// The service key, public, where its secret is elsewhere.
	#[arg(long, value_name = "HEX", value_parser = parse_hash, requires = "proof")]
	service_key: Option<[u8; 32]>,
	/// The service key's signature that shows that you hold it.
	#[arg(long, value_name = "HEX", value_parser = parse_signature, requires = "service_key")]
	proof: Option<[u8; 64]>,
	/// Where your node's RPC is reached: http, https, ws or wss. Up to four.
	#[arg(long = "endpoint", value_name = "URL", required = true)]
	endpoints: Vec<String>,
}

fn parse_signature(text: &str) -> Result<[u8; 64], String> {
	let bytes = parse_hex(text)?;
	bytes.try_into().map_err(|_| format!("`{text}` is not 64 bytes"))
}

type Endpoints = BoundedVec<BoundedVec<u8>>;

impl Keys {
	/// The service key with its proof for `who`, where one is given.
	fn key(&self, genesis: H256, who: &AccountId) -> Result<Option<Proven>, Failure> {
		if let Some(suri) = &self.service_suri {
			let service = Account::from_option(suri)?;
			let proof = service.sign_raw(&ownership_hash(&genesis, who));
			return Ok(Some(Proven { key: service.public(), proof }));
		}
		Ok(self.service_key.zip(self.proof).map(|(key, proof)| Proven { key, proof }))
	}

	fn endpoints(&self) -> Result<Endpoints, Failure> {
		if self.endpoints.len() > 4 {
			return Err(Failure::usage("a provider names at most four endpoints")
				.hint("leave out what consumers can do without"));
		}
		let mut endpoints = Vec::new();
		for url in &self.endpoints {
			let known = ["http://", "https://", "ws://", "wss://"];
			if !known.iter().any(|scheme| url.starts_with(scheme)) {
				return Err(Failure::usage(format!("`{url}` is no endpoint"))
					.hint("give the URL of the node's RPC, such as https://node.example:443"));
			}
			endpoints.push(BoundedVec(super::bounded("the endpoint", url, 128)?));
		}
		Ok(BoundedVec(endpoints))
	}
}

/// A service key with the signature that shows who holds it.
struct Proven {
	key: [u8; 32],
	proof: [u8; 64],
}

impl Proven {
	fn parts(&self) -> (Static<ServiceKey>, Static<ServiceSignature>) {
		let key = sp_core::sr25519::Public::from_raw(self.key).into();
		let proof = sp_core::sr25519::Signature::from_raw(self.proof).into();
		(Static(key), Static(proof))
	}
}

/// Runs a command of this group.
pub async fn run(command: Command, context: &Context) -> Outcome {
	match command {
		Command::Register(keys) => register(keys, context).await,
		Command::Update(keys) => update(keys, context).await,
		Command::Offer { artifact, version, share, min_deadline } => {
			offer(artifact, version, share, min_deadline, context).await
		}
		Command::Accept { artifact, version, provider, share, min_deadline } => {
			accept(artifact, version, provider, share, min_deadline, context).await
		}
		Command::Withdraw { artifact, version, provider } => {
			withdraw(artifact, version, provider, context).await
		}
		Command::Decline { job } => decline(job, context).await,
		Command::Leave => leave(context).await,
		Command::Status { provider } => status(provider, context).await,
	}
}

async fn register(keys: Keys, context: &Context) -> Outcome {
	let account = context.account()?;
	let endpoints = keys.endpoints()?;
	let client = context.connect().await?;
	let proven = keys.key(client.genesis(), &account.id())?.ok_or_else(|| {
		Failure::usage("no service key is given")
			.hint("give --service-suri, or --service-key with --proof; `tally key new` makes a key")
	})?;
	let (key, proof) = proven.parts();
	let call = chain::transactions().providers().register(key, endpoints, proof);
	let included = client.submit(&call, &account, "register the provider").await?;
	let _: chain::providers::events::Registered = included.event()?;
	let stored = provider(&client.at(included.block).await?, &account.id()).await?;
	let text = format!(
		"{} is a provider\n{}\n{INSERT}\nnext: tally provider offer --artifact ID --share SHARE",
		account::show(&account.id()),
		facts([
			("service key", hex0x(proven.key)),
			("endpoints", keys.endpoints.join(", ")),
			("bond", show_tly(stored.bond)),
			("block", included.words()),
		])
	);
	let json = json!({
		"provider": account::show(&account.id()),
		"service_key": hex0x(proven.key),
		"endpoints": keys.endpoints,
		"bond": big(stored.bond),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

async fn update(keys: Keys, context: &Context) -> Outcome {
	let account = context.account()?;
	let endpoints = keys.endpoints()?;
	let client = context.connect().await?;
	let proven = keys.key(client.genesis(), &account.id())?;
	let new_key = proven.as_ref().map(Proven::parts);
	let call = chain::transactions().providers().update(new_key, endpoints);
	let included = client.submit(&call, &account, "update the provider").await?;
	let event: chain::providers::events::Updated = included.event()?;
	let key: &[u8] = event.service_key.0.as_ref();
	let mut text = format!(
		"the provider is changed\n{}",
		facts([
			("service key", hex0x(key)),
			("endpoints", keys.endpoints.join(", ")),
			("block", included.words()),
		])
	);
	if proven.is_some() {
		text.push_str(&format!("\n{INSERT}"));
	}
	let json = json!({
		"provider": account::show(&account.id()),
		"service_key": hex0x(key),
		"endpoints": keys.endpoints,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// The version that is meant: the one that is named, or that the owner recommends, or the newest.
async fn version_or_newest(
	client: &Client,
	artifact: ArtifactId,
	version: Option<Digest>,
) -> Result<Digest, Failure> {
	if let Some(version) = version {
		return Ok(version);
	}
	let at = client.best().await?;
	let view = super::artifact::view(client, &at, artifact).await?;
	super::artifact::usable(&view).first().copied().ok_or_else(|| {
		Failure::new(format!("artifact {artifact} has no version that can be used"))
			.code("Providers.VersionNotFound")
			.hint("publish one first: `tally artifact publish`")
	})
}

async fn offer(
	artifact: ArtifactId,
	version: Option<Digest>,
	share: Share,
	min_deadline: u32,
	context: &Context,
) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let version = version_or_newest(&client, artifact, version).await?;
	let call =
		chain::transactions().providers().offer(artifact, version, Static(share), min_deadline);
	let included = client.submit(&call, &account, "offer").await?;
	let active = included.events.has::<chain::providers::events::OfferingActive>();
	let state = if active { "active" } else { "proposed: the artifact's owner has to accept it" };
	let text = format!(
		"the offering is {state}\n{}",
		facts([
			("artifact", artifact.to_string()),
			("version", hex0x(version)),
			("share", show_share(share)),
			("block", included.words()),
		])
	);
	let json = json!({
		"artifact": artifact,
		"version": hex0x(version),
		"provider": account::show(&account.id()),
		"share": show_share(share),
		"active": active,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

async fn accept(
	artifact: ArtifactId,
	version: Option<Digest>,
	provider: AccountId,
	share: Share,
	min_deadline: u32,
	context: &Context,
) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let version = version_or_newest(&client, artifact, version).await?;
	let call = chain::transactions().providers().accept_offering(
		artifact,
		version,
		to_subxt(&provider),
		Static(share),
		min_deadline,
	);
	let included = client.submit(&call, &account, "accept").await?;
	let _: chain::providers::events::OfferingActive = included.event()?;
	let text = format!(
		"{} answers for artifact {artifact} from now on\n{}",
		account::show(&provider),
		facts([
			("version", hex0x(version)),
			("share", show_share(share)),
			("block", included.words()),
		])
	);
	let json = json!({
		"artifact": artifact,
		"version": hex0x(version),
		"provider": account::show(&provider),
		"share": show_share(share),
		"active": true,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

async fn withdraw(
	artifact: ArtifactId,
	version: Option<Digest>,
	provider: Option<AccountId>,
	context: &Context,
) -> Outcome {
	let account = context.account()?;
	let provider = provider.unwrap_or_else(|| account.id());
	let client = context.connect().await?;
	let version = version_or_newest(&client, artifact, version).await?;
	let call =
		chain::transactions().providers().withdraw_offering(artifact, version, to_subxt(&provider));
	let included = client.submit(&call, &account, "withdraw").await?;
	let _: chain::providers::events::OfferingWithdrawn = included.event()?;
	let text = format!(
		"{} takes no more jobs for artifact {artifact}\n{}",
		account::show(&provider),
		facts([("version", hex0x(version)), ("block", included.words())])
	);
	let json = json!({
		"artifact": artifact,
		"version": hex0x(version),
		"provider": account::show(&provider),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

async fn decline(job: JobId, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let call = chain::transactions().inference().decline(job);
	let included = client.submit(&call, &account, "decline").await?;
	let event: chain::inference::events::Declined = included.event()?;
	let text = format!(
		"job {job} is declined, and {} units are free again\n{}",
		event.units,
		facts([("block", included.words())])
	);
	let json = json!({ "job": job, "units": big(event.units), "transaction": included.json() });
	Ok(Report::new(text, json))
}

async fn leave(context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let call = chain::transactions().providers().leave();
	let included = client.submit(&call, &account, "leave").await?;
	let _: chain::providers::events::Left = included.event()?;
	let text = format!(
		"{} is no provider any more, and has the bond back\n{}",
		account::show(&account.id()),
		facts([("block", included.words())])
	);
	let json = json!({ "provider": account::show(&account.id()), "transaction": included.json() });
	Ok(Report::new(text, json))
}

/// A provider, as it is stored.
pub async fn provider(at: &At, who: &AccountId) -> Result<Provider, Failure> {
	let stored = at
		.storage()
		.try_fetch(chain::storage().providers().providers(), (to_subxt(who),))
		.await
		.map_err(failed)?;
	let stored = stored.ok_or_else(|| {
		Failure::new(format!("{} is no provider", account::show(who)))
			.code("Providers.NotProvider")
			.hint("`tally provider register` makes an account a provider")
	})?;
	stored.decode().map_err(failed)
}

/// The endpoints of a provider, as URLs.
pub fn endpoints(provider: &Provider) -> Vec<String> {
	provider.endpoints.0.iter().map(|url| text(&url.0)).collect()
}

/// The service key of a provider.
pub fn service_key(provider: &Provider) -> [u8; 32] {
	let key: &[u8] = provider.service_key.0.as_ref();
	key.try_into().unwrap_or_default()
}

/// An offering of a provider.
struct OfferingFacts {
	artifact: ArtifactId,
	version: Digest,
	share: Share,
	min_deadline: u32,
	active: bool,
}

/// All offerings of a provider. They are stored by artifact, so this looks through all there are.
async fn offerings_of(at: &At, who: &AccountId) -> Result<Vec<OfferingFacts>, Failure> {
	let mut offerings = Vec::new();
	let mut stored =
		at.storage().iter(chain::storage().providers().offerings(), ()).await.map_err(failed)?;
	while let Some(entry) = stored.next().await {
		let entry = entry.map_err(failed)?;
		let (artifact, version, provider) =
			entry.key().map_err(failed)?.decode().map_err(failed)?;
		if provider == to_subxt(who) {
			let offering = entry.value().decode().map_err(failed)?;
			offerings.push(OfferingFacts {
				artifact,
				version,
				share: offering.share.0,
				min_deadline: offering.min_deadline,
				active: matches!(offering.status, OfferingStatus::Active),
			});
		}
	}
	offerings.sort_by_key(|offering| (offering.artifact, offering.version));
	Ok(offerings)
}

async fn status(who: Option<AccountId>, context: &Context) -> Outcome {
	let who = context.account_id_or(&who)?;
	let client = context.connect().await?;
	let at = client.best().await?;
	let provider = provider(&at, &who).await?;
	let offerings =
		if provider.offerings == 0 { Vec::new() } else { offerings_of(&at, &who).await? };
	let jobs = open_jobs(&at, &who).await?;
	let endpoints = endpoints(&provider);
	let job_list = jobs.iter().map(JobId::to_string).collect::<Vec<_>>().join(", ");
	let job_list = if jobs.is_empty() { "none".to_owned() } else { job_list };
	let mut text = facts([
		("provider", account::show(&who)),
		("service key", hex0x(service_key(&provider))),
		("endpoints", endpoints.join(", ")),
		("bond", show_tly(provider.bond)),
		("open jobs", job_list),
	]);
	if !offerings.is_empty() {
		let rows = offerings.iter().map(|offering| {
			[
				offering.artifact.to_string(),
				hex0x(offering.version),
				show_share(offering.share),
				format!("{} blocks", offering.min_deadline),
				if offering.active { "active" } else { "proposed" }.to_owned(),
			]
		});
		let headings = ["artifact", "version", "share", "least deadline", "state"];
		text.push_str(&format!("\n\n{}", table(headings, rows)));
	}
	let json = json!({
		"provider": account::show(&who),
		"service_key": hex0x(service_key(&provider)),
		"endpoints": endpoints,
		"bond": big(provider.bond),
		"currency": show_currency(&tallystick_primitives::CurrencyId::Native),
		"open_jobs": jobs,
		"offerings": offerings.iter().map(|offering| json!({
			"artifact": offering.artifact,
			"version": hex0x(offering.version),
			"share": show_share(offering.share),
			"min_deadline": offering.min_deadline,
			"active": offering.active,
		})).collect::<Vec<_>>(),
	});
	Ok(Report::new(text, json))
}

/// The open jobs of a provider.
async fn open_jobs(at: &At, who: &AccountId) -> Result<Vec<JobId>, Failure> {
	let open = chain::storage().inference().provider_jobs();
	let mut stored = at.storage().iter(open, (to_subxt(who),)).await.map_err(failed)?;
	let mut jobs = Vec::new();
	while let Some(entry) = stored.next().await {
		let entry = entry.map_err(failed)?;
		let (_, job) = entry.key().map_err(failed)?.decode().map_err(failed)?;
		jobs.push(job);
	}
	jobs.sort_unstable();
	Ok(jobs)
}
