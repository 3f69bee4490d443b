#!/usr/bin/env bash
# Measures the runtime's weights on this machine, and writes them to runtime/src/weights/.
#
#   scripts/weights.sh                    everything: a block, a transaction, ParityDB, all pallets
#   scripts/weights.sh pallet_credits …   these pallets; also `overhead` and `storage`
#   scripts/weights.sh constants          shows what costs the same, however much there is: prints
#   scripts/weights.sh blocks DIR FROM TO executes the blocks of a chain again (DIR is the KEEP of
#                                         scripts/bench.sh) and compares time and weight: prints
#
# STEPS and REPEAT say how thorough it is (50 and 20 by default), SECONDS_EACH how long each benchmark
# takes at least (2). Leave the machine alone meanwhile: what else runs is measured too. Everything is
# compiled once more, with the benchmarks in it; say what changed in the commit.

set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

readonly WEIGHTS=runtime/src/weights
readonly TEMPLATES=bench/weights/templates

STEPS=${STEPS:-50}
REPEAT=${REPEAT:-20}
SECONDS_EACH=${SECONDS_EACH:-2}

build() {
	unset SKIP_WASM_BUILD
	NODE=$CARGO_TARGET_DIR/release/tallystick
	# Everything is compiled with another feature: a folder of its own.
	export CARGO_TARGET_DIR=$CACHE_DIR/weights
	# A runtime of the SDK's own, which nothing here uses.
	export SKIP_FRAME_STORAGE_ACCESS_TEST_RUNTIME_WASM_BUILD=1
	cargo build --release --locked --manifest-path bench/weights/Cargo.toml
	RUNNER=$CARGO_TARGET_DIR/release/tallystick-weights
	RUNTIME=$CARGO_TARGET_DIR/release/wbuild/tallystick-runtime/tallystick_runtime.compact.compressed.wasm
}

# The pallets with benchmarks, one a line. The baseline only shows what the machine can do.
list_pallets() {
	"$RUNNER" pallet --runtime "$RUNTIME" --genesis-builder runtime --list=pallets --no-csv-header |
		grep -v '^frame_benchmarking$'
}

measure_pallet() {
	local pallet=$1 steps=$STEPS repeat=$REPEAT seconds=$SECONDS_EACH
	# Some of its benchmarks make thousands of items for each measurement, and nobody can make its calls.
	# Two steps are too few: what the first does not touch would be seen once.
	if [[ $pallet == pallet_nfts ]]; then
		steps=3 repeat=2 seconds=0
	fi
	say "weights of $pallet"
	"$RUNNER" pallet --runtime "$RUNTIME" --genesis-builder runtime \
		--pallet "$pallet" --extrinsic '*' --steps "$steps" --repeat "$repeat" \
		--min-duration "$seconds" --quiet \
		--template "$TEMPLATES/pallet.hbs" --output "$WEIGHTS/$pallet.rs" >/dev/null
}

# A block and a transaction that do nothing, in picoseconds.
measure_overhead() {
	local raw
	raw=$(mktemp -d)
	say 'weights of a block and of a transaction'
	"$RUNNER" overhead --runtime "$RUNTIME" --genesis-builder runtime \
		--warmup 10 --repeat 100 --weight-path "$raw" >/dev/null
	nanoseconds() {
		grep -o 'saturating_mul([0-9_]*)' "$raw/$1_weights.rs" | tr -dc '0-9'
	}
	cat >"$WEIGHTS/overhead.rs" <<END
//! What a block and a transaction cost before they do anything, measured by \`scripts/weights.sh\` on
//! $(date -u +%F).
//!
//! Not written by hand. Times are of the machine that measured, in picoseconds.

use frame_support::weights::Weight;

/// A block without transactions.
pub const BLOCK: Weight = Weight::from_parts($(($(nanoseconds block) * 1000)), 0);
/// A transaction that does nothing, with all its extensions and its signature.
pub const TRANSACTION: Weight = Weight::from_parts($(($(nanoseconds extrinsic) * 1000)), 0);
END
	rm -r "$raw"
}

# In batches of 10,000 keys, as many as a full block writes.
measure_storage() {
	local raw
	raw=$(mktemp -d)
	say 'weights of ParityDB'
	"$RUNNER" storage --base-path "$raw" --database paritydb --state-version 1 --warmups 1 \
		--batch-size 10000 \
		--template-path "$TEMPLATES/paritydb.hbs" --weight-path "$WEIGHTS/paritydb.rs" >/dev/null
	rm -r "$raw"
}

# Benchmarks that measure no weight, but show that one does not grow.
show_constants() {
	local of
	for of in pallet_royalties/deposit_with_ancestors pallet_inference/submit_receipt_of_many; do
		say "$of"
		"$RUNNER" pallet --runtime "$RUNTIME" --genesis-builder runtime --extra \
			--pallet "${of%/*}" --extrinsic "${of#*/}" --steps 2 --repeat 5 2>/dev/null |
			sed -n '/^Min Squares/,$p' | grep -E '^ *[0-9]+ |mean|^Reads|^Writes'
	done
}

show_blocks() {
	local spec
	spec=$(mktemp --suffix=.json)
	"$NODE" export-chain-spec --chain dev --raw >"$spec"
	"$RUNNER" block --chain "$spec" --base-path "$1/node" --from "$2" --to "$3" 2>&1 | grep -o 'Block .*'
	rm "$spec"
}

main() {
	case ${1:-} in
		-h | --help)
			sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
			return
			;;
	esac
	local what here=$PWD
	cd "$REPO_ROOT"
	setup_all build
	build
	case ${1:-} in
		constants)
			show_constants
			return
			;;
		blocks)
			show_blocks "$(cd "$here" && realpath -- "$2")" "$3" "$4"
			return
			;;
	esac
	if (($# == 0)); then
		# shellcheck disable=SC2046 # names of pallets have no spaces
		set -- overhead storage $(list_pallets)
	fi
	for what in "$@"; do
		case $what in
			overhead) measure_overhead ;;
			storage) measure_storage ;;
			*) measure_pallet "$what" ;;
		esac
	done
	# The SDK writes dates with the order of their parts.
	sed -i 's, (Y/M/D),,' "$WEIGHTS"/*.rs
	cargo fmt
}

main "$@"
