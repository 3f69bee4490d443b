#[cfg(feature = "std")]
fn main() {
	use_the_lock_file();
	let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
	#[cfg(feature = "metadata-hash")]
	let builder = builder.enable_metadata_hash("TLY", 12);
	builder.build();
}

/// Tells the wasm build where the workspace is. It looks for `Cargo.lock` above the target folder, which
/// may be anywhere; without the file it would take whatever versions are newest.
#[cfg(feature = "std")]
fn use_the_lock_file() {
	const HINT: &str = "WASM_BUILD_WORKSPACE_HINT";
	if std::env::var_os(HINT).is_none() {
		std::env::set_var(HINT, concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
	}
}

/// Inside the wasm build there is nothing more to build.
#[cfg(not(feature = "std"))]
fn main() {}
