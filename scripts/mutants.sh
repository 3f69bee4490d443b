#!/usr/bin/env bash
# Puts faults into the code that counts money, one at a time, and runs the tests of its pallet on each: a
# fault that no test finds is a test that is missing. Prints those that were missed, and what came of all.
#
#   scripts/mutants.sh                    ledger, credits, royalties, and the arithmetic of shares
#   scripts/mutants.sh ledger royalties   these pallets (`primitives` for the arithmetic)
#   scripts/mutants.sh --list credits     shows the faults, and runs nothing
#
# Those that docs/testing.md explains change nothing that could be seen: they are named in EXPLAINED below,
# and it fails where another one is missed. It needs cargo-mutants. Each fault compiles its pallet again:
# some ten seconds, so a pallet takes a quarter of an hour.

set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

# Lines of cargo-mutants' report without their place, each with its reason in docs/testing.md.
readonly EXPLAINED=(
)

pallets=()
list=''
for argument; do
	case $argument in
		-h | --help)
			sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
			exit
			;;
		--list) list=1 ;;
		-*) die "unknown argument: $argument" 'see scripts/mutants.sh --help' ;;
		*) pallets+=("$argument") ;;
	esac
done
((${#pallets[@]} > 0)) || pallets=(ledger credits royalties primitives)

cd "$REPO_ROOT"
have cargo-mutants || die 'there is no cargo-mutants' 'cargo install --locked cargo-mutants'

WORK=$(mktemp -d)
remove_work() {
	rm -rf "$WORK"
}
at_exit remove_work

# The runtime is the native one.
export SKIP_WASM_BUILD=1

# The arguments that choose a pallet's faults. Not in them: weights (measured), benchmarks, mocks, the
# invariants (tests/try_state.rs of each pallet breaks them one by one) and what only derives.
faults_of() {
	if [[ $1 == primitives ]]; then
		printf '%s\n' --package tallystick-primitives --file primitives/src/money.rs \
			--file primitives/src/tariff.rs
	else
		[[ -d pallets/$1 ]] || die "there is no pallet $1"
		printf '%s\n' --package "pallet-$1" \
			--exclude 'pallets/*/src/weights.rs' --exclude 'pallets/*/src/benchmarking.rs' \
			--exclude 'pallets/*/src/mock.rs' --exclude 'pallets/*/src/try_state.rs' \
			--exclude-re 'integrity_test' --exclude-re 'Hooks.*try_state'
	fi
}

is_explained() {
	local known
	for known in ${EXPLAINED[@]+"${EXPLAINED[@]}"}; do
		[[ $1 != *"$known" ]] || return 0
	done
	return 1
}

unexplained=0
for pallet in "${pallets[@]}"; do
	mapfile -t faults < <(faults_of "$pallet")
	((${#faults[@]} > 0)) || exit 1
	if [[ -n $list ]]; then
		cargo mutants --list "${faults[@]}"
		continue
	fi
	say "faults in $pallet"
	# Exit codes above 1 are what it found (2: missed, 3: timed out): the files say it better.
	cargo mutants "${faults[@]}" --output "$WORK/$pallet" --profile release --no-shuffle \
		--minimum-test-timeout 60 --colors never --cargo-arg=--locked -- --lib >"$WORK/log" 2>&1 ||
		(($? > 1)) || { cat "$WORK/log" >&2 && die "cargo-mutants could not run on $pallet"; }
	found=$WORK/$pallet/mutants.out
	[[ -e $found/caught.txt ]] || { cat "$WORK/log" >&2 && die "the tests of $pallet fail by themselves"; }
	printf '%-12s' "$pallet"
	for outcome in caught missed timeout unviable; do
		printf ' %s %d' "$outcome" "$(wc -l <"$found/$outcome.txt")"
	done
	printf '\n'
	while read -r fault; do
		if is_explained "$fault"; then
			printf '  missed, explained: %s\n' "$fault"
		else
			printf '  missed: %s\n' "$fault"
			unexplained=$((unexplained + 1))
		fi
	done < <(cat "$found/missed.txt")
	sed 's/^/  never ended: /' "$found/timeout.txt"
done
((unexplained == 0)) || die "$unexplained faults were missed by all tests"
