"""A log of every request, for tests that ask the service what it received. Off by default.

REQUEST_LOG=/path writes it to that file, which GET /requests then returns; REQUEST_LOG=- writes it to standard
output. One JSON object for each request, written before the request's answer leaves:

    wallNanos      arrival, Unix time in nanoseconds
    arrivedNanos   arrival on the machine's monotonic clock (CLOCK_MONOTONIC; System.nanoTime() on Linux)
    repliedNanos   the answer's instant on the same clock
    worker         the process that answered
    method, path, query, status, userAgent
    headers        `traceparent` and those that start with `X-Squall-`, in that spelling
    body           as text, or `bodyBase64` where it is not UTF-8

A request that gunicorn itself refuses (not HTTP, say) never gets here.
"""

import base64
import fcntl
import io
import json
import os
import sys
import time

PATH = "/requests"  # returns the log, and is not in it


class RequestLog:
    """WSGI middleware. Make it before the workers fork: they share its lock, which the kernel frees if one dies."""

    def __init__(self, app, destination):
        self.app = app
        self.file = None if destination == "-" else destination
        self.lock = os.memfd_create("request-log")
        if self.file:
            self.out = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        else:
            self.out = sys.stdout.fileno()

    def __call__(self, environ, start_response):
        if self.file and environ["PATH_INFO"] == PATH:
            return self._serve(environ, start_response)
        line = {"wallNanos": time.time_ns(), "arrivedNanos": time.monotonic_ns()}
        body = _body(environ)
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        statuses = []

        def start(status, headers, exc_info=None):
            statuses.append(int(status.split()[0]))
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        answer = self.app(environ, start)
        line |= {
            "repliedNanos": time.monotonic_ns(),
            "worker": os.getpid(),
            "method": environ["REQUEST_METHOD"],
            "path": environ["PATH_INFO"].encode("latin-1").decode(errors="replace"),
            "query": environ.get("QUERY_STRING", ""),
            "status": statuses[-1],
            "userAgent": environ.get("HTTP_USER_AGENT", ""),
            "headers": _headers(environ),
        }
        try:
            line["body"] = body.decode()
        except UnicodeDecodeError:
            line["bodyBase64"] = base64.b64encode(body).decode()
        self._write(json.dumps(line, separators=(",", ":")).encode() + b"\n")
        return answer

    def _write(self, line):
        fcntl.lockf(self.lock, fcntl.LOCK_EX)  # the workers' lines, longer than a pipe's atomic write, must not mix
        try:
            while line:
                line = line[os.write(self.out, line) :]
        finally:
            fcntl.lockf(self.lock, fcntl.LOCK_UN)

    def _serve(self, environ, start_response):
        _body(environ)
        fcntl.lockf(self.lock, fcntl.LOCK_EX)
        try:
            size = os.stat(self.file).st_size
        finally:
            fcntl.lockf(self.lock, fcntl.LOCK_UN)
        start_response("200 OK", [("Content-Type", "application/jsonl"), ("Content-Length", str(size))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else _chunks(self.file, size)


def _chunks(path, size):
    with open(path, "rb") as file:
        while size and (chunk := file.read(min(size, 1 << 16))):
            size -= len(chunk)
            yield chunk


def _body(environ):
    if environ.get("wsgi.input_terminated"):  # gunicorn's: ends where the body does, chunked ones too
        return environ["wsgi.input"].read()
    return environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))


def _headers(environ):
    headers = {}
    for name, value in environ.items():
        if name.startswith("HTTP_X_SQUALL_"):
            headers["-".join(word.capitalize() for word in name.split("_")[1:])] = value
        elif name == "HTTP_TRACEPARENT":
            headers["traceparent"] = value
    return headers
