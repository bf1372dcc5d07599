"""Finds programs by way of peers.sh, which installs them."""

import subprocess
import sys
from functools import cache
from pathlib import Path

from .load import Unavailable

BENCH = Path(__file__).resolve().parent.parent
REPOSITORY = BENCH.parent.parent


@cache
def find(name: str) -> tuple[str, str]:
    """Path and version of a program. Raises Unavailable with the last line that its installation printed."""
    done = subprocess.run([BENCH / "peers.sh", name], capture_output=True, text=True)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"peers.sh {name} ended with {done.returncode}"]
        raise Unavailable(lines[-1])
    sys.stderr.write(done.stderr)
    path, version = done.stdout.strip().splitlines()[-1].split(" ", 1)
    return path, version
