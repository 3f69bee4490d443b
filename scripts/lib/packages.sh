# shellcheck shell=bash
# System packages: what is missing is found by what it provides, so that it does not matter where a
# tool came from, and is installed with apt where there is apt. Sourced, never run.

[[ -n ${TALLYSTICK_PACKAGES:-} ]] && return 0
TALLYSTICK_PACKAGES=1

# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# The oldest Node.js that the client tests run on.
readonly NODE_MAJOR=18

# A C and C++ compiler, make, and the Perl that OpenSSL's own build asks for.
has_compilers() {
	have cc && have c++ && have make && [[ -e /usr/include/stdio.h ]] &&
		perl -MFindBin -MIPC::Cmd -e 1 2>/dev/null
}

# What `python3 -m venv` needs: Debian keeps the half of it that installs pip apart.
has_venv() {
	have python3 && python3 -c 'import ensurepip, venv' 2>/dev/null
}

# Prints the packages that are missing, one a line. $1: `build`, or `test` for everything.
missing_packages() {
	has_compilers || echo build-essential
	have protoc || echo protobuf-compiler
	have pkg-config || echo pkg-config
	have git || echo git
	have curl || echo curl
	have jq || echo jq
	[[ -s /etc/ssl/certs/ca-certificates.crt ]] || echo ca-certificates
	if [[ $1 == test ]]; then
		have python3 || echo python3
		has_venv || echo python3-venv
		have openssl || echo openssl
		have node || echo nodejs
		have npm || echo npm
	fi
}

can_be_root() {
	((EUID == 0)) || { have sudo && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; }
}

as_root() {
	if ((EUID == 0)); then
		"$@"
	else
		sudo "$@"
	fi
}

# What apt and dpkg say is shown only if they fail. Nothing that is installed is ever removed to make
# room. Used in conditions, where `set -e` does not hold: so each command is tied to the next.
apt_install() {
	local log options=(-q -y -o DPkg::Lock::Timeout=300)
	can_be_root || die "this needs root, and there is no sudo that could be asked: apt-get install $*" \
		'run it as root, then start again'
	log=$(mktemp)
	if as_root apt-get "${options[@]}" update >"$log" 2>&1 &&
		as_root env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" \
			--no-install-recommends --no-remove install "$@" >>"$log" 2>&1; then
		rm "$log"
	else
		sed 's/^/    /' "$log" >&2
		rm "$log"
		return 1
	fi
}

# True if apt knows a version of the package.
apt_offers() {
	have apt-cache && [[ -n $(apt-cache madison "$1" 2>/dev/null) ]]
}

ensure_packages() {
	local missing major
	mapfile -t missing < <(missing_packages "$1")
	if ((${#missing[@]} > 0)); then
		have apt-get || die "missing: ${missing[*]} (names of Debian packages)" \
			'there is no apt-get here: install what provides them, then start again'
		say "packages: installing ${missing[*]}"
		apt_install "${missing[@]}" || die "apt could not install ${missing[*]}" \
			"install them by hand: apt-get install ${missing[*]}"
		hash -r
	fi
	if [[ $1 == test ]]; then
		major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
		((major >= NODE_MAJOR)) || die "Node.js $(node --version) is too old" \
			"install Node.js $NODE_MAJOR or newer"
	fi
	say 'packages: all there'
}
