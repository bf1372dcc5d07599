"""A second network namespace, joined to this one by a veth pair: connections cross a real device, not loopback."""

import os
import subprocess

from .load import Unavailable

# From 198.18.0.0/15, which RFC 2544 sets aside for benchmarks.
HERE, THERE, BITS = "198.18.77.1", "198.18.77.2", 30


class Namespace:
    """A context manager that makes the namespace and removes it; needs root."""

    address = HERE

    def __init__(self) -> None:
        self._name = f"squall-bench-{os.getpid()}"
        self._link = f"sqb{os.getpid() % 100_000}"
        self.prefix = ("ip", "netns", "exec", self._name)
        """Command line before a command that is to run in the namespace."""

    def __enter__(self) -> "Namespace":
        if os.geteuid() != 0:
            raise Unavailable("a second network namespace needs root")
        self._ip("netns", "add", self._name)
        try:
            self._ip("link", "add", self._link, "type", "veth", "peer", "name", "target", "netns", self._name)
            self._ip("address", "add", f"{HERE}/{BITS}", "dev", self._link)
            self._ip("link", "set", self._link, "up")
            self._ip("-n", self._name, "address", "add", f"{THERE}/{BITS}", "dev", "target")
            for device in ("lo", "target"):
                self._ip("-n", self._name, "link", "set", device, "up")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._ip("netns", "delete", self._name)  # its end of the pair goes with it, and so does ours

    @staticmethod
    def _ip(*arguments: str) -> None:
        done = subprocess.run(["ip", *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"ip {' '.join(arguments)}: {done.stderr.strip()}")
