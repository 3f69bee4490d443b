#!/usr/bin/env bash
# Starts a backend and a chain, and plays a story: a dataset, a model and an adapter are registered, use
# of the adapter is sold, three questions are asked and answered, and everyone in the lineage is paid.
#
#   scripts/demo.sh                   plays the story, then leaves the chain up until Ctrl-C
#   scripts/demo.sh --check           ends after the story; exit code 0 only if all of it held
#
#   --summary FILE                    writes what happened as JSON
#   --then COMMAND                    runs a shell command while the chain is up, with TALLY_URL set
#   --backend-url URL                 asks this OpenAI-compatible server instead of the one in backend/
#   --backend-model NAME              what that server calls the model        [breast-cancer-mlp-clinic]
#   --backend-key-file FILE           the bearer key of that server
#   --keep DIR                        keeps logs, answers and receipts in DIR
#   -h, --help
#
# Example: scripts/demo.sh --backend-url http://127.0.0.1:11434/v1 --backend-model llama3.2
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$HERE/setup.sh"
# shellcheck source-path=SCRIPTDIR source=lib/processes.sh
source "$HERE/lib/processes.sh"

CHECK='' SUMMARY='' THEN='' KEEP=''
BACKEND_URL='' BACKEND_MODEL=breast-cancer-mlp-clinic BACKEND_KEY_FILE=''

usage() {
	sed -n '2,/^set /s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" | sed '$d'
}

while (($# > 0)); do
	case $1 in
		--check) CHECK=1 ;;
		--summary | --then | --backend-url | --backend-model | --backend-key-file | --keep)
			(($# > 1)) || die "$1 needs a value" 'see scripts/demo.sh --help'
			case $1 in
				--summary) SUMMARY=$(realpath -m "$2") ;;
				--then) THEN=$2 ;;
				--backend-url) BACKEND_URL=$2 ;;
				--backend-model) BACKEND_MODEL=$2 ;;
				--backend-key-file) BACKEND_KEY_FILE=$2 ;;
				--keep) KEEP=$2 ;;
			esac
			shift
			;;
		-h | --help)
			usage
			exit
			;;
		*) die "unknown argument: $1" 'see scripts/demo.sh --help' ;;
	esac
	shift
done
if [[ -n $BACKEND_KEY_FILE && ! -r $BACKEND_KEY_FILE ]]; then
	die "cannot read the key file $BACKEND_KEY_FILE" 'name a file that holds the bearer key'
fi

# --- the stage -------------------------------------------------------------------------------------

WORK=${KEEP:-$(mktemp -d)}
mkdir -p "$WORK"
[[ -z $(ls -A "$WORK") ]] || die "$WORK is not empty" 'name another folder with --keep'
WORK=$(cd "$WORK" && pwd)

# What failed leaves its logs behind.
remove_work() {
	if [[ -n $KEEP || ($1 != 0 && $1 != 130) ]]; then
		say "logs, answers and receipts are in $WORK"
	else
		rm -rf "$WORK"
	fi
}

