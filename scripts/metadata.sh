#!/bin/sh
# Writes cli/metadata/tallystick.scale anew from the runtime. Run it after a change of calls, storage,
# events, errors or the spec version, and commit the file: `tally` is built from it.
set -eu
cd "$(dirname "$0")/.."
UPDATE_METADATA=1 SKIP_WASM_BUILD=1 cargo test --release -p tallystick-tests --test metadata
ls -l cli/metadata/tallystick.scale
