#!/usr/bin/env python3
"""Writes the dashboards: python3 grafana/dashboards.py. With --check, fails if the files are not what it would write."""

import argparse
import json
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "dashboards"
SCRAPE = "5s"  # how often a run's pods are asked, which bounds how short a rate's window may be

RED, ORANGE, GREEN, BLUE, PURPLE = "#e02f44", "#ff9830", "#56a64b", "#3274d9", "#a352cc"

SELECTED = 'namespace=~"$namespace",loadtest=~"$loadtest",run=~"$run"'
TASKS = f'{SELECTED},task!=""'  # the tasks, without the series for the whole
EACH_RUN = f"max by (run) (squall_users{{{SELECTED}}})"
WHOLE = f'{SELECTED},task=""'


def total(name, *by):
    """Of a counter, over the dashboard's time range: a run's last value, since a run counts from 0.

    A coordinator that was replaced counts on under another pod's name, so of those the largest is meant, not the sum.
    """
    series = ", ".join(dict.fromkeys(("namespace", "loadtest", "run", "task", "method", *by)))
    last = f"max by ({series}) (max_over_time(squall_{name}{{{TASKS}}}[$__range]))"
    return f"sum by ({', '.join(by)}) ({last})" if by else f"sum({last})"


def rate(name):
    return f"sum by (run) (rate(squall_{name}{{{TASKS}}}[$__rate_interval]))"


def quantile(q, *by):
    """Of the response times over the dashboard's time range."""
    return f"histogram_quantile({q}, {total('response_time_distribution_seconds_bucket', *by, 'le')})"


def or_zero(expression, like):
    """The expression, or 0 where nothing failed: a run without failures has no series of them."""
    return f"{expression} or {like} * 0"


def held_up(by):
    """Of the worst runner; 0 where its machine does not tell."""
    return or_zero(f"max by (run) (rate(squall_runner_{by}_seconds_total{{{SELECTED}}}[$__rate_interval]))", EACH_RUN)


def target(ref, expression, legend="", **more):
    return {"refId": ref, "expr": expression, "legendFormat": legend, "datasource": SOURCE, "range": True} | more


def instant(ref, expression, **more):
    return target(ref, expression, instant=True, range=False, **more)


SOURCE = {"type": "prometheus", "uid": "${datasource}"}


def panel(kind, title, description, x, y, width, height, targets, unit="short", **more):
    options, overrides, custom = more.pop("options", {}), more.pop("overrides", []), more.pop("custom", {})
    defaults = {"unit": unit, "custom": custom, **more.pop("defaults", {})}
    return {
        "type": kind,
        "title": title,
        "description": description,
        "datasource": SOURCE,
        "interval": SCRAPE,
        "gridPos": {"x": x, "y": y, "w": width, "h": height},
        "targets": targets,
        "fieldConfig": {"defaults": defaults, "overrides": overrides},
        "options": options,
    } | more


def chart(title, description, x, y, width, height, targets, unit, colors):
    return panel(
        "timeseries", title, description, x, y, width, height, targets, unit,
        custom={"lineWidth": 2, "fillOpacity": 6, "showPoints": "never", "lineInterpolation": "linear"},
        defaults={"min": 0},
        options={
            "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
            "tooltip": {"mode": "multi", "sort": "desc"},
        },
        overrides=[
            {
                "matcher": {"id": "byFrameRefID", "options": ref},
                "properties": [{"id": "color", "value": {"mode": "shades", "fixedColor": color}}],
            }
            for ref, color in colors.items()
        ],
    )  # fmt: skip


def figure(title, description, x, expression, unit, color=BLUE, steps=(), decimals=None):
    thresholds = [{"color": color, "value": None}, *({"color": c, "value": value} for value, c in steps)]
    defaults = {"thresholds": {"mode": "absolute", "steps": thresholds}, "color": {"mode": "thresholds"}, "noValue": "–"}
    if decimals is not None:
        defaults["decimals"] = decimals
    return panel(
        "stat", title, description, x, 0, 4, 4, [instant("A", expression)], unit,
        defaults=defaults,
        options={
            "colorMode": "value",
            "graphMode": "none",
            "justifyMode": "center",
            "textMode": "value",
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        },
    )  # fmt: skip


