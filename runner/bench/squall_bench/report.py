"""Tables, as text, Markdown and JSON."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from .bench import Runs
from .measure import Measured
from .statistics import Interval, bootstrap_median, median


@dataclass
class Table:
    """One row of the bench: a question, answered for each contender."""

    name: str
    title: str
    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    data: dict = field(default_factory=dict)

    def markdown(self) -> str:
        lines = [f"### {self.title}", "", "| " + " | ".join(self.columns) + " |"]
        lines.append("|" + "|".join(" --- " if i == 0 else " ---: " for i in range(len(self.columns))) + "|")
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        if self.notes:
            lines += ["", *(f"- {note}" for note in self.notes)]
        return "\n".join(lines) + "\n"

    def text(self) -> str:
        widths = [max(len(row[i]) for row in [self.columns, *self.rows]) for i in range(len(self.columns))]
        lines = [self.title]
        for row in [self.columns, *self.rows]:
            cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
            lines.append("  " + "  ".join(cells).rstrip())
        return "\n".join([*lines, *(f"  * {note}" for note in self.notes)]) + "\n"


COLUMNS = ["client", "CPU s/M", "spread", "ratio", "95 %", "runs", "requests/s", "client core", "server CPU s/M", "p99"]


def cpu_table(name: str, title: str, all_runs: list[Runs], reference: str) -> Table:
    """The table of a CPU row: medians over the valid runs, and the ratio to the reference over pairs of one round."""
    table = Table(name, title, COLUMNS)
    base = next((runs for runs in all_runs if runs.name == reference), None)
    for runs in all_runs:
        valid = runs.valid()
        label = f"{runs.name} {runs.version}".strip()
        if runs.reason:
            table.notes.append(f"{label}: {runs.reason}")
        if not valid:
            table.rows.append([label, *["–"] * (len(COLUMNS) - 1)])
            continue
        table.notes += compiling(label, valid)
        figures = [one.cpu_per_million for one in valid]
        compared = ratio(runs, base) if base is not None and runs is not base else None
        table.rows.append([
            label,
            f"{median(figures):.2f}",
            f"{min(figures):.2f}–{max(figures):.2f}",
            f"{compared.median:.2f}" if compared else "1" if runs is base else "–",
            f"{compared.low:.2f}–{compared.high:.2f}" if compared and compared.samples > 5 else "–",
            str(len(valid)),
            f"{median([one.rate for one in valid]):,.0f}" + (" (server-bound)" if all(one.server_bound for one in valid) else ""),
            f"{median([one.client_cpu / one.seconds for one in valid]):.0%}",
            f"{median([one.server_cpu_per_million for one in valid]):.2f}",
            _milliseconds([one.outcome.p99_micros for one in valid]),
        ])
        table.data[runs.name] = {"version": runs.version, "runs": [_data(one) for one in valid]}
        if compared:
            table.data[runs.name][f"ratio to {reference}"] = compared.__dict__
    other = [one.other_cpu / one.seconds for runs in all_runs for one in runs.valid()]
    if other and median(other) > 0.05:
        table.notes.append(f"other work on the machine during the runs: {median(other):.0%} of a core (median)")
    return table


def compiling(label: str, valid: list[Measured]) -> list[str]:
    """Says of a contender's runs in how many its compiler was still at work, and how much of the figure is the compiler's."""
    restless = [one for one in valid if not one.rested]
    if not restless:
        return []
    took = median([one.compiling for one in restless])
    return [f"{label}: in {len(restless)} of {len(valid)} runs its compiler did not come to rest before the window, "
            f"in which it took {took:.0%} of a core (median): no figure of a steady state"]


def ratio(runs: Runs, base: Runs) -> Interval | None:
    """The median over rounds of the ratio of CPU per request, both runs of one round being valid."""
    pairs = zip(runs.measured, base.measured, strict=True)
    ratios = [one.cpu_per_million / other.cpu_per_million for one, other in pairs if one and other]
    return bootstrap_median(ratios) if ratios else None


def _milliseconds(micros: list[float | None]) -> str:
    known = [one for one in micros if one is not None]
    return f"{median(known) / 1000:.2f} ms" if known else "–"


def _data(one: Measured) -> dict:
    return {
        "cpuSecondsPerMillion": round(one.cpu_per_million, 4),
        "serverCpuSecondsPerMillion": round(one.server_cpu_per_million, 4),
        "requestsPerSecond": round(one.rate, 1),
        "requests": one.requests,
        "clientCores": round(one.client_cpu / one.seconds, 4),
        "otherCores": round(one.other_cpu / one.seconds, 4),
        "stolenCores": round(one.stolen_cpu / one.seconds, 4),
        "p99Micros": one.outcome.p99_micros,
        "compilerCores": round(one.compiling, 4),
        "compilerRested": one.rested,
        "threads": one.threads,
    }


def write(folder: Path, machine: str, mode: str, tables: list[Table]) -> None:
    """bench.json and bench.md."""
    content = {"machine": machine, "mode": mode, "tables": [table.__dict__ for table in tables]}
    (folder / "bench.json").write_text(json.dumps(content, indent=1) + "\n")
    text = f"Measured on {machine}; {mode} mode.\n\n" + "\n".join(table.markdown() for table in tables)
    (folder / "bench.md").write_text(text)