start_backend() {
	if [[ -n $BACKEND_URL ]]; then
		say "answers come from $BACKEND_URL"
		return
	fi
	free_port BACKEND_PORT
	BACKEND_KEY_FILE=$WORK/backend.key
	(umask 077 && head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$BACKEND_KEY_FILE")
	start_process backend "$WORK/backend.log" "$BIN/tallystick-backend" \
		--listen "127.0.0.1:$BACKEND_PORT" --api-key-file "$BACKEND_KEY_FILE"
	BACKEND_URL=http://127.0.0.1:$BACKEND_PORT/v1
	wait_for_http backend "http://127.0.0.1:$BACKEND_PORT/health"
}

start_chain() {
	if [[ -z $CHECK ]] && ! port_open 9944; then
		RPC_PORT=9944
	else
		free_port RPC_PORT
	fi
	free_port P2P_PORT
	{
		echo '[backends.story]'
		echo "base_url = \"$BACKEND_URL\""
		echo 'api = "chat-completions"'
		echo "model = \"$BACKEND_MODEL\""
		if [[ -n $BACKEND_KEY_FILE ]]; then
			echo "api_key_file = \"$(realpath "$BACKEND_KEY_FILE")\""
		fi
	} >"$WORK/inference.toml"
	"$BIN/tallystick" key insert --base-path "$WORK/node" --chain dev \
		--key-type tlys --scheme sr25519 --suri //Alice//service 2>>"$WORK/node.log"
	start_process node "$WORK/node.log" "$BIN/tallystick" --dev --base-path "$WORK/node" \
		--rpc-port "$RPC_PORT" --port "$P2P_PORT" --no-prometheus --no-telemetry \
		--inference-config "$WORK/inference.toml"
	wait_for_http node "http://127.0.0.1:$RPC_PORT/health"
	export TALLY_URL=ws://127.0.0.1:$RPC_PORT
	wait_for node 'a block' 60 has_block
}

has_block() {
	curl --fail --silent --noproxy '*' --max-time 5 -H 'Content-Type: application/json' \
		-d '{"id":1,"jsonrpc":"2.0","method":"chain_getHeader","params":[]}' \
		"http://127.0.0.1:$RPC_PORT" | jq -e '.result.number != "0x0"'
}

# --- the story -------------------------------------------------------------------------------------

scene() {
	printf '\n%s%s%s\n' "$BOLD" "$1" "$PLAIN"
}

# tally as a person would use it: NAME is the account that signs.
as() {
	local name=$1
	shift
	printf '%s\n' "\$ tally --account $name $*"
	TALLY_ACCOUNT=$name "$BIN/tally" "$@"
}

# The same for what the script needs to know: JSON, nothing printed.
ask() {
	"$BIN/tally" --json "$@"
}

# 30 measurements of a row of the data set, without its class.
row() {
	sed -n "$(($1 + 1))p" "$REPO_ROOT/backend/dataset/breast_cancer.csv" | sed 's/,[a-z]*$//; s/,/, /g'
}

# Changes the last byte of a file.
flip_byte() {
	local last
	last=$(tail -c 1 "$1" | od -An -tu1)
	truncate -s -1 "$1"
	# shellcheck disable=SC2059 # the format is the byte
	printf "\\x$(printf '%02x' $(((last + 1) % 256)))" >>"$1"
}

play() {
	cd "$REPO_ROOT"
	scene 'Dave has a dataset. He registers it: an NFT that can earn.'
	as //Dave artifact register --kind dataset --metadata scripts/story/dataset.json --licence CC-BY-4.0
	as //Dave artifact publish --artifact 0 backend/dataset --format csv \
		--manifest "$WORK/dataset.manifest.json"

	scene 'Bob trained a model on it. 5 % of what it earns is for the dataset.'
	as //Bob artifact register --kind model --metadata scripts/story/model.json --licence Apache-2.0 \
		--parent 0:trained-on:5%
	as //Dave artifact confirm --child 1 --parent 0
	as //Bob artifact publish --artifact 1 backend/model --format safetensors \
		--manifest "$WORK/model.manifest.json"

	scene 'Charlie fine-tuned it with help from Ferdie: 20 % go upstream, 10 % to Ferdie. He sells its use.'
	as //Charlie artifact register --kind adapter --metadata scripts/story/adapter.json \
		--licence Apache-2.0 --parent 1:fine-tuned-from:20% --contributor //Ferdie:10%
	as //Charlie artifact publish --artifact 2 backend/adapter --format safetensors \
		--manifest "$WORK/adapter.manifest.json"
	as //Charlie plan create --artifact 2 --price 0.1TLY --per-call 1 --per-1k-input 20 \
		--per-1k-output 100 --name 'Clinic classifier' --symbol CLINIC
	PLAN=$(ask artifact show 2 | jq -r '.plans[0].plan')

	scene 'Alice has a node and a backend. She answers for 30 % of each call; Charlie accepts.'
	as //Alice provider register --service-suri //Alice//service \
		--endpoint "http://127.0.0.1:$RPC_PORT"
	as //Alice provider offer --artifact 2 --share 30% --min-deadline 3
	as //Charlie provider accept --artifact 2 --provider //Alice --share 30% --min-deadline 3

	scene 'Eve buys 100 credits, and gives all her other money away. She needs none to ask.'
	as //Eve credits buy --plan "$PLAN" --units 100
	as //Eve transfer --to //Dave --all

	scene 'Eve asks three questions. Each answer has a receipt, checked against every byte.'
	local i
	for i in 1 2 3; do
		as //Eve infer --plan "$PLAN" --provider //Alice --question "$(row $((i * 20)))" \
			--temperature 0 --max-tokens 64 --max-units 30 --save "$WORK/answer-$i"
		as //Eve receipt verify "$WORK/answer-$i"
	done

	scene 'Is this the model that Bob published? With one byte changed, it is not.'
	as //Eve verify backend/model --manifest "$WORK/model.manifest.json" --by //Bob
	cp -r backend/model "$WORK/forged"
	flip_byte "$WORK/forged/model.safetensors"
	local status=0
	as //Eve verify "$WORK/forged" --manifest "$WORK/model.manifest.json" --by //Bob \
		>"$WORK/forged.txt" || status=$?
	cat "$WORK/forged.txt"
	if [[ $status != 1 ]] || ! grep -q 'model.safetensors' "$WORK/forged.txt"; then
		die 'the forged model was not found out, or the file that differs was not named'
	fi

	scene 'When the dispute windows are over, everybody is paid.'
	wait_for node 'the money to mature' 120 everything_matured
	as //Charlie royalties show 2
	as //Eve credits balance --plan "$PLAN"

	scene 'Every unit and every planck: who held, who paid, who earned.'
	"$BIN/tally" audit --from 0
	ask audit --from 0 >"$WORK/summary.json"
	check_summary
	if [[ -n $SUMMARY ]]; then
		cp "$WORK/summary.json" "$SUMMARY"
		say "what happened is in $SUMMARY"
	fi
}

# All that was charged has been split, down to the dataset: what is pending is less than a hundredth of
# what a unit costs.
everything_matured() {
	local charged deposited artifact
	charged=$(ask audit --from 0 | jq '[.jobs[].units_charged | tonumber] | add')
	deposited=$(ask royalties show 2 | jq -r '.earned[0].deposited // "0"')
	# A unit costs 100,000,000,000 plancks, of which the protocol takes 1 %.
	[[ $deposited == "$((charged * 99000000000))" ]] || return 1
	for artifact in 0 1 2; do
		ask royalties show "$artifact" | jq -e 'all(.earned[]; (.pending | tonumber) < 1000000000)' || return 1
	done
	# Nobody waits for a payout either.
	ask royalties show 2 --of //Alice --of //Bob --of //Dave |
		jq -e 'all(.claimable[]; (.amount | tonumber) < 1000000000)'
}

# What the story promises, of what the chain says happened.
check_summary() {
	local summary=$WORK/summary.json
	promise() {
		jq -e "$2" "$summary" >/dev/null || die "the story did not hold: $1" "see $summary"
	}
	promise 'three questions, three receipts' '.jobs | length == 3'
	promise 'a receipt takes at most 3 blocks' 'all(.jobs[]; .receipt_block - .request_block <= 3)'
	promise 'charges within what was held' \
		'all(.jobs[]; (.units_charged | tonumber) <= (.units_held | tonumber) and (.units_charged | tonumber) > 0)'
	promise 'Eve has no native tokens left' '.accounts["//Eve"].TLY.after == "0"'
	promise 'everybody in the lineage earned' \
		'[.accounts["//Alice", "//Bob", "//Charlie", "//Dave", "//Ferdie"].TLY.changes.earned] | all(. != null)'
	promise 'all changes sum to zero' '.sum_of_changes == 0 and (.unexplained | length == 0)'
}

# --- all of it -------------------------------------------------------------------------------------

at_exit remove_work
setup_all build
step 'build' build_workspace
BIN=$CARGO_TARGET_DIR/release
start_backend
start_chain
step 'the story' play
if [[ -n $THEN ]]; then
	step "$THEN" bash -c "$THEN"
fi
if [[ -n $CHECK ]]; then
	say "${GREEN}the story held${PLAIN}"
	exit
fi
cat <<END

The chain is up. Look around:
  https://polkadot.js.org/apps/?rpc=$TALLY_URL#/explorer
  tally --url $TALLY_URL artifact list
Ctrl-C stops everything.
END
wait_for node 'Ctrl-C' 31536000 false