def table(title, description, x, y, width, height, targets, names, units, order):
    """Columns in the order of `names`, which maps the queries' field names to headings."""
    return panel(
        "table", title, description, x, y, width, height,
        [t | {"format": "table"} for t in targets],
        options={"showHeader": True, "cellHeight": "sm", "sortBy": [{"displayName": order, "desc": True}]},
        overrides=[
            {"matcher": {"id": "byName", "options": name}, "properties": [{"id": "unit", "value": unit}]}
            for name, unit in units.items()
        ],
        transformations=[
            {"id": "merge", "options": {}},
            {
                "id": "organize",
                "options": {
                    "excludeByName": {"Time": True},
                    "indexByName": {name: index for index, name in enumerate(names)},
                    "renameByName": names,
                },
            },
        ],
    )  # fmt: skip


def run():
    """One load test's runs: Locust's three charts, the figures above them and the tables below."""
    requests, failures = total("requests_total"), total("failures_total")
    panels = [
        figure("Requests", "Completed in the time range.", 0, requests, "short"),
        figure(
            "Failed", "Part of the completed requests that failed.", 4,
            or_zero(f"({failures} / {requests})", requests), "percentunit", GREEN, ((0.000001, ORANGE), (0.01, RED)), 2,
        ),
        figure(
            "Requests per second", "The highest that the selected runs reached together.", 8,
            f"max_over_time(sum(rate(squall_requests_total{{{TASKS}}}[$__rate_interval]))[$__range:$__interval])", "reqps", decimals=1,
        ),
        figure("Median", "Response time that half of all requests stayed within.", 12, quantile(0.5), "s"),
        figure("95th percentile", "Response time that 95 % of all requests stayed within.", 16, quantile(0.95), "s"),
        figure("Users", "The most at once.", 20, f"max(max_over_time(squall_users{{{SELECTED}}}[$__range]))", "short"),
        chart(
            "Total requests per second", "Completed requests, and those of them that failed.", 0, 4, 24, 8,
            [
                target("A", rate("requests_total"), "{{run}} requests/s"),
                target("B", or_zero(rate("failures_total"), rate("requests_total")), "{{run}} failures/s"),
            ],
            "reqps", {"A": GREEN, "B": RED},
        ),
        chart(
            "Response times", "From when a request was due to its last byte, over the last 10 s.", 0, 12, 24, 8,
            [
                target("A", f'max by (run) (squall_response_time_seconds{{{WHOLE},quantile="0.5"}})', "{{run}} 50th percentile"),
                target("B", f'max by (run) (squall_response_time_seconds{{{WHOLE},quantile="0.95"}})', "{{run}} 95th percentile"),
            ],
            "s", {"A": ORANGE, "B": PURPLE},
        ),
        chart(
            "Number of users", "Users at work.", 0, 20, 24, 7,
            [target("A", f"max by (run) (squall_users{{{SELECTED}}})", "{{run}} users")], "short", {"A": BLUE},
        ),
        table(
            "Tasks", "What was asked for, in the time range.", 0, 27, 14, 9,
            [
                instant("A", total("requests_total", "task", "method")),
                instant("B", or_zero(total("failures_total", "task", "method"), total("requests_total", "task", "method"))),
                *[instant(ref, quantile(q, "task", "method")) for ref, q in (("C", 0.5), ("D", 0.95), ("E", 0.99))],
            ],
            {
                "method": "Method", "task": "Task", "Value #A": "Requests", "Value #B": "Failures",
                "Value #C": "Median", "Value #D": "95 %", "Value #E": "99 %",
            },
            {"Value #C": "s", "Value #D": "s", "Value #E": "s"}, "Requests",
        ),
        table(
            "Failures", "What failed and how, in the time range.", 14, 27, 10, 9,
            [instant("A", f"{total('failures_total', 'task', 'method', 'kind')} > 0")],
            {"method": "Method", "task": "Task", "kind": "Failure", "Value": "Occurrences"}, {}, "Occurrences",
        ),
        panel(
            "heatmap", "Spread of response times", "How many requests took how long.", 0, 36, 24, 9,
            [target("A", f"sum by (le) (increase(squall_response_time_distribution_seconds_bucket{{{TASKS}}}[$__rate_interval]))",
                    "{{le}}", format="heatmap")],
            options={
                "calculate": False,
                "color": {"mode": "scheme", "scheme": "Spectral", "steps": 64, "reverse": True},
                "yAxis": {"unit": "s", "axisPlacement": "left"},
                "cellGap": 0,
                "tooltip": {"mode": "single", "yHistogram": True},
                "legend": {"show": True},
            },
        ),
        panel("row", "Runners", "Whether they could send what was asked.", 0, 45, 24, 1, [], collapsed=False, panels=[]),
        chart(
            "Lag and lateness of runners", "99th percentile since the start, of the worst runner: how late its event loops came to "
            "their beats, and how late it sent requests by its own doing.", 0, 46, 12, 8,
            [
                target("A", f"max by (run) (squall_runner_lag_seconds{{{SELECTED}}})", "{{run}} lag"),
                target("B", or_zero(f"max by (run) (squall_runner_lateness_seconds{{{SELECTED}}})", EACH_RUN), "{{run}} lateness"),
            ],
            "s", {"A": BLUE, "B": ORANGE},
        ),
        chart(
            "Runners held up", "Share of its time that the worst runner was stopped by its CPU limit, paused by its collector, or "
            "had no CPU for its event loops.", 12, 46, 12, 8,
            [
                target("A", held_up("throttled"), "{{run}} CPU limit"),
                target("B", held_up("collection"), "{{run}} collector"),
                target("C", held_up("queued"), "{{run}} no CPU"),
            ],
            "percentunit", {"A": RED, "B": PURPLE, "C": ORANGE},
        ),
    ]  # fmt: skip
    return dashboard(
        "squall-run",
        "Squall: load test runs",
        panels,
        [
            source_variable(),
            variable("namespace", "Namespace", "label_values(squall_users, namespace)"),
            variable("loadtest", "Load test", 'label_values(squall_users{namespace=~"$namespace"}, loadtest)'),
            variable("run", "Run", 'label_values(squall_users{namespace=~"$namespace",loadtest=~"$loadtest"}, run)'),
        ],
    )


