# shellcheck shell=bash
# The Rust toolchain of rust-toolchain.toml and its wasm target, from rustup, or from Debian where
# rustup's server is out of reach. Sourced, never run.
#
#   ensure_toolchain build|test   the compiler, and with `test` rustfmt and clippy
#   ensure_wasm                   the target that the runtime is built for
#
# Both change PATH and WASM_BUILD_TOOLCHAIN as is needed, and export them.

[[ -n ${TALLYSTICK_TOOLCHAIN:-} ]] && return 0
TALLYSTICK_TOOLCHAIN=1

# shellcheck source-path=SCRIPTDIR source=debian-rust.sh
source "$(dirname "${BASH_SOURCE[0]}")/debian-rust.sh"

# The name under which rustup knows the folder of debian-rust.sh.
readonly LINKED_TOOLCHAIN=tallystick-wasm
# The first compiler with the wasm target.
readonly WASM_TARGET_SINCE=1.84
# How long rustup may try. Without a route to its server it would go on for many minutes.
readonly RUSTUP_SECONDS=900

# The toolchain's name and, once it is there, its sysroot; empty if Debian's is the whole toolchain.
CHANNEL=''
SYSROOT=''

# RUSTUP_TOOLCHAIN overrides the file, as it does for rustup.
find_channel() {
	CHANNEL=${RUSTUP_TOOLCHAIN:-}
	if [[ -z $CHANNEL ]]; then
		CHANNEL=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' "$REPO_ROOT/rust-toolchain.toml")
	fi
	[[ -n $CHANNEL ]] || die 'rust-toolchain.toml names no channel'
}

# The least version of another compiler that takes its place.
least_version() {
	if [[ $CHANNEL =~ ^[0-9]+\.[0-9.]+ ]]; then
		printf '%s\n' "${BASH_REMATCH[0]}"
	else
		printf '%s\n' "$WASM_TARGET_SINCE"
	fi
}

# rustup's proxies first in PATH, so that a cargo of the system does not stand before them.
find_rustup() {
	local bin=${CARGO_HOME:-$HOME/.cargo}/bin
	if [[ -x $bin/rustup && :$PATH: != *:$bin:* ]]; then
		export PATH=$bin:$PATH
	fi
	have rustup
}

# Sets SYSROOT if rustup has the toolchain.
find_sysroot() {
	SYSROOT=$(rustup run "$CHANNEL" rustc --print sysroot 2>/dev/null)
}

# rustup for what it downloads, with an end to its patience and no stack traces.
patient_rustup() {
	timeout "$RUSTUP_SECONDS" env RUST_BACKTRACE=0 rustup "$@" >&2
}

