# shellcheck shell=bash disable=SC2034 # DEBIAN_RUST is for those who source this
# Rust from Debian's archive, for machines that cannot reach rustup's server. Sourced, never run.
#
# Debian keeps a recent compiler as rustc-web, cargo-web and rust-web-src, but has no library for the
# target wasm32v1-none. core, alloc and compiler_builtins are built from those sources, and put into a
# folder of our own that looks like a toolchain:
#
#   bin/rustc                        Debian's, told that this folder is its sysroot
#   bin/cargo, bin/rustdoc, …        links to Debian's
#   lib/rustlib/src, <host>/lib      links to Debian's
#   lib/rustlib/<host>/bin/rust-lld  a link to the linker: rustup's, or that of Debian's lld
#   lib/rustlib/wasm32v1-none/lib    what was built here
#
# Nothing is written outside of that folder. It serves two ways: linked into rustup it builds the
# runtime's wasm alone, and with its bin/ first in PATH it is the whole toolchain.
#
#   debian_rust_ready                      true if the folder is there; sets DEBIAN_RUST to it
#   make_debian_rust LEAST SYSROOT EXTENT  makes it; sets DEBIAN_RUST to it

[[ -n ${TALLYSTICK_DEBIAN_RUST:-} ]] && return 0
TALLYSTICK_DEBIAN_RUST=1

# shellcheck source-path=SCRIPTDIR source=packages.sh
source "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

readonly WASM_TARGET=wasm32v1-none

DEBIAN_RUST=''

# True if the toolchain with this sysroot has the library of the wasm target.
has_wasm_target() {
	compgen -G "$1/lib/rustlib/$WASM_TARGET/lib/libcore-*.rlib" >/dev/null
}

