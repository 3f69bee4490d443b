#!/usr/bin/env bash
# The long run of random sequences: all calls of ledger, credits, royalties, registry, providers and
# inference, by fifty accounts, on the whole runtime. After each step all invariants hold, and every balance
# is what a model in exact arithmetic says. Where they do not, it prints the shortest sequence it finds.
#
#   scripts/sequences.sh              100,000 steps on lineages up to 64 artifacts, and 1,000 at 1,024
#   scripts/sequences.sh --seed 7     other sequences
#
# Every argument goes to both runs, after their own: `--steps N`, `--length N` and `--artifacts N` change
# both. `scripts/sequences.sh --help` says what they mean. Set CARGO_TARGET_DIR to build elsewhere.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The runtime is the native one.
export SKIP_WASM_BUILD=1
sequences=(cargo run --release --locked --quiet -p tallystick-sequences --)

case ${1:-} in
	-h | --help)
		sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
		exec "${sequences[@]}" --help
		;;
esac
"${sequences[@]}" --artifacts 64 --steps 100000 "$@"
"${sequences[@]}" --artifacts 1024 --steps 1000 --length 500 "$@"
