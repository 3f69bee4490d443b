#!/usr/bin/env python3
"""Another OpenAI-compatible server, with nothing but Python's standard library.

It shares no code and no conventions with backend/: it needs no key, counts words, and answers how many
numbers it was sent. The story has to run on it as it runs on ours.

    server.py PORT
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(200, {"status": "ok"})

    def do_POST(self):
        request = json.loads(self.body())
        if self.path != "/v1/chat/completions" or request.get("stream"):
            self.answer(404, {"error": {"message": "no such thing here", "type": "invalid_request_error"}})
            return
        words = " ".join(message["content"] for message in request["messages"]).split()
        content = f"You sent {len(words)} words."
        self.answer(
            200,
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 0,
                "model": request["model"],
                "choices": [
                    {
                        "index": 0,
                        "message": {"role": "assistant", "content": content},
                        "finish_reason": "stop",
                    }
                ],
                "usage": {
                    "prompt_tokens": len(words),
                    "completion_tokens": len(content.split()),
                    "total_tokens": len(words) + len(content.split()),
                },
            },
        )

    def body(self):
        """The request's body, with a length or in chunks."""
        length = self.headers.get("Content-Length")
        if length is not None:
            return self.rfile.read(int(length))
        chunks = []
        while True:
            size = int(self.rfile.readline().strip(), 16)
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
            if size == 0:
                return b"".join(chunks)

    def answer(self, status, document):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nobody reads a log of this."""


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
