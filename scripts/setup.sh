#!/usr/bin/env bash
# Installs what Tallystick's build and tests need, where it is missing, and says what it does.
#
#   scripts/setup.sh            for building and testing
#   scripts/setup.sh --build    for building alone: no Node.js, Python, rustfmt or clippy
#
# What a shell must know afterwards is printed on stdout, all else on stderr:
#
#   eval "$(scripts/setup.sh)"
#
# Other scripts source this file, which only defines functions, and call `setup_all [build|test]`; it
# exports the same variables. On a machine that has everything it takes a fraction of a second.
#
# Made for Debian (bookworm or newer) and its relatives, with or without rustup. Elsewhere it works as
# long as the packages are there, and names those that are not.

SETUP_CALLER_PATH=$PATH

# shellcheck source-path=SCRIPTDIR source=lib/toolchain.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/toolchain.sh"

setup_all() {
	local extent=${1:-test}
	[[ -n ${HOME:-} ]] || die 'HOME is not set'
	CACHE_DIR=$HOME/.cache/tallystick
	mkdir -p "$CACHE_DIR"
	# Outside of the checkout, so that checkouts share the third-party crates.
	export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE_DIR/target}

	# Two set-ups at once would install the same things.
	local lock
	exec {lock}>"$CACHE_DIR/setup.lock"
	if ! flock --nonblock "$lock"; then
		say 'setup: waiting for another one to end'
		flock "$lock"
	fi
	ensure_packages "$extent"
	ensure_toolchain "$extent"
	ensure_wasm
	exec {lock}>&-
}

# All of the workspace, everywhere: a part of it would be built with other features.
build_workspace() {
	# With this set, the node would be built without a runtime.
	(unset SKIP_WASM_BUILD && cd "$REPO_ROOT" && cargo build --release --workspace --all-targets --locked)
}

# The exports, for a shell to evaluate.
print_environment() {
	local variable
	for variable in CARGO_TARGET_DIR WASM_BUILD_TOOLCHAIN; do
		if [[ -n ${!variable:-} ]]; then
			printf 'export %s=%q\n' "$variable" "${!variable}"
		else
			printf 'unset %s\n' "$variable"
		fi
	done
	if [[ $PATH != "$SETUP_CALLER_PATH" ]]; then
		printf 'export PATH=%q\n' "$PATH"
	fi
}

setup_main() {
	case ${1:-} in
		'') setup_all test ;;
		--build) setup_all build ;;
		-h | --help)
			sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
			return
			;;
		*) die "unknown argument: $1" 'see scripts/setup.sh --help' ;;
	esac
	print_environment
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
	set -euo pipefail
	setup_main "$@"
fi
