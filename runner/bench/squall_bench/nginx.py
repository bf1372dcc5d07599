"""nginx on one core, as target: it answers from memory, logs nothing but refusals, and counts."""

import re
import subprocess
import time
import urllib.request
from pathlib import Path

from . import machine, peers

CONFIGURATION = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log warn;
worker_rlimit_nofile 65536;
events {{ worker_connections 16384; }}
http {{
  log_format handshakes $ssl_session_reused;
  map $status $refused {{ 200 0; default 1; }}
  access_log {folder}/refused.log combined if=$refused;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  default_type text/plain; keepalive_requests {requests}; keepalive_timeout 75s; tcp_nodelay on;
  server {{
    listen {address}:{port}{speaks} backlog=4096 reuseport;
    {tls}
    location / {{ return 200 "hello, world\\n"; }}
    location /predict {{ default_type application/json; return 200 '{{"diagnosis":"clear","probability":0.12}}'; }}
  }}
  server {{ listen 127.0.0.1:{status}; location / {{ access_log off; stub_status; }} }}
}}
"""
TLS = """ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
    ssl_protocols TLSv1.3; ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256; ssl_session_tickets on;"""

HANDSHAKES = """
    access_log {folder}/handshakes.log handshakes buffer=64k flush=1s;"""


class Nginx:
    """A running nginx; a context manager that stops it."""

    def __init__(
        self,
        folder: Path,
        core: int,
        tls: bool = False,
        prefix: tuple[str, ...] = (),
        address: str = "127.0.0.1",
        closes: bool = False,
        http2: bool = False,
    ):
        """`closes`: it closes each connection after its answer, which says so. `http2`: it speaks nothing else without TLS."""
        program, self.version = peers.find("nginx")
        folder.mkdir(parents=True, exist_ok=True)
        self.certificate = _certificate(folder, address) if tls else None
        port, self._status = machine.free_port(), machine.free_port()
        settings = {"folder": folder, "address": address, "port": port, "status": self._status, "requests": 1 if closes else 10**9}
        secured = TLS.format(folder=folder) + (HANDSHAKES.format(folder=folder) if closes else "") if tls else ""
        speaks = (" ssl" if tls else "") + (" http2" if http2 else "")
        text = CONFIGURATION.format(**settings, tls=secured, speaks=speaks)
        (folder / "nginx.conf").write_text(text)
        self.url = f"{'https' if tls else 'http'}://{address}:{port}/"
        self._refused = folder / "refused.log"
        self._handshakes = folder / "handshakes.log"
        self._own_requests = 0
        command = [*prefix, *machine.pinned(core), program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
        command += ["-e", str(folder / "error.log")]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        self.pid = self._process.pid
        machine.put_ahead(self.pid)
        self._await_ready(folder / "error.log")

    def __enter__(self) -> "Nginx":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)

    def requests(self) -> int:
        """Requests that clients have sent since the start, by nginx's own count, without those for the count."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self._status}/", timeout=10) as answer:
            text = answer.read().decode()
        self._own_requests += 1
        return int(re.search(r"^ \d+ \d+ (\d+)", text, re.MULTILINE)[1]) - self._own_requests

    def refusals(self) -> int:
        """Answers with another status than 200 since the start."""
        return self._refused.read_bytes().count(b"\n")

    def handshakes(self) -> tuple[int, int]:
        """TLS handshakes since the start (full ones, resumed ones), where each request has a connection of its own."""
        time.sleep(1.5)  # until nginx has written what it holds back
        seen = self._handshakes.read_bytes()
        return seen.count(b".\n"), seen.count(b"r\n")

    def _await_ready(self, log: Path) -> None:
        until = time.monotonic() + 10
        while True:
            try:
                self.requests()
                return
            except OSError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"nginx does not start: {log.read_text() if log.exists() else 'no log'}") from None
                time.sleep(0.02)


def _certificate(folder: Path, address: str) -> Path:
    """An own certificate for the address: ECDSA on P-256, as most services have."""
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    command += ["-keyout", folder / "key.pem", "-out", folder / "certificate.pem", "-days", "2", "-subj", "/CN=target"]
    command += ["-addext", f"subjectAltName=IP:{address}"]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "certificate.pem"
