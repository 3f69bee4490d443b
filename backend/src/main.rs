//! The `tallystick-backend` binary: the command line around the library.

use anyhow::Context;
use clap::Parser;
use std::{
	io::{IsTerminal, Write},
	path::PathBuf,
	time::Duration,
};
use tallystick_backend::{
	auth,
	auth::ApiKey,
	models::{Folders, Models},
	serve, App,
};
use tokio::{net::TcpListener, sync::watch};
use tracing_subscriber::EnvFilter;

/// How long requests under way may take after a signal to stop.
const GRACE: Duration = Duration::from_secs(10);

const EXAMPLE: &str = "\
Example:
  tallystick-backend --listen 127.0.0.1:8080 &
  curl http://127.0.0.1:8080/v1/chat/completions -H 'Content-Type: application/json' -d '{
    \"model\": \"tally-chat\",
    \"messages\": [{\"role\": \"user\", \"content\": \"What is a receipt?\"}]}'

The key that clients have to send comes from --api-key-file, or else from the environment variable
TALLYSTICK_BACKEND_API_KEY. Without either, everybody who can reach the address is served. RUST_LOG
sets what is logged (to standard error), for example RUST_LOG=debug.";

/// A small OpenAI-compatible inference server for development: a very small language model, and a
/// classifier behind the chat API, which is no medical device.
#[derive(Parser)]
#[command(version, after_help = EXAMPLE)]
struct Cli {
	/// Address and port to listen on. Port 0: any free one; the line that is printed says which
	#[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
	listen: String,
	/// Folder with config.json and model.safetensors, in place of the classifier compiled in. Then
	/// only a fine-tune named by --adapter-dir is served with it
	#[arg(long, value_name = "FOLDER")]
	model_dir: Option<PathBuf>,
	/// Folder with adapter_config.json and adapter.safetensors, in place of the fine-tune
	/// compiled in
	#[arg(long, value_name = "FOLDER")]
	adapter_dir: Option<PathBuf>,
	/// Folder with config.json, tokenizer.json and model.safetensors, in place of the language model
	/// compiled in
	#[arg(long, value_name = "FOLDER")]
	chat_dir: Option<PathBuf>,
	/// File that holds the bearer key which clients have to send
	#[arg(long, value_name = "FILE")]
	api_key_file: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
	let cli = Cli::parse();
	let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
	tracing_subscriber::fmt()
		.with_env_filter(filter)
		.with_ansi(std::io::stderr().is_terminal())
		.with_writer(std::io::stderr)
		.init();

	let key = ApiKey::load(cli.api_key_file.as_deref())?;
	let models = Models::load(Folders {
		model: cli.model_dir.as_deref(),
		adapter: cli.adapter_dir.as_deref(),
		chat: cli.chat_dir.as_deref(),
	})?;
	for model in models.iter() {
		tracing::info!(id = model.id(), digest = model.digest(), "serving");
	}
	let listener = TcpListener::bind(&cli.listen)
		.await
		.with_context(|| format!("cannot listen on {}", cli.listen))?;
	let address = listener.local_addr().context("cannot tell the address")?;
	match key {
		Some(_) => tracing::info!("clients need the bearer key"),
		None if address.ip().is_loopback() => {
			tracing::info!("no API key is set: every local client is served")
		}
		None => tracing::warn!(
			"no API key is set: everybody who can reach {address} is served; set {} or \
			 --api-key-file",
			auth::KEY_VARIABLE,
		),
	}

	let stop = stop_signal().context("cannot wait for signals")?;
	let (stopping, mut stopped) = watch::channel(());
	let server = serve(listener, App::new(models, key), async move {
		let signal = stop.await;
		tracing::info!(signal, "stopping");
		drop(stopping);
	});
	// A pipe that nobody reads any more is no reason not to serve.
	let mut out = std::io::stdout();
	let _ = writeln!(out, "tallystick-backend listening on http://{address}");
	let _ = out.flush();

	tokio::select! {
		result = server => result.context("the server failed"),
		() = async {
			// Ends in an error when the sender is dropped: that is the signal.
			let _ = stopped.changed().await;
			tokio::time::sleep(GRACE).await;
		} => {
			tracing::warn!("requests under way were cut off after {} s", GRACE.as_secs());
			Ok(())
		},
	}
}

/// Starts to listen for SIGINT and SIGTERM. What is returned waits for either and names it.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl std::future::Future<Output = &'static str>> {
	use tokio::signal::unix::{signal, SignalKind};
	let mut interrupt = signal(SignalKind::interrupt())?;
	let mut terminate = signal(SignalKind::terminate())?;
	Ok(async move {
		tokio::select! {
			_ = interrupt.recv() => "SIGINT",
			_ = terminate.recv() => "SIGTERM",
		}
	})
}

/// What is returned waits for Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl std::future::Future<Output = &'static str>> {
	Ok(async {
		if tokio::signal::ctrl_c().await.is_err() {
			std::future::pending::<()>().await;
		}
		"Ctrl-C"
	})
}
