#!/usr/bin/env python3
"""Prints a LoadTestRun (JSON on standard input) as the table that Locust's users know, and its verdict."""
import json
import sys


def ms(times, key):
    return f"{times[key] / 1000:.1f}" if times else "-"


run = json.load(sys.stdin)
status = run["status"]
columns = ["Method", "Name", "Requests", "Failures", "Mean", "Min", "p50", "p90", "p95", "p99", "Max", "Req/s"]
keys = ["meanMicros", "minMicros", "p50Micros", "p90Micros", "p95Micros", "p99Micros", "maxMicros"]


def row(method, name, result):
    times = result.get("responseTime")
    return [method, name, str(result["requests"]), str(result["failures"]), *(ms(times, k) for k in keys),
            f"{result['milliRequestsPerSecond'] / 1000:.2f}"]


rows = [row(t["method"], t["name"], t) for t in status.get("tasks", [])] + [row("", "Aggregated", status)]
widths = [max(len(r[i]) for r in [columns, *rows]) for i in range(len(columns))]


def line(cells):
    return "  ".join(c.ljust(w) if i < 2 else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths)))


print(f"Run {run['metadata']['name']}: response times in ms")
print(line(columns))
print("  ".join("─" * w for w in widths))
for r in rows[:-1]:
    print(line(r))
print("  ".join("─" * w for w in widths))
print(line(rows[-1]))
print()
for t in status.get("thresholds", []):
    interval = f" (95 % interval {t['interval']})" if t.get("interval") else ""
    limit = "" if t["limit"] in t["name"] else f": {t['limit']}"
    print(f"{t['verdict']:<13}{t['name']}{limit}, observed {t['observed']}{interval}")
for f in status.get("failureReasons", []):
    print(f"{f['count']:>6} × {f['task']}: {f['kind']}: {f['reason']}")
print(f"Verdict: {status.get('verdict')} – {status.get('message', '')}")
