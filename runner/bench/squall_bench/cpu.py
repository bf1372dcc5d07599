"""CPU time of processes and of the machine, read from /proc. Seconds everywhere."""

import os
import re
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def _stat_fields(path: str) -> tuple[str, list[str]]:
    """The command's name and the fields after it, of a /proc/…/stat file."""
    text = Path(path).read_text()
    opening, closing = text.index("("), text.rindex(")")
    return text[opening + 1 : closing], text[closing + 2 :].split()


def descendants(pid: int) -> list[int]:
    """The process and everything it started that still runs."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                waiting += map(int, Path(f"/proc/{one}/task/{task}/children").read_text().split())
        except OSError:
            continue  # it ended meanwhile
    return found


def state(pid: int, task: int) -> str:
    """A thread's state, a letter of proc(5): T and t are stopped, Z and X have ended."""
    return _stat_fields(f"/proc/{pid}/task/{task}/stat")[1][0]


def of_tree(pid: int) -> float:
    """User and system time of a process, its living descendants, and the children that it has waited for."""
    ticks = 0
    for one in descendants(pid):
        try:
            _, fields = _stat_fields(f"/proc/{one}/stat")
        except OSError:
            continue
        # utime stime cutime cstime are fields 14 to 17 of proc(5), the name being field 2.
        ticks += sum(map(int, fields[11:15]))
    return ticks / TICKS_PER_SECOND


def of_threads(pid: int) -> dict[str, float]:
    """User and system time by thread name; threads whose names differ in a number only are one."""
    seconds: dict[str, float] = {}
    for one in descendants(pid):
        try:
            tasks = os.listdir(f"/proc/{one}/task")
        except OSError:
            continue
        for task in tasks:
            try:
                name, fields = _stat_fields(f"/proc/{one}/task/{task}/stat")
            except OSError:
                continue
            name = re.sub(r"[-# ]*\d+$", "", name)
            seconds[name] = seconds.get(name, 0) + (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND
    return seconds


def of_machine() -> tuple[float, float]:
    """Busy and stolen CPU seconds of all cores since boot."""
    user, nice, system, _, _, irq, softirq, steal = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + irq + softirq) / TICKS_PER_SECOND, steal / TICKS_PER_SECOND


def resident_mib(pid: int) -> float:
    """Resident memory of a process, in MiB."""
    return _status_mib(pid, "VmRSS")


def most_resident_mib(pid: int) -> float:
    """Most resident memory that a process has had, in MiB; 0 once it has ended."""
    try:
        return _status_mib(pid, "VmHWM")
    except (OSError, RuntimeError):
        return 0.0


def _status_mib(pid: int, field: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"/proc/{pid}/status has no {field}")
