#!/usr/bin/env bash
# Serves backend/chat/ by llama.cpp, which shares no code with backend/.
#
#   tests/llama-cpp/serve.sh [PORT]     [8000]
#
# The first run builds llama-cpp-python, which takes a compiler and some minutes; what it makes lies in
# $TALLYSTICK_LLAMA_CPP, by default ~/.cache/tallystick/llama-cpp.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
WORK=${TALLYSTICK_LLAMA_CPP:-${XDG_CACHE_HOME:-$HOME/.cache}/tallystick/llama-cpp}
PORT=${1:-8000}

if ! cmp --silent "$HERE/requirements.txt" "$WORK/requirements.txt"; then
	python3 -m venv "$WORK/venv"
	"$WORK/venv/bin/pip" install --requirement "$HERE/requirements.txt"
	cp "$HERE/requirements.txt" "$WORK/requirements.txt"
fi
"$WORK/venv/bin/python" "$HERE/gguf_of.py" "$WORK/tally-chat.gguf"
exec "$WORK/venv/bin/python" -m llama_cpp.server --host 127.0.0.1 --port "$PORT" \
	--model "$WORK/tally-chat.gguf" --model_alias tally-chat --n_ctx 512 --chat_format chatml
