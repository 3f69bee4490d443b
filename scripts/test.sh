#!/usr/bin/env bash
# Everything that has to hold before a change lands: set-up, formatting, lints, build, all tests, the
# clients of others, and the demonstration against a running chain.
#
#   scripts/test.sh            all of it
#   scripts/test.sh --quick    without the demonstration
#
# What is built goes to $CARGO_TARGET_DIR, by default ~/.cache/tallystick/target: checkouts share it,
# so that third-party crates are compiled once. From nothing, two cores take about an hour; later runs
# take minutes. It ends at the first failure, with a line that says which step that was.

set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source-path=SCRIPTDIR source=lib/processes.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/processes.sh"

# What a build from nothing writes, and what a later one needs at least.
readonly COLD_GIB=12
readonly WARM_GIB=2

# --- checks that need no build ---------------------------------------------------------------------

check_disk() {
	local free used=0 needed
	mkdir -p "$CARGO_TARGET_DIR"
	free=$(df --output=avail --block-size=1G "$CARGO_TARGET_DIR" | tail -n 1 | tr -d ' ')
	# Looking through a full target folder takes a while: only where it matters.
	if ((free < COLD_GIB)); then
		used=$(du --summarize --block-size=1G "$CARGO_TARGET_DIR" | cut -f 1)
	fi
	needed=$((COLD_GIB - used > WARM_GIB ? COLD_GIB - used : WARM_GIB))
	((free >= needed)) ||
		die "the disk of $CARGO_TARGET_DIR has $free GiB free, and $needed are needed" \
			'free some, or set CARGO_TARGET_DIR to a folder on another disk'
	say "$free GiB free for $CARGO_TARGET_DIR"
}

# forbid WHAT PATTERN ALLOWED PATHSPEC...: fails if a line of our files matches the pattern, and not
# the allowed one.
forbid() {
	local what=$1 pattern=$2 allowed=$3 found
	shift 3
	found=$(git grep --untracked -nIE -e "$pattern" -- "$@" | grep -vE -e "$allowed" || true)
	if [[ -n $found ]]; then
		say "$found"
		die "$what: the lines above"
	fi
}

# Nothing in the repository belongs to one machine, and packages come from the public registries.
check_repository() {
	local crates='"registry\+https://github\.com/rust-lang/crates\.io-index"'
	local npm='"https://registry\.npmjs\.org/'
	forbid 'paths of one machine' '(^|[^A-Za-z0-9_.~-])/(root|home|Users)/[A-Za-z]' '^$' .
	forbid 'crates from elsewhere' '^source = ' "$crates" '*Cargo.lock'
	forbid 'npm packages from elsewhere' '"resolved": ' "$npm" '*package-lock.json'
	forbid 'settings of a registry' '^registry *=|replace-with *=|--(extra-)?index-url' '^$' .
}

check_scripts() {
	local scripts
	mapfile -t scripts < <(git ls-files --cached --others --exclude-standard '*.sh' .ci/run)
	shellcheck --external-sources --severity=warning "${scripts[@]}"
}

# --- the story, and the client of others ---------------------------------------------------------

# What an unmodified @polkadot/api has to decode of the story.
readonly STORY_EVENTS=(
	registry.Registered registry.Published provenance.Anchored credits.PlanCreated credits.Bought
	providers.Registered providers.OfferingActive
	inference.Requested inference.ReceiptAccepted inference.Matured
	royalties.Deposited royalties.Split royalties.PaidOut
)

play_story() {
	(cd tests/polkadot-js && npm ci --no-audit --no-fund)
	scripts/demo.sh --check --then "node tests/polkadot-js/decode.mjs ${STORY_EVENTS[*]}"
}

# The same story with a server that shares nothing with ours.
play_story_elsewhere() {
	local other_port
	free_port other_port
	start_process other-server "$(mktemp)" python3 tests/other-server/server.py "$other_port"
	wait_for_http other-server "http://127.0.0.1:$other_port/"
	scripts/demo.sh --check --backend-url "http://127.0.0.1:$other_port/v1" --backend-model other >/dev/null
	stop_process other-server
}

# --- all -------------------------------------------------------------------------------------------

main() {
	local quick=''
	while (($# > 0)); do
		case $1 in
			--quick) quick=1 ;;
			-h | --help)
				sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
				return
				;;
			*) die "unknown argument: $1" 'see scripts/test.sh --help' ;;
		esac
		shift
	done
	cd "$REPO_ROOT"
	# With this set, the node would be built without a runtime.
	unset SKIP_WASM_BUILD

	step 'set-up' setup_all test
	step 'disk' check_disk
	if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
		step 'repository' check_repository
		if have shellcheck; then
			step 'scripts' check_scripts
		else
			skip_step 'scripts' 'there is no shellcheck'
		fi
	else
		skip_step 'repository and scripts' 'this is no git checkout'
	fi
	if have hadolint; then
		step 'Dockerfile' hadolint docker/Dockerfile
	fi

	if cargo fmt --version >/dev/null 2>&1; then
		step 'formatting' cargo fmt --all --check
	else
		skip_step 'formatting' 'there is no rustfmt'
	fi
	if have taplo; then
		step 'formatting of TOML' taplo fmt --check
	fi
	# The lints do not need the wasm.
	if cargo clippy --version >/dev/null 2>&1; then
		step 'lints' env SKIP_WASM_BUILD=1 \
			cargo clippy --release --workspace --all-targets --locked -- -D warnings
	else
		skip_step 'lints' 'there is no clippy'
	fi
	step 'build' build_workspace
	step 'tests' cargo test --release --workspace --locked

	if [[ -n $quick ]]; then
		skip_step 'the story, and polkadot-js on it' '--quick'
	else
		step 'the story, and polkadot-js on it' play_story
		step 'the story on another server' play_story_elsewhere
	fi

	say ''
	report_steps
	say "${GREEN}all passed${PLAIN}"
}

main "$@"