is_installed() {
	[[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# The folder is named after the package's version: a library fits the one compiler that built it, so
# an upgrade of Debian's compiler asks for a new folder.
debian_rust_dir() {
	local version
	version=$(dpkg-query --show --showformat='${Version}' rustc-web)
	printf '%s/debian-rust-%s\n' "$CACHE_DIR" "${version//[^A-Za-z0-9.]/-}"
}

# The file `complete` is written last. The linker is looked at again: it may have been a rustup's
# that is gone.
debian_rust_ready() {
	local dir linker
	have dpkg-query && is_installed rustc-web && is_installed cargo-web || return 1
	dir=$(debian_rust_dir)
	[[ -e $dir/complete ]] || return 1
	for linker in "$dir"/lib/rustlib/*/bin/rust-lld; do
		[[ -x $linker ]] || return 1
	done
	DEBIAN_RUST=$dir
}

# A field of Debian's `rustc -vV`: "release", "host" or "LLVM version".
debian_rustc() {
	/usr/bin/rustc -vV | sed -n "s/^$1: //p"
}

# LEAST: the oldest version that will do. SYSROOT: of a toolchain of rustup's, whose linker is used;
# may be empty. EXTENT: `whole` to have rustfmt and clippy too, else `wasm`.
make_debian_rust() {
	local least=$1 rustup_sysroot=$2 extent=$3 version host dir
	ensure_debian_compiler "$extent"
	version=$(debian_rustc release)
	host=$(debian_rustc host)
	if [[ $(printf '%s\n' "$least" "$version" | sort --version-sort | head -n 1) != "$least" ]]; then
		die "Debian's rustc-web is $version here, and $least is needed" \
			"turn on the archive's security updates, or let this machine reach rustup's server"
	fi
	dir=$(debian_rust_dir)
	say "Rust: building core and alloc of Debian's $version for $WASM_TARGET"
	rm -rf "$dir"
	lay_out_toolchain "$dir" "$host" "$rustup_sysroot"
	build_wasm_library "$dir"
	try_wasm_build "$dir"
	touch "$dir/complete"
	DEBIAN_RUST=$dir
}

ensure_debian_compiler() {
	local package missing=()
	for package in rustc-web cargo-web rust-web-src; do
		is_installed "$package" || missing+=("$package")
	done
	if ((${#missing[@]} > 0)); then
		apt_offers rustc-web || die "apt has no package rustc-web here" \
			'let this machine reach static.rust-lang.org, or install Rust with that target by hand'
		say "Rust: installing Debian's ${missing[*]}"
		apt_install "${missing[@]}" || die "apt could not install ${missing[*]}" \
			"Debian's rustc, cargo and rustup exclude them: is one of those installed?"
	fi
	if [[ $1 == whole && ! (-x /usr/bin/cargo-clippy && -x /usr/bin/cargo-fmt) ]]; then
		say "Rust: installing Debian's rust-web-clippy rustfmt-web"
		apt_install rust-web-clippy rustfmt-web ||
			warn 'apt could not: the formatting and the lints cannot be checked here'
	fi
}

lay_out_toolchain() {
	local dir=$1 host=$2 linker tool
	linker=$(find_linker "$host" "$3")
	mkdir -p "$dir/bin" "$dir/lib/rustlib/$host/bin" "$dir/lib/rustlib/$WASM_TARGET/lib"
	ln -s "/usr/lib/rustlib/$host/lib" "$dir/lib/rustlib/$host/lib"
	ln -s /usr/lib/rustlib/src "$dir/lib/rustlib/src"
	ln -s "$linker" "$dir/lib/rustlib/$host/bin/rust-lld"
	for tool in cargo rustdoc rustfmt cargo-fmt cargo-clippy clippy-driver; do
		if [[ -x /usr/bin/$tool ]]; then
			ln -s "/usr/bin/$tool" "$dir/bin/$tool"
		fi
	done
	cat >"$dir/bin/rustc" <<-WRAPPER
		#!/bin/sh
		exec /usr/bin/rustc --sysroot '$dir' "\$@"
	WRAPPER
	chmod +x "$dir/bin/rustc"
}

# rustup's own linker where there is one, else that of Debian's LLVM, of the compiler's version.
find_linker() {
	local host=$1 rustup_sysroot=$2 major linker
	linker=$rustup_sysroot/lib/rustlib/$host/bin/rust-lld
	if [[ -z $rustup_sysroot || ! -x $linker ]]; then
		major=$(debian_rustc 'LLVM version')
		major=${major%%.*}
		linker=/usr/lib/llvm-$major/bin/lld
		if [[ ! -x $linker ]]; then
			say "Rust: installing Debian's lld-$major"
			apt_install "lld-$major" || die "apt could not install lld-$major"
		fi
	fi
	printf '%s\n' "$linker"
}

# Debian's cargo with nothing of the caller's settings that would change what it builds.
debian_cargo() {
	local dir=$1
	shift
	env -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET -u RUSTC_WRAPPER -u RUSTC_WORKSPACE_WRAPPER \
		-u RUSTUP_TOOLCHAIN RUSTC="$dir/bin/rustc" CARGO_TARGET_DIR="$dir/build" "$@"
}

# An empty crate makes cargo build the library that it would link. With bitcode in it: the runtime is
# built with LTO.
build_wasm_library() {
	local dir=$1 crate=$1/build/library name
	mkdir -p "$crate/src"
	printf '#![no_std]\n' >"$crate/src/lib.rs"
	printf '[package]\nname = "library"\nedition = "2021"\n[workspace]\n' >"$crate/Cargo.toml"
	debian_cargo "$dir" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes /usr/bin/cargo build --quiet \
		-Z build-std=core,alloc --target "$WASM_TARGET" --release \
		--manifest-path "$crate/Cargo.toml" >&2
	for name in core alloc compiler_builtins; do
		cp "$dir/build/$WASM_TARGET/release/deps/lib$name"-*.rlib "$dir/lib/rustlib/$WASM_TARGET/lib/"
	done
	rm -rf "$dir/build"
}

# What the runtime asks for: a library without std, with an allocator, LTO, and no unwinding.
try_wasm_build() {
	local dir=$1 crate=$1/build/trial
	mkdir -p "$crate/src"
	cat >"$crate/Cargo.toml" <<-'MANIFEST'
		[package]
		name = "trial"
		edition = "2021"
		[lib]
		crate-type = ["cdylib"]
		[profile.release]
		panic = "abort"
		lto = true
		[workspace]
	MANIFEST
	cat >"$crate/src/lib.rs" <<-'LIBRARY'
		#![no_std]
		extern crate alloc;
		struct None;
		unsafe impl core::alloc::GlobalAlloc for None {
			unsafe fn alloc(&self, _: core::alloc::Layout) -> *mut u8 {
				core::ptr::null_mut()
			}
			unsafe fn dealloc(&self, _: *mut u8, _: core::alloc::Layout) {}
		}
		#[global_allocator]
		static ALLOCATOR: None = None;
		#[panic_handler]
		fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
			loop {}
		}
		#[no_mangle]
		pub extern "C" fn digits(n: u64) -> usize {
			alloc::format!("{n}").len()
		}
	LIBRARY
	debian_cargo "$dir" RUSTFLAGS= /usr/bin/cargo build --quiet --target "$WASM_TARGET" --release \
		--manifest-path "$crate/Cargo.toml" >&2
	[[ -s $dir/build/$WASM_TARGET/release/trial.wasm ]] || die "the new toolchain built no wasm"
	rm -rf "$dir/build"
}
