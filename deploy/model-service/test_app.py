"""The service behaves as its table says, in this process and behind gunicorn.

    pip install -r requirements.txt pytest && pytest
"""

import concurrent.futures
import csv
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PATIENT = {
    "age": 63, "sex": 1, "cp": 3, "trestbps": 145, "chol": 233, "fbs": 1, "restecg": 0,
    "thalach": 150, "exang": 0, "oldpeak": 2.3, "slope": 0, "ca": 0, "thal": 1,
}  # fmt: skip
ILL = PATIENT | {"age": 67, "thalach": 108, "exang": 1, "oldpeak": 3.4, "slope": 1, "ca": 3, "thal": 3}
CLEAR = PATIENT | {"age": 41, "cp": 0, "thalach": 178, "oldpeak": 0.0, "slope": 2, "thal": 2}
HTML = "text/html; charset=utf-8"
JSON = "application/json"


def without(*fields):
    return {name: value for name, value in PATIENT.items() if name not in fields}


# name, method, path, body (a dict or list is sent as JSON), content type, status, answer's type, in the answer's body
TABLE = [
    ("health", "GET", "/health", None, None, 200, HTML, "OK"),
    ("an ill patient", "POST", "/predict", ILL, JSON, 200, JSON, '{"diagnosis":"heart-disease"}\n'),
    ("a clear patient", "POST", "/predict", CLEAR, JSON, 200, JSON, '{"diagnosis":"clear"}\n'),
    *[(f"{field} missing", "POST", "/predict", without(field), JSON, 400, HTML, field) for field in PATIENT],
    ("two fields missing", "POST", "/predict", without("ca", "thal"), JSON, 400, HTML, "ca, thal"),
    *[
        (f"{field} of the wrong type", "POST", "/predict", PATIENT | {field: "often"}, JSON, 400, HTML, "'often'")
        for field in ("age", "trestbps", "chol", "thalach", "oldpeak")
    ],
    ("a number that is a list", "POST", "/predict", PATIENT | {"age": [63]}, JSON, 400, HTML, "[63]"),
    ("a category that is an object", "POST", "/predict", PATIENT | {"sex": {"a": 1}}, JSON, 400, HTML, "{'a': 1}"),
    ("an infinite number", "POST", "/predict", PATIENT | {"age": float("inf")}, JSON, 400, HTML, "infinity"),
    *[(f"{field} null", "POST", "/predict", CLEAR | {field: None}, JSON, 200, JSON, '{"diagnosis":') for field in PATIENT],
    ("all fields null", "POST", "/predict", dict.fromkeys(PATIENT), JSON, 200, JSON, '{"diagnosis":'),
    ("an extra field", "POST", "/predict", ILL | {"name": "x"}, JSON, 200, JSON, '{"diagnosis":"heart-disease"}\n'),
    ("an unseen category", "POST", "/predict", ILL | {"sex": 7}, JSON, 200, JSON, '{"diagnosis":"heart-disease"}\n'),
    ("an unseen text", "POST", "/predict", ILL | {"sex": "?"}, JSON, 200, JSON, '{"diagnosis":"heart-disease"}\n'),
    ("a batch", "POST", "/predict/batch", [ILL, CLEAR], JSON, 200, JSON, '{"diagnoses":["heart-disease","clear"]}\n'),
    ("a batch of one object", "POST", "/predict/batch", ILL, JSON, 500, HTML, "expected a JSON array"),
    ("a batch, a field missing", "POST", "/predict/batch", [ILL, without("thal")], JSON, 400, HTML, "thal"),
    ("an empty batch", "POST", "/predict/batch", [], JSON, 500, HTML, "expected a JSON array"),
    ("not JSON", "POST", "/predict", "age=63", JSON, 500, HTML, "Oops, got an error! "),
    ("no body", "POST", "/predict", None, JSON, 500, HTML, "Oops, got an error! "),
    ("not UTF-8", "POST", "/predict", b"\xff\xfe", JSON, 500, HTML, "Oops, got an error! "),
    ("wrong content type", "POST", "/predict", json.dumps(PATIENT), "text/plain", 500, HTML, "Oops, got an error! "),
    ("no content type", "POST", "/predict", json.dumps(PATIENT), None, 500, HTML, "Oops, got an error! "),
    ("empty object", "POST", "/predict", {}, JSON, 500, HTML, "Oops, got an error! "),
    ("empty list", "POST", "/predict", [], JSON, 500, HTML, "Oops, got an error! "),
    ("a list of patients", "POST", "/predict", [PATIENT], JSON, 500, HTML, "Oops, got an error! "),
    ("null", "POST", "/predict", "null", JSON, 500, HTML, "Oops, got an error! "),
    ("wrong method", "GET", "/predict", None, None, 500, HTML, "Oops, got an error! "),
    ("wrong method on health", "POST", "/health", "", None, 500, HTML, "Oops, got an error! "),
    ("unknown path", "GET", "/nope", None, None, 500, HTML, "Oops, got an error! "),
    ("the log, when it is off", "GET", "/requests", None, None, 500, HTML, "Oops, got an error! "),
]
rows = pytest.mark.parametrize("method, path, body, sent_type, status, type, text", [r[1:] for r in TABLE], ids=[r[0] for r in TABLE])


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "model.joblib"
    subprocess.run([sys.executable, "train.py", "--out", path], cwd=HERE, check=True)
    os.environ["MODEL"] = str(path)
    return path


