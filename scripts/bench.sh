#!/usr/bin/env bash
# Puts load on a development chain, and prints what it made of it: transfers, purchases and jobs a
# second, and how many blocks they take. docs/performance.md says what the figures mean.
#
#   scripts/bench.sh                       all phases, with the defaults of tallystick-load
#   scripts/bench.sh --jobs 500 --json     arguments go to tallystick-load (see its --help)
#
#   POOL=type                              the node's transaction pool: single-state or fork-aware
#   KEEP=DIR                               keeps the node's database and log in DIR
#
# Builds what is missing, starts a node with --dev on free ports of this machine, and stops it whatever
# happens. The figures are on stdout, everything else on stderr. It takes about three minutes once all
# is built; leave the machine alone meanwhile, as what else runs is measured too.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$HERE/setup.sh"
# shellcheck source-path=SCRIPTDIR source=lib/processes.sh
source "$HERE/lib/processes.sh"

# Room in the pool: more than the load's largest window.
readonly POOL_LIMIT=120000
readonly POOL_KBYTES=262144
# Blocks full of transfers have events of some megabytes.
readonly RESPONSE_MIB=64

POOL=${POOL:-fork-aware}
KEEP=${KEEP:-}

case ${1:-} in
	-h | --help)
		sed -n '2,/^set /s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" | sed '$d'
		exit
		;;
esac

WORK=${KEEP:-$(mktemp -d)}
mkdir -p "$WORK"
[[ -z $(ls -A "$WORK") ]] || die "$WORK is not empty" 'name another folder with KEEP'
WORK=$(cd "$WORK" && pwd)

# What failed leaves its log behind.
remove_work() {
	if [[ -n $KEEP || ($1 != 0 && $1 != 130) ]]; then
		say "the node's database and log are in $WORK"
	else
		rm -rf "$WORK"
	fi
}

# The worker of the node asks a backend inside of the tool, which answers at once.
start_chain() {
	free_port RPC_PORT P2P_PORT BACKEND_PORT
	cat >"$WORK/inference.toml" <<-END
		[backends.instant]
		base_url = "http://127.0.0.1:$BACKEND_PORT/v1"
		api = "chat-completions"
		model = "instant"
		concurrency = 1024
		[store]
		max_bytes = 4294967296
	END
	"$BIN/tallystick" key insert --base-path "$WORK/node" --chain dev \
		--key-type tlys --scheme sr25519 --suri //Alice//service 2>>"$WORK/node.log"
	# Without the worker's two lines for each job: writing them is load too.
	start_process node "$WORK/node.log" "$BIN/tallystick" --dev --base-path "$WORK/node" \
		--rpc-port "$RPC_PORT" --port "$P2P_PORT" --no-prometheus --no-telemetry \
		--log inference-worker=warn \
		--pool-type "$POOL" --pool-limit "$POOL_LIMIT" --pool-kbytes "$POOL_KBYTES" \
		--rpc-max-connections 200 --rpc-max-response-size "$RESPONSE_MIB" \
		--inference-config "$WORK/inference.toml"
	wait_for_http node "http://127.0.0.1:$RPC_PORT/health"
}

at_exit remove_work
setup_all build
step 'build' build_workspace
BIN=$CARGO_TARGET_DIR/release
start_chain
step 'load' "$BIN/tallystick-load" --url "http://127.0.0.1:$RPC_PORT" \
	--backend "127.0.0.1:$BACKEND_PORT" "$@"
