"""The machine at hand: which core serves, which sends, and what it is."""

import os
import platform
import socket
from functools import cache
from pathlib import Path


@cache
def cores() -> tuple[int, int]:
    """(the server's core, the client's core): the first and the last that this process may use when first asked."""
    usable = sorted(os.sched_getaffinity(0))
    if len(usable) < 2:
        raise SystemExit("bench: needs two cores, one for the server and one for the client; this process may use one")
    return usable[0], usable[-1]


def _ahead() -> bool:
    return os.environ.get("AHEAD") == "yes"


def pinned(core: int) -> list[str]:
    """Command line before a command that is measured."""
    return [*(["nice", "-n", "-19"] if _ahead() else []), "taskset", "-c", str(core)]


def put_ahead(pid: int) -> None:
    """With AHEAD=yes, for root: a process that leads a session of its own comes before other work on the machine.

    Where the kernel groups tasks by session, a niceness counts inside the group only, so the group gets one too.
    """
    if _ahead():
        Path(f"/proc/{pid}/autogroup").write_text("-19")


def description() -> str:
    """Cores, processor and kernel, in words that name no host."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    release = ".".join(platform.release().split("-")[0].split(".")[:2])
    return f"{os.cpu_count()} cores, {model}, Linux {release}"


def free_port() -> int:
    """A TCP port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
