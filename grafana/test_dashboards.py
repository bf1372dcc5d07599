"""The dashboards' queries find what they should in a real Prometheus, which scrapes runs that are made up here.

Two runs of one load test: `first` has failures and two tasks, `second` has none of the former. Every second each of them
completes ten requests of `predict`, and `first` two of `predict with a field missing`, one of which fails.
"""

import http.server
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import check
import dashboards

HERE = Path(__file__).parent
SECONDS = 12
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
QUANTILES = {"0.5": 0.02, "0.9": 0.05, "0.95": 0.08, "0.99": 0.1, "0.999": 0.2}
RUNS = {"first": {"predict": 10, "predict with a field missing": 2}, "second": {"predict": 10}}


def exposition(seconds):
    """What a coordinator serves on /metrics, this long after its start."""
    lines = []
    for metric, kind in (
        ("squall_requests_total", "counter"),
        ("squall_failures_total", "counter"),
        ("squall_users", "gauge"),
        ("squall_response_time_seconds", "gauge"),
        ("squall_response_time_distribution_seconds", "histogram"),
        ("squall_runner_lag_seconds", "gauge"),
        ("squall_runner_lateness_seconds", "gauge"),
        ("squall_runner_throttled_seconds_total", "counter"),
        ("squall_runner_queued_seconds_total", "counter"),
    ):
        lines.append(f"# TYPE {metric} {kind}")
        for run, tasks in RUNS.items():
            labels = f'namespace="models",loadtest="heart-disease",run="{run}"'
            if metric == "squall_users":
                lines.append(f"{metric}{{{labels}}} {min(20, 5 * seconds):.0f}")
            for runner, value in held_up(metric, run, seconds).items():
                lines.append(f'{metric}{{{labels},runner="{runner}"}} {value}')
            for task, rate in (tasks | {"": 0}).items():
                series = f'{labels},task="{task}",method="{"POST" if task else ""}"'
                count = int(rate * seconds)
                if metric == "squall_response_time_seconds":
                    lines += [f'{metric}{{{series},quantile="{q}"}} {value}' for q, value in QUANTILES.items()]
                elif metric == "squall_requests_total" and task:
                    lines.append(f"{metric}{{{series}}} {count}")
                elif metric == "squall_failures_total" and task.endswith("missing"):
                    lines.append(f'{metric}{{{series},kind="status 500"}} {count // 2}')
                elif metric.endswith("distribution_seconds") and task:
                    for place, bound in enumerate((*BOUNDS, "+Inf"), 1):
                        lines.append(f'{metric}_bucket{{{series},le="{bound}"}} {count * min(place, 5) // 5}')
                    lines += [f"{metric}_sum{{{series}}} {count * 0.03}", f"{metric}_count{{{series}}} {count}"]
    return "\n".join(lines) + "\n"


def held_up(metric, run, seconds):
    """What two runners of `first` measured of themselves; those of `second` are on a machine that tells only their lag."""
    if metric == "squall_runner_lag_seconds":
        return {"runner-0": 0.002, "runner-1": 0.001}
    figures = {
        "squall_runner_lateness_seconds": {"runner-0": 0.001, "runner-1": 0.004},
        "squall_runner_throttled_seconds_total": {"runner-0": 0.25 * seconds, "runner-1": 0},
        "squall_runner_queued_seconds_total": {"runner-0": 0, "runner-1": 0.5 * seconds},
    }
    return figures.get(metric, {}) if run == "first" else {}


