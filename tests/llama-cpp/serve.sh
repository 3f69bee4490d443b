#!/usr/bin/env bash
# Serves backend/chat/ by llama.cpp, which shares no code with backend/, until Ctrl-C.
#
#   tests/llama-cpp/serve.sh [PORT]     [8000]
#
# What the first run installs and the model's file lie in $TALLYSTICK_LLAMA_CPP, by default
# ~/.cache/tallystick/llama-cpp.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
WORK=${TALLYSTICK_LLAMA_CPP:-${XDG_CACHE_HOME:-$HOME/.cache}/tallystick/llama-cpp}
PORT=${1:-8000}

if ! cmp --silent "$HERE/requirements.txt" "$WORK/requirements.txt"; then
	python3 -m venv "$WORK/venv"
	"$WORK/venv/bin/pip" install --only-binary :all: --requirement "$HERE/requirements.txt"
	cp "$HERE/requirements.txt" "$WORK/requirements.txt"
fi
"$WORK/venv/bin/python" "$HERE/gguf_of.py" "$WORK/tally-chat.gguf"
exec "$WORK/venv/bin/python" "$HERE/serve.py" "$WORK/tally-chat.gguf" "$PORT"
