#!/usr/bin/env bash
# How many lines of the pallets that handle money their own tests reach: a table, a pallet a line. Tests,
# mocks and benchmarks do not count, and neither does what the tests of other pallets reach.
#
#   scripts/coverage.sh                    ledger, credits, royalties, providers, inference
#   scripts/coverage.sh ledger registry    these pallets
#   scripts/coverage.sh --lines ledger     the numbers of the lines that no test reaches, too
#
# It fails where a pallet has less than MIN percent (90 by default). It needs cargo-llvm-cov and the LLVM
# tools of the toolchain. Everything is compiled once more, into llvm-cov-target in the target folder.

set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

readonly MIN=${MIN:-90}
pallets=()
lines=''

for argument; do
	case $argument in
		-h | --help)
			sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
			exit
			;;
		--lines) lines=1 ;;
		-*) die "unknown argument: $argument" 'see scripts/coverage.sh --help' ;;
		*) pallets+=("$argument") ;;
	esac
done
((${#pallets[@]} > 0)) || pallets=(ledger credits royalties providers inference)

cd "$REPO_ROOT"
have cargo-llvm-cov || die 'there is no cargo-llvm-cov' 'cargo install --locked cargo-llvm-cov'
[[ -n $(find "$(rustc --print sysroot)" -name llvm-profdata -print -quit) ]] ||
	die 'the toolchain has no LLVM tools' 'rustup component add llvm-tools'
have jq || die 'there is no jq' 'scripts/setup.sh installs it'

# The runtime is the native one.
export SKIP_WASM_BUILD=1
WORK=$(mktemp -d)
remove_work() {
	rm -rf "$WORK"
}
at_exit remove_work

# A test that was built of other sources would be counted beside the new one.
cargo llvm-cov clean --workspace 2>"$WORK/log"

too_few=''
printf '%-12s %7s %9s %9s\n' pallet lines reached percent
for pallet in "${pallets[@]}"; do
	[[ -d pallets/$pallet ]] || die "there is no pallet $pallet"
	# What other tests reached is forgotten, what was compiled is kept.
	cargo llvm-cov clean --profraw-only 2>"$WORK/log"
	cargo llvm-cov --no-clean --release --locked --lib --package "pallet-$pallet" \
		--json --output-path "$WORK/report.json" >"$WORK/log" 2>&1 || {
		cat "$WORK/log" >&2
		die "the tests of $pallet fail"
	}
	read -r count covered < <(jq --raw-output --arg ours "/pallets/$pallet/src/" '
		[.data[].files[]
			| select(.filename | contains($ours) and (test("/src/(tests/|mock|benchmarking)") | not))
			| .summary.lines]
		| "\(map(.count) | add) \(map(.covered) | add)"' "$WORK/report.json")
	printf '%-12s %7d %9d %9s\n' "$pallet" "$count" "$covered" \
		"$(awk "BEGIN { printf \"%.1f\", 100 * $covered / $count }")"
	if ((covered * 100 < count * MIN)); then
		too_few+=" $pallet"
	fi
	if [[ -n $lines ]]; then
		cargo llvm-cov report --release --show-missing-lines 2>"$WORK/log" |
			sed -n "s|^.*/\(pallets/$pallet/src/.*\.rs: .*\)|  \1|p" |
			grep -vE '/src/(tests/|mock|benchmarking)' || true
	fi
done
[[ -z $too_few ]] || die "less than $MIN %:$too_few"