@pytest.fixture(scope="session")
def client(model):
    import app

    return app.app.test_client()


class Service:
    """gunicorn with the service, as its image starts it."""

    def __init__(self, **environment):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app:app"],
            cwd=HERE,
            env=os.environ | {"BIND": f"127.0.0.1:{self.port}", "PYTHONDONTWRITEBYTECODE": "1"} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert self.process.poll() is None and time.monotonic() < deadline, self.stop()
                time.sleep(0.05)

    def ask(self, method, path, body=None, type=None, headers=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        chunked = headers and dict(headers).get("Transfer-Encoding") == "chunked"
        connection.request(method, path, encoded(body), dict(headers) | ({"Content-Type": type} if type else {}), encode_chunked=chunked)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    def log(self):
        return [json.loads(line) for line in self.ask("GET", "/requests")[1].splitlines()]

    def stop(self):
        self.process.terminate()
        try:
            return [stream.decode() for stream in self.process.communicate(timeout=60)]
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def encoded(body):
    return json.dumps(body).encode() if isinstance(body, (dict, list)) else body


@pytest.fixture(scope="module")
def service(model):
    service = Service()
    yield service
    service.stop()


@pytest.fixture
def logged(model, tmp_path):
    service = Service(REQUEST_LOG=str(tmp_path / "requests.jsonl"))
    yield service
    service.stop()


@rows
def test_answers_as_the_table_says(client, method, path, body, sent_type, status, type, text):
    answer = client.open(path, method=method, data=encoded(body), content_type=sent_type)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, type)
    assert text in answer.text if status != 200 or path == "/predict" else text == answer.text
    assert "<" not in answer.text


@rows
def test_answers_the_same_behind_gunicorn_and_closes_the_connection(service, method, path, body, sent_type, status, type, text):
    answer, got = service.ask(method, path, body, sent_type)
    assert (answer.status, answer.headers["Content-Type"], answer.headers["Connection"]) == (status, type, "close")
    assert text in got


def test_does_not_repeat_markup(client):
    answer = client.post("/predict", json=PATIENT | {"age": "<b>old</b>"})
    assert "&lt;b&gt;old" in answer.text


def test_the_log_holds_each_request_once_whatever_worker_answered(logged):
    requests = [(i, random.Random(i).choice([PATIENT, without("age"), ILL])) for i in range(400)]

    def send(request):
        i, patient = request
        # longer than a pipe's atomic write, so that lines could mix
        headers = {"X-Squall-Request": str(i), "X-Squall-Padding": "x" * 6000, "traceparent": f"00-{i:032x}-{i:016x}-01", "X-Other": "1"}
        return logged.ask("POST", "/predict", patient, JSON, headers.items())[0].status

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(send, requests))
    log = {int(line["headers"]["X-Squall-Request"]): line for line in logged.log()}
    assert len(logged.log()) == len(log) == 400  # and asking for the log is not in it
    assert len({line["worker"] for line in log.values()}) == 2
    for (i, patient), status in zip(requests, statuses):
        line = log[i]
        assert (line["method"], line["path"], line["query"], line["status"]) == ("POST", "/predict", "", status)
        assert json.loads(line["body"]) == patient
        assert line["headers"].keys() == {"X-Squall-Request", "X-Squall-Padding", "traceparent"}
        assert line["headers"]["traceparent"] == f"00-{i:032x}-{i:016x}-01"
        assert line["arrivedNanos"] <= line["repliedNanos"] <= time.monotonic_ns()
        assert abs(line["wallNanos"] - time.time_ns()) < 60e9


