# shellcheck shell=bash
# Background processes of a script: start them, wait until they serve, stop them whatever happens.
# Sourced, never run.
#
#   free_port VARIABLE...                     puts a different free TCP port into each variable
#   start_process NAME LOG PROGRAM [ARG...]   in the background, output appended to LOG
#   process_id NAME                           prints its process id
#   process_runs NAME                         true while it does
#   wait_for_port NAME PORT [SECONDS]         until something listens on 127.0.0.1:PORT
#   wait_for_http NAME URL [SECONDS]          until URL answers with success
#   wait_for_log NAME PATTERN [SECONDS]       until its log has a line that matches (grep -E)
#   wait_for NAME WHAT SECONDS COMMAND...     until COMMAND succeeds: what the three above are made of
#   stop_process NAME [SIGNAL]                TERM unless told otherwise; KILL after 10 s
#   stop_all_processes                        runs by itself when the script ends
#
# A wait that fails ends the script with the reason (the process ended, or time is up) and the last
# lines of the process's log. Every process leads a session of its own: stopping it stops its children
# too, and a Ctrl-C reaches the script alone, which then stops everything in order.

[[ -n ${TALLYSTICK_PROCESSES:-} ]] && return 0
TALLYSTICK_PROCESSES=1

# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

readonly STOP_SECONDS=10
readonly LOG_LINES=40

PROCESS_NAMES=()
declare -A PROCESS_IDS=() PROCESS_LOGS=()
declare -A PORTS_GIVEN=()

# --- ports -----------------------------------------------------------------------------------------

port_open() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Below the kernel's range for outgoing connections (from 32768), so that none of these takes the port
# between now and its use.
free_port() {
	local variable port tries
	for variable in "$@"; do
		for ((tries = 0; ; tries++)); do
			((tries < 1000)) || die 'found no free TCP port between 20000 and 32767'
			port=$((20000 + RANDOM % 12768))
			if [[ -z ${PORTS_GIVEN[$port]:-} ]] && ! port_open "$port"; then
				break
			fi
		done
		PORTS_GIVEN[$port]=1
		printf -v "$variable" '%s' "$port"
	done
}

# --- starting --------------------------------------------------------------------------------------

start_process() {
	local name=$1 log=$2
	shift 2
	if process_runs "$name"; then
		die "$name runs already"
	fi
	if ((${#PROCESS_NAMES[@]} == 0)); then
		at_exit stop_all_processes
	fi
	mkdir -p "$(dirname "$log")"
	PROCESS_LOGS[$name]=$log
	forget_process "$name"
	PROCESS_NAMES+=("$name")
	setsid -- "$@" </dev/null >>"$log" 2>&1 &
	PROCESS_IDS[$name]=$!
	# setsid does not fork here, so this is the process's own id and becomes that of its group. Until
	# then it is a copy of this shell, and a signal would make it run this shell's handlers.
	while process_runs "$name" && ! kill -0 -- "-${PROCESS_IDS[$name]}" 2>/dev/null; do
		sleep 0.01
	done
	say "started $name (process ${PROCESS_IDS[$name]}, log $log)"
}

# A process that is started again takes its place at the end of the order.
forget_process() {
	local other kept=()
	for other in ${PROCESS_NAMES[@]+"${PROCESS_NAMES[@]}"}; do
		[[ $other == "$1" ]] || kept+=("$other")
	done
	PROCESS_NAMES=(${kept[@]+"${kept[@]}"})
}

process_id() {
	printf '%s\n' "${PROCESS_IDS[$1]:?no process $1}"
}

process_runs() {
	local id=${PROCESS_IDS[$1]:-}
	[[ -n $id ]] && kill -0 "$id" 2>/dev/null
}

# --- waiting ---------------------------------------------------------------------------------------

show_log() {
	local log=${PROCESS_LOGS[$1]:-}
	[[ -n $log && -f $log ]] || return 0
	say "--- last lines of $log"
	tail -n "$LOG_LINES" "$log" | sed 's/^/    /' >&2
	say '---'
}

wait_for() {
	local name=$1 what=$2 seconds=$3 started=$SECONDS status=0
	shift 3
	until "$@" >/dev/null 2>&1; do
		if ! process_runs "$name"; then
			wait "${PROCESS_IDS[$name]:?no process $name}" 2>/dev/null || status=$?
			show_log "$name"
			die "$name ended with exit code $status before $what"
		fi
		if ((SECONDS - started >= seconds)); then
			show_log "$name"
			die "$name runs, but $seconds s were not enough for $what"
		fi
		sleep 0.2
	done
}

wait_for_port() {
	wait_for "$1" "a listener on port $2" "${3:-60}" port_open "$2"
}

wait_for_http() {
	wait_for "$1" "an answer from $2" "${3:-60}" \
		curl --fail --silent --noproxy '*' --max-time 5 --output /dev/null "$2"
}

wait_for_log() {
	wait_for "$1" "a line like '$2' in its log" "${3:-60}" \
		grep --quiet --extended-regexp -e "$2" -- "${PROCESS_LOGS[$1]:?no process $1}"
}

# --- stopping --------------------------------------------------------------------------------------

signal_group() {
	kill -s "$2" -- "-${PROCESS_IDS[$1]}" 2>/dev/null || true
}

# Waits until the process is gone, and kills it, with what is left of its group, when time is up.
await_end() {
	local name=$1 deadline=$2 id=${PROCESS_IDS[$1]}
	while kill -0 "$id" && ((SECONDS < deadline)); do
		sleep 0.1
	done 2>/dev/null
	if kill -0 "$id" 2>/dev/null; then
		warn "$name did not stop within $STOP_SECONDS s: killing it"
	fi
	signal_group "$name" KILL
	wait "$id" 2>/dev/null || true
	unset "PROCESS_IDS[$name]"
}

stop_process() {
	local name=$1 signal=${2:-TERM}
	if process_runs "$name"; then
		signal_group "$name" "$signal"
		await_end "$name" $((SECONDS + STOP_SECONDS))
		say "stopped $name"
	fi
}

# All are asked at once, the newest first, and share one deadline.
stop_all_processes() {
	local i name deadline=$((SECONDS + STOP_SECONDS)) running=()
	for ((i = ${#PROCESS_NAMES[@]} - 1; i >= 0; i--)); do
		name=${PROCESS_NAMES[i]}
		if process_runs "$name"; then
			signal_group "$name" TERM
			running+=("$name")
		fi
	done
	for name in ${running[@]+"${running[@]}"}; do
		await_end "$name" "$deadline"
	done
	if ((${#running[@]} > 0)); then
		say "stopped ${running[*]}"
	fi
}
