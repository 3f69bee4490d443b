#!/usr/bin/env bash
# Shows how long the blocks of a load run took to pack, and take to import: executed with all their
# checks, and written to a database of their own. docs/performance.md says what the figures mean.
#
#   KEEP=DIR scripts/bench.sh …       leaves a chain in DIR
#   scripts/imports.sh DIR            a line for each block with work in it: transactions, or an agenda
#
# Leave the machine alone meanwhile: what else runs is measured too. A block's import is measured from
# when the node begins with it until it has it, and one begins when another has ended. The chain has to
# be of the same build: another runtime's blocks belong to another genesis.

set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

case ${1:-} in
	-h | --help)
		sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
		exit
		;;
	'') die 'no folder is named' 'name the KEEP of a run of scripts/bench.sh' ;;
esac

readonly ADVICE='name the KEEP of a run of scripts/bench.sh'
CHAIN=$(CDPATH='' cd -- "$1" 2>/dev/null && pwd) || die "there is no folder $1" "$ADVICE"
[[ -f $CHAIN/node.log && -d $CHAIN/node ]] || die "$CHAIN has no chain and log of a node" "$ADVICE"

import() {
	local spec=$WORK/spec.json
	"$NODE" export-chain-spec --chain dev --raw >"$spec" 2>>"$WORK/log"
	"$NODE" export-blocks --chain "$spec" --base-path "$CHAIN/node" --binary "$WORK/blocks" \
		2>>"$WORK/log"
	"$NODE" import-blocks --chain "$spec" --base-path "$WORK/node" --binary "$WORK/blocks" \
		--detailed-log-output --log sync::import-queue=trace 2>"$WORK/import.log"
}

# "block, transactions, ms" of all that were packed, then "block, ms" of all that were imported. An empty block
# takes less than 20 ms.
show() {
	local packed='.*Prepared block for proposing at \([0-9]*\) (\([0-9]*\) ms).*extrinsics_count: \([0-9]*\).*'
	sed -n "s/$packed/packed \\1 \\3 \\2/p" "$CHAIN/node.log" >"$WORK/times"
	awk '
		function ms(time, part) {
			split(time, part, ":")
			return (part[1] * 3600 + part[2] * 60 + part[3]) * 1000
		}
		/Starting import of 1 blocks/ { begun = ms($2) }
		match($0, /Block imported successfully Some\([0-9]+\)/) {
			number = substr($0, RSTART + 33, RLENGTH - 34)
			# Past midnight it is a day less.
			print "imported", number, (ms($2) - begun + 86400000) % 86400000
		}' "$WORK/import.log" >>"$WORK/times"
	awk '
		$1 == "packed" { transactions[$2] = $3; packed[$2] = $4 }
		$1 == "imported" && (transactions[$2] > 1 || $3 > 20) {
			if (!lines++) printf "%8s %14s %12s %14s\n", "block", "transactions", "packed, ms", "imported, ms"
			printf "%8d %14d %12d %14.0f\n", $2, transactions[$2], packed[$2], $3
		}
		END { exit !lines }' "$WORK/times"
}

# What failed leaves its logs behind.
remove_work() {
	if [[ $1 != 0 && $1 != 130 ]]; then
		say "logs are in $WORK"
	else
		rm -rf "$WORK"
	fi
}

WORK=$(mktemp -d)
at_exit remove_work
setup_all build
step 'build' build_workspace
NODE=$CARGO_TARGET_DIR/release/tallystick
step 'import' import
show || die 'no block with work in it was found' "$ADVICE"
