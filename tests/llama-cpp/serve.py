#!/usr/bin/env python3
"""Serves a GGUF file by llama.cpp's own HTTP server until SIGINT or SIGTERM.

    serve.py FILE PORT
"""

import signal
import sys

import xllamacpp

path, port = sys.argv[1:]
stop = {signal.SIGINT, signal.SIGTERM}
# Before the server starts its threads, which keep what is blocked here.
signal.pthread_sigmask(signal.SIG_BLOCK, stop)

params = xllamacpp.CommonParams()
params.model.path = path
params.model_alias = {"tally-chat"}
params.offline = True
params.n_ctx = 512
params.n_parallel = 1
params.cpuparams.n_threads = 1
params.hostnames = ["127.0.0.1"]
params.port = int(port)
server = xllamacpp.Server(params)
print(f"llama.cpp listening on {server.listening_address}", flush=True)
signal.sigwait(stop)