def test_the_log_holds_what_failed_and_what_is_not_text(logged):
    logged.ask("GET", "/nope?a=1")
    logged.ask("POST", "/predict", b"\xff\xfe", JSON)
    logged.ask("POST", "/predict", iter([b'{"a"', b": 1}"]), JSON, {"Transfer-Encoding": "chunked"}.items())
    nope, binary, chunked = sorted(logged.log(), key=lambda line: line["arrivedNanos"])
    assert (nope["path"], nope["query"], nope["status"], nope["body"]) == ("/nope", "a=1", 500, "")
    assert (binary["bodyBase64"], binary["status"]) == ("//4=", 500)
    assert (chunked["body"], chunked["status"]) == ('{"a": 1}', 400)


def test_the_log_can_go_to_standard_output(model):
    service = Service(REQUEST_LOG="-")
    threads = [threading.Thread(target=service.ask, args=("POST", "/predict", {"n": n, "fill": "x" * 5000}, JSON)) for n in range(40)]
    reader = concurrent.futures.ThreadPoolExecutor(1).submit(service.process.stdout.read)  # a full pipe would block
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert service.ask("GET", "/requests")[0].status == 500
    service.process.terminate()
    lines = [json.loads(line) for line in reader.result(timeout=60).splitlines()]
    service.process.wait()
    service.process.stderr.close()
    assert sorted(json.loads(line["body"])["n"] for line in lines if line["path"] == "/predict") == list(range(40))


def test_the_made_data_is_the_table_that_it_imitates():
    import make_data
    from features import CATEGORIES, COLUMNS, LABEL, NUMBERS

    patients = make_data.patients()
    assert patients == make_data.patients() != make_data.patients(seed=1)
    assert set(COLUMNS) == NUMBERS.keys() | CATEGORIES.keys() and len(COLUMNS) == 13
    assert [sum(p[LABEL] == label for p in patients) for label in (0, 1)] == [138, 165]
    for column, ends in NUMBERS.items():
        values = [p[column] for p in patients]
        assert (min(values), max(values)) == ends
        assert column == "oldpeak" or all(isinstance(value, int) for value in values)
    for column, values in CATEGORIES.items():
        assert {p[column] for p in patients} == set(values)


def test_the_model_is_as_good_as_on_the_real_table(model):
    import make_data
    import train

    scores = train.score(make_data.patients())
    assert scores["accuracy"] == pytest.approx(0.87, abs=0.015)
    assert scores["auc"] == pytest.approx(0.95, abs=0.01)


def write_csv(path, change=lambda rows: rows):
    made = subprocess.run([sys.executable, "make_data.py"], cwd=HERE, check=True, capture_output=True, text=True).stdout
    rows = change([dict(row) for row in csv.DictReader(made.splitlines())])
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def train_on(path, out):
    return subprocess.run([sys.executable, "train.py", "--data", path, "--out", out], cwd=HERE, capture_output=True, text=True)


def test_trains_on_the_users_csv(tmp_path):
    """Its columns in another order, with one more, values missing and a category that is a word."""

    def change(rows):
        rows = [{"id": str(i)} | {name: row[name] for name in sorted(row)} for i, row in enumerate(rows)]
        for row in rows[:30]:
            row |= {"chol": "?", "ca": ""}
        for row in rows:
            row["sex"] = "male" if row["sex"] == "1" else "female"
        return rows[:250]

    trained = train_on(write_csv(tmp_path / "heart.csv", change), tmp_path / "model.joblib")
    assert trained.returncode == 0, trained.stderr
    scores = json.loads(trained.stdout)
    assert scores["rows"] == 250 and scores["auc"] > 0.9
    code = f"import app; print(app.app.test_client().post('/predict', json={ILL | {'sex': 'male'}}).text)"
    environment = os.environ | {"MODEL": str(tmp_path / "model.joblib")}
    answer = subprocess.run([sys.executable, "-c", code], cwd=HERE, env=environment, capture_output=True, text=True)
    assert answer.stdout.strip() == '{"diagnosis":"heart-disease"}', answer.stderr


@pytest.mark.parametrize(
    "change, says",
    [
        (lambda rows: [{n: v for n, v in row.items() if n not in ("chol", "target")} for row in rows], "the header lacks chol, target"),
        (lambda rows: [rows[0], rows[1] | {"age": "old"}, *rows[2:]], "line 3: age: could not convert to a number: 'old'"),
        (lambda rows: [rows[0] | {"target": "2"}, *rows[1:]], "line 2: target is '2', not 0 or 1"),
        (lambda rows: [row for row in rows if row["target"] == "1"], "both labels need two rows"),
    ],
    ids=["no such column", "not a number", "no such label", "one label only"],
)
def test_says_what_is_wrong_with_the_users_csv(tmp_path, change, says):
    trained = train_on(write_csv(tmp_path / "heart.csv", change), tmp_path / "model.joblib")
    assert trained.returncode == 1 and says in trained.stderr, trained.stderr
    assert not (tmp_path / "model.joblib").exists()
