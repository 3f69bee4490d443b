# shellcheck shell=bash
# What every script here shares: saying things, failing, cleaning up, timing steps. Sourced, never run.
#
#   say TEXT                    one line on stderr
#   warn TEXT                   the same, as a warning
#   die TEXT [ADVICE]           says why, and what to do about it, and ends the script with 1
#   at_exit FUNCTION            runs FUNCTION when the script ends, however it ends; last in, first out
#   step NAME COMMAND [ARG...]  runs a command, says when it starts and what time it took
#   skip_step NAME WHY          notes a step that was left out
#   report_steps                prints the table of all steps
#
# Messages go to stderr: stdout belongs to what a script is asked for.

[[ -n ${TALLYSTICK_COMMON:-} ]] && return 0
TALLYSTICK_COMMON=1

REPO_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034 # used by the scripts that source this
readonly REPO_ROOT

if [[ -t 2 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
	BOLD=$'\e[1m' RED=$'\e[31m' YELLOW=$'\e[33m' GREEN=$'\e[32m' PLAIN=$'\e[0m'
else
	BOLD='' RED='' YELLOW='' GREEN='' PLAIN=''
fi
readonly BOLD RED YELLOW GREEN PLAIN

say() {
	printf '%s\n' "$*" >&2
}

warn() {
	say "${YELLOW}warning:${PLAIN} $*"
}

die() {
	say "${RED}error:${PLAIN} $1"
	if (($# > 1)); then
		say "       $2"
	fi
	exit 1
}

have() {
	command -v "$1" >/dev/null 2>&1
}

# --- cleaning up -----------------------------------------------------------------------------------

CLEANUPS=()

at_exit() {
	if ((${#CLEANUPS[@]} == 0)); then
		trap run_cleanups EXIT
		trap 'exit 129' HUP
		trap 'exit 130' INT
		trap 'exit 143' TERM
	fi
	CLEANUPS+=("$1")
}

# Keeps the script's own exit status. A second Ctrl-C does not interrupt the cleaning up.
run_cleanups() {
	local status=$? i
	trap - EXIT
	trap '' HUP INT TERM
	set +e
	for ((i = ${#CLEANUPS[@]} - 1; i >= 0; i--)); do
		"${CLEANUPS[i]}" "$status"
	done
	exit "$status"
}

# --- timed steps -----------------------------------------------------------------------------------

STEP_NAMES=()
STEP_RESULTS=()
STEP_RUNNING=''
STEP_STARTED=0

# 75 -> "1 min 15 s"
duration() {
	local seconds=$1
	if ((seconds < 60)); then
		printf '%d s' "$seconds"
	else
		printf '%d min %d s' $((seconds / 60)) $((seconds % 60))
	fi
}

# The command runs outside any condition, so that `set -e` holds inside of it; what fails in it ends
# the script, and the handler below says which step that was.
step() {
	local name=$1 took
	shift
	if ((${#STEP_NAMES[@]} == 0)); then
		at_exit report_failed_step
	fi
	say ''
	say "${BOLD}==> $name${PLAIN}"
	STEP_RUNNING=$name
	STEP_STARTED=$SECONDS
	"$@"
	STEP_RUNNING=''
	took=$(duration $((SECONDS - STEP_STARTED)))
	STEP_NAMES+=("$name")
	STEP_RESULTS+=("$took")
	say "${GREEN}    $name: $took${PLAIN}"
}

skip_step() {
	STEP_NAMES+=("$1")
	STEP_RESULTS+=("skipped: $2")
	say ''
	say "${BOLD}==> $1${PLAIN} skipped: $2"
}

report_failed_step() {
	local status=$1
	if [[ -n $STEP_RUNNING ]]; then
		say ''
		say "${RED}FAILED: $STEP_RUNNING${PLAIN} (exit code $status) after" \
			"$(duration $((SECONDS - STEP_STARTED)))"
	fi
}

report_steps() {
	local i
	for i in "${!STEP_NAMES[@]}"; do
		printf '%-34s %s\n' "${STEP_NAMES[i]}" "${STEP_RESULTS[i]}"
	done
	printf '%-34s %s\n' 'all' "$(duration "$SECONDS")"
}
