"""A memory cgroup, version 2 or 1: what a pod's limit is, and the most that was used, sockets' buffers included."""

import os
import subprocess
from pathlib import Path

from .load import Unavailable

ROOT = Path("/sys/fs/cgroup")


class MemoryCgroup:
    """A context manager that makes the cgroup with a limit, and removes it; needs root."""

    def __init__(self, limit_bytes: int):
        self._limit = limit_bytes
        self._v1 = not (ROOT / "cgroup.controllers").exists()
        parent = ROOT / "memory" if self._v1 else ROOT
        self._folder = parent / f"squall-bench-{os.getpid()}"

    def __enter__(self) -> "MemoryCgroup":
        try:
            if not self._v1:
                (self._folder.parent / "cgroup.subtree_control").write_text("+memory")
            self._folder.mkdir()
            self._file("memory.limit_in_bytes", "memory.max").write_text(str(self._limit))
        except OSError as reason:
            self.__exit__()
            raise Unavailable(f"a memory cgroup cannot be made here: {reason}") from None
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder.exists():
            self._folder.rmdir()

    @property
    def prefix(self) -> list[str]:
        """Command line before a command that is to run in it."""
        return ["sh", "-c", 'echo $$ > "$0/cgroup.procs" && exec "$@"', str(self._folder)]

    def peak(self) -> int:
        """Most bytes used at a time since the start."""
        return int(self._file("memory.max_usage_in_bytes", "memory.peak").read_text())

    def _file(self, v1: str, v2: str) -> Path:
        return self._folder / (v1 if self._v1 else v2)


def descriptors(count: int) -> list[str]:
    """Command line before a command that needs so many open files; Unavailable if they may not be had."""
    hard = subprocess.run(["sh", "-c", "ulimit -H -n"], capture_output=True, text=True).stdout.strip()
    if hard != "unlimited" and int(hard) < count:
        raise Unavailable(f"{count:,} open files are needed, and {hard} are allowed")
    return ["sh", "-c", f'ulimit -n {count} && exec "$@"', "sh"]
