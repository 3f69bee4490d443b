#!/usr/bin/env bash
# Holds `tally verify` against `sha256sum` on all cores: how long each takes to hash a folder of random
# files, side by side, alternating, three times each. docs/provenance.md has what came out.
#
#   scripts/hashing.sh                     10 GiB
#   scripts/hashing.sh GIB                 so many
#
#   FILES=8                                into how many files they go
#   TMPDIR=DIR                             where the folder is made: it needs room for it
#
# Builds what is missing, starts a node with --dev on free ports of this machine, because `tally verify`
# asks one, and stops it whatever happens. The table is on stdout, everything else on stderr. All files
# are read before the first measurement, so that memory is measured and not the disk, as long as they fit
# into it. Leave the machine alone meanwhile, as what else runs is measured too.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$HERE/setup.sh"
# shellcheck source-path=SCRIPTDIR source=lib/processes.sh
source "$HERE/lib/processes.sh"

readonly ROUNDS=3

GIB=${1:-10}
FILES=${FILES:-8}

case ${1:-} in
	-h | --help)
		sed -n '2,/^set /s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" | sed '$d'
		exit
		;;
esac
[[ $GIB =~ ^[1-9][0-9]*$ ]] || die "$GIB is no number of GiB" 'see scripts/hashing.sh --help'
[[ $FILES =~ ^[1-9][0-9]*$ ]] || die "$FILES is no number of files" 'see scripts/hashing.sh --help'

WORK=$(mktemp -d)
MODEL=$WORK/model
CORES=$(nproc)

remove_work() {
	rm -rf "$WORK"
}

build() {
	# With this set, the node would be built without a runtime.
	unset SKIP_WASM_BUILD
	# All of the workspace, as everywhere: a part of it would be built with other features.
	(cd "$REPO_ROOT" && cargo build --release --workspace --all-targets --locked)
}

make_files() {
	local free i
	free=$(df --output=avail --block-size=1G "$WORK" | tail -n 1 | tr -d ' ')
	((free > GIB)) || die "$WORK has $free GiB free" 'free some, or name another folder with TMPDIR'
	mkdir "$MODEL"
	for ((i = 0; i < FILES; i++)); do
		head -c $((GIB * 1024 * 1024 * 1024 / FILES)) /dev/urandom >"$MODEL/$(printf '%04d' "$i").bin"
	done
	cat "$MODEL"/* >/dev/null
}

start_chain() {
	free_port RPC_PORT P2P_PORT
	start_process node "$WORK/node.log" "$BIN/tallystick" --dev --base-path "$WORK/node" \
		--rpc-port "$RPC_PORT" --port "$P2P_PORT" --no-prometheus --no-telemetry
	wait_for_http node "http://127.0.0.1:$RPC_PORT/health"
}

# --- what is measured ------------------------------------------------------------------------------

with_sha256sum() {
	find "$MODEL" -type f -print0 | xargs -0 -n 1 -P "$CORES" sha256sum >"$WORK/sums"
}

# Nobody claims these files: the answer is no, and that is no failure here.
with_tally() {
	local status=0
	"$BIN/tally" --url "ws://127.0.0.1:$RPC_PORT" --json verify "$MODEL" >"$WORK/verdict" || status=$?
	((status <= 1)) && grep --quiet '"digest"' "$WORK/verdict" ||
		die "tally ended with exit code $status" "$(cat "$WORK/verdict")"
}

# Puts the seconds that a command takes into a variable.
measure() {
	local -n seconds=$1
	local began=$EPOCHREALTIME
	"$2"
	# shellcheck disable=SC2034 # the caller's variable
	seconds=$(LC_ALL=C awk -v from="${began/,/.}" -v to="${EPOCHREALTIME/,/.}" \
		'BEGIN { printf "%.1f", to - from }')
}

# Both have hashed the same: SHA-256 over the raw digests, in the order of the names.
compare_digests() {
	local bytes root
	bytes=$(LC_ALL=C sort -k 2 "$WORK/sums" | cut -c 1-64 | tr -d '\n' | sed 's/../\\x&/g')
	root=$(printf '%b' "$bytes" | sha256sum | cut -c 1-64)
	grep --quiet "\"digest\": \"0x$root\"" "$WORK/verdict" ||
		die "the root digest is $root, and tally says another"
}

race() {
	local round first second sums=() tallies=()
	for ((round = 0; round < ROUNDS; round++)); do
		measure first with_sha256sum
		measure second with_tally
		say "sha256sum $first s, tally $second s"
		sums+=("$first")
		tallies+=("$second")
	done
	compare_digests
	printf '%s GiB in %s files, %s cores\n\n' "$GIB" "$FILES" "$CORES"
	printf '| with | seconds | as fast as sha256sum |\n|---|---|---|\n'
	printf '| sha256sum, %s at once | %s | 1 |\n' "$CORES" "${sums[*]}"
	printf '| tally verify | %s | %s |\n' "${tallies[*]}" \
		"$(ratio "${sums[*]}" "${tallies[*]}")"
}

# ratio SECONDS SECONDS: the sum of the first by that of the second.
ratio() {
	LC_ALL=C awk -v first="$1" -v second="$2" 'BEGIN {
		split(first, a, " ")
		for (i in a) x += a[i]
		split(second, b, " ")
		for (i in b) y += b[i]
		printf "%.2f", x / y
	}'
}

at_exit remove_work
setup_all build
step 'build' build
BIN=$CARGO_TARGET_DIR/release
step "$GIB GiB of random files" make_files
start_chain
step 'hashing' race