rust_server_answers() {
	local server=${RUSTUP_DIST_SERVER:-https://static.rust-lang.org}
	curl --fail --silent --location --max-time 20 --retry 2 --output /dev/null \
		"$server/dist/channel-rust-stable.toml.sha256"
}

# rustup itself: Debian's package where the release has one (it excludes Debian's own rustc), else the
# installer from rustup's server, checked against the digest beside it.
install_rustup() {
	if apt_offers rustup && ! have rustc && can_be_root; then
		say 'Rust: installing the package rustup'
		if apt_install rustup; then
			hash -r
			return
		fi
	fi
	local root=${RUSTUP_UPDATE_ROOT:-${RUSTUP_DIST_SERVER:-https://static.rust-lang.org}/rustup}
	local url folder
	url=$root/dist/$(uname -m)-unknown-linux-gnu/rustup-init
	say "Rust: installing rustup from $url"
	folder=$(mktemp -d)
	if ! run_rustup_init "$url" "$folder"; then
		rm -rf "$folder"
		die 'rustup could not be installed' 'install it by hand (https://rustup.rs), then start again'
	fi
	rm -rf "$folder"
	find_rustup || die 'rustup is installed, but not found'
}

run_rustup_init() {
	local url=$1 init=$2/rustup-init
	download "$url" "$init" && download "$url.sha256" "$init.sha256" || return 1
	if [[ $(cut -d ' ' -f 1 "$init.sha256") != "$(sha256sum "$init" | cut -d ' ' -f 1)" ]]; then
		warn "$url does not have the digest that is beside it"
		return 1
	fi
	chmod +x "$init"
	"$init" -y --quiet --no-modify-path --default-toolchain none --profile minimal >/dev/null
}

download() {
	curl --fail --silent --show-error --location --retry 3 --output "$2" "$1"
}

ensure_toolchain() {
	local extent=$1 components=()
	find_channel
	if [[ $extent == test ]]; then
		components=(--component rustfmt --component clippy)
	fi

	if find_rustup && find_sysroot; then
		ensure_components "$extent"
		say "Rust: $CHANNEL of rustup"
		return
	fi
	if debian_rust_ready; then
		use_debian_rust
		return
	fi
	if ! find_rustup && rust_server_answers; then
		install_rustup
	fi
	if find_rustup; then
		say "Rust: installing the toolchain $CHANNEL with rustup"
		# Asked for by name: RUSTUP_AUTO_INSTALL=0 in the environment does not matter then.
		if patient_rustup toolchain install "$CHANNEL" --no-self-update \
			--profile minimal ${components[@]+"${components[@]}"} && find_sysroot; then
			say "Rust: $CHANNEL of rustup"
			return
		fi
	fi
	say "Rust: rustup's server is out of reach: falling back to Debian's rustc-web"
	make_debian_rust "$(least_version)" '' whole
	use_debian_rust
}

# Only the tests need them, and a toolchain without them still builds: so a failure is a warning.
ensure_components() {
	if [[ $1 == test && ! (-x $SYSROOT/bin/cargo-fmt && -x $SYSROOT/bin/cargo-clippy) ]]; then
		say "Rust: adding rustfmt and clippy to $CHANNEL"
		patient_rustup component add --toolchain "$CHANNEL" rustfmt clippy ||
			warn 'rustup could not: the formatting and the lints cannot be checked here'
	fi
}

# Debian's as the whole toolchain. rustup, if there is one, is not asked any more.
use_debian_rust() {
	SYSROOT=''
	unset WASM_BUILD_TOOLCHAIN
	export PATH=$DEBIAN_RUST/bin:$PATH
	say "Rust: $(debian_rustc release) of Debian's rustc-web, from $DEBIAN_RUST" \
		"(remove that folder to look for rustup's server again)"
}

ensure_wasm() {
	if [[ -z $SYSROOT ]]; then
		say "wasm: $WASM_TARGET of Debian's rustc-web, built from rust-web-src"
		return
	fi
	if has_wasm_target "$SYSROOT"; then
		unset WASM_BUILD_TOOLCHAIN
		say "wasm: $WASM_TARGET of rustup"
		return
	fi
	if ! debian_rust_ready; then
		say "wasm: adding $WASM_TARGET to $CHANNEL with rustup"
		if patient_rustup target add --toolchain "$CHANNEL" "$WASM_TARGET"; then
			unset WASM_BUILD_TOOLCHAIN
			say "wasm: $WASM_TARGET of rustup"
			return
		fi
		say "wasm: rustup's server is out of reach: falling back to Debian's rustc-web"
		make_debian_rust "$WASM_TARGET_SINCE" "$SYSROOT" wasm
	fi
	link_debian_rust
	say "wasm: $WASM_TARGET of Debian's rustc-web, built from rust-web-src" \
		"(WASM_BUILD_TOOLCHAIN=$LINKED_TOOLCHAIN; remove $DEBIAN_RUST to ask rustup again)"
}

link_debian_rust() {
	local linked=${RUSTUP_HOME:-$HOME/.rustup}/toolchains/$LINKED_TOOLCHAIN
	if [[ $(readlink -f "$linked") != "$(readlink -f "$DEBIAN_RUST")" ]]; then
		rustup toolchain link "$LINKED_TOOLCHAIN" "$DEBIAN_RUST" >&2
	fi
	export WASM_BUILD_TOOLCHAIN=$LINKED_TOOLCHAIN
}