@pytest.fixture(scope="module")
def prometheus():
    began = time.monotonic()

    class Metrics(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.end_headers()
            self.wfile.write(exposition(time.monotonic() - began).encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Metrics)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with check.OwnPrometheus(f"http://127.0.0.1:{server.server_port}/metrics") as prometheus:
        time.sleep(SECONDS)
        yield prometheus
    server.shutdown()


def ask(prometheus, **values):
    answers = check.ask(prometheus, values, seconds=60, rate_interval="5s", step=1)
    return {answer.where: answer for answer in answers}


def last(answer, **labels):
    """The last value of the one series with these labels."""
    (series,) = [s for s in answer.series if labels.items() <= s["metric"].items()]
    return float((series.get("values") or [series["value"]])[-1][1])


def test_the_files_are_what_the_generator_writes():
    for path, text in dashboards.files().items():
        assert path.read_text(encoding="utf-8") == text, "run python3 grafana/dashboards.py"
    assert {path.name for path in dashboards.FOLDER.iterdir()} == {path.name for path in dashboards.files()}


def test_every_query_finds_something(prometheus):
    answers = ask(prometheus)
    assert len(answers) > 15
    assert {where: answer.error for where, answer in answers.items() if not answer.found} == {}


def test_the_variables_offer_what_there_is(prometheus):
    answers = ask(prometheus)
    assert answers["$namespace"].series == ["models"]
    assert answers["$loadtest"].series == ["heart-disease"]
    assert answers["$run"].series == ["first", "second"]
    assert ask(prometheus, loadtest="another")["$run"].series == []


def test_the_charts_show_each_run_as_it_was(prometheus):
    answers = ask(prometheus)
    assert last(answers["Total requests per second A"], run="first") == pytest.approx(12, rel=0.2)
    assert last(answers["Total requests per second A"], run="second") == pytest.approx(10, rel=0.2)
    assert last(answers["Total requests per second B"], run="first") == pytest.approx(1, rel=0.3)
    assert last(answers["Total requests per second B"], run="second") == 0
    assert last(answers["Response times A"], run="first") == 0.02
    assert last(answers["Response times B"], run="second") == 0.08
    assert last(answers["Number of users A"], run="first") == 20


def test_the_worst_runner_is_shown(prometheus):
    answers = ask(prometheus)
    assert last(answers["Lag and lateness of runners A"], run="first") == 0.002
    assert last(answers["Lag and lateness of runners B"], run="first") == 0.004
    assert last(answers["Runners held up A"], run="first") == pytest.approx(0.25, rel=0.2)
    assert last(answers["Runners held up C"], run="first") == pytest.approx(0.5, rel=0.2)
    for figure in "ABC":
        assert last(answers[f"Runners held up {figure}"], run="second") == 0


def test_the_figures_are_the_selected_runs(prometheus):
    first, both = ask(prometheus, run="first"), ask(prometheus)
    assert last(both["Requests A"]) > last(first["Requests A"]) > 12 * (SECONDS - 4)
    assert last(first["Failed A"]) == pytest.approx(1 / 12, rel=0.15)
    assert last(first["Requests per second A"]) == pytest.approx(12, rel=0.2)
    assert 0.01 <= last(first["Median A"]) <= 0.025 and 0.05 <= last(first["95th percentile A"]) <= 0.1
    assert last(first["Users A"]) == 20


def test_a_run_without_failures_says_so_and_its_failures_are_an_empty_table(prometheus):
    second = ask(prometheus, run="second")
    assert [where for where, answer in second.items() if not answer.found] == ["Failures A"]
    assert last(second["Failed A"]) == 0
    assert last(second["Tasks B"], task="predict") == 0


def test_the_tables_name_tasks_and_failures(prometheus):
    answers = ask(prometheus)
    requests = last(answers["Tasks A"], task="predict with a field missing", method="POST")
    assert last(answers["Tasks B"], task="predict with a field missing") == pytest.approx(requests / 2, abs=1)
    assert last(answers["Tasks B"], task="predict") == 0
    assert last(answers["Failures A"], kind="status 500", method="POST") == pytest.approx(requests / 2, abs=1)


def test_a_replaced_coordinator_does_not_count_twice(prometheus):
    """Totals are of a run, not of its pods: the same series under another instance must not add up."""
    for answer in ask(prometheus).values():
        if "max_over_time" in answer.query and "squall_users" not in answer.query and "rate(" not in answer.query:
            assert "max by (namespace, loadtest, run, task, method" in answer.query


def test_the_check_runs_from_a_shell_against_any_prometheus(prometheus):
    def run(*arguments):
        command = [sys.executable, HERE / "check.py", "--prometheus", prometheus.url, "--seconds", "60", *arguments]
        return subprocess.run(command, capture_output=True, text=True)

    right = run("--run", "second")
    assert right.returncode == 0 and right.stdout.endswith(" queries, 0 wrong\n"), right.stdout + right.stderr
    wrong = run("--run", "none")
    assert wrong.returncode == 1 and "WRONG Requests A: 0 series" in wrong.stdout
    gone = run("--prometheus", "http://127.0.0.1:1")
    assert gone.returncode == 1 and "Connection refused" in gone.stderr


def test_panels_and_names_are_distinct():
    for path in dashboards.FOLDER.glob("*.json"):
        dashboard = json.loads(path.read_text(encoding="utf-8"))
        titles = [panel["title"] for panel in dashboard["panels"]]
        assert len(titles) == len(set(titles))
        cells = [
            (x, y)
            for at in (panel["gridPos"] for panel in dashboard["panels"])
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        ]
        assert len(cells) == len(set(cells)) and max(x for x, _ in cells) < 24