def source_variable():
    return {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus", "refresh": 1, "hide": 0}


def variable(name, label, query):
    return {
        "name": name,
        "label": label,
        "type": "query",
        "datasource": SOURCE,
        "definition": query,
        "query": {"query": query, "refId": name},
        "refresh": 2,  # whenever the time range changes
        "sort": 2,  # descending: of a load test's runs the newest, more or less, first
        "multi": True,
        "includeAll": True,
        "allValue": ".*",
        "current": {"text": ["All"], "value": ["$__all"]},
        "hide": 0,
    }


def dashboard(uid, title, panels, variables):
    return {
        "uid": uid,
        "title": title,
        "tags": ["squall"],
        "schemaVersion": 39,
        "version": 1,
        "editable": True,
        "graphTooltip": 1,  # one crosshair through all charts
        "refresh": "5s",
        "time": {"from": "now-15m", "to": "now"},
        "timepicker": {"refresh_intervals": ["5s", "10s", "30s", "1m"]},
        "timezone": "",
        "templating": {"list": variables},
        "annotations": {"list": []},
        "links": [],
        "panels": [p | {"id": number} for number, p in enumerate(panels, 1)],
    }


def files():
    """The dashboards' files: path → text."""
    return {FOLDER / "squall-run.json": json.dumps(run(), indent=2, ensure_ascii=False) + "\n"}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing")
    check = arguments.parse_args().check
    for path, text in files().items():
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path} is not what dashboards.py writes; run python3 grafana/dashboards.py")


if __name__ == "__main__":
    main()
