"""What Hyperfoil is asked for, and how what it says is read."""

import json
import sys
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from squall_bench import peers  # noqa: E402
from squall_bench.clients.hyperfoil import Hyperfoil, benchmark  # noqa: E402
from squall_bench.load import Load, Outcome, Unavailable  # noqa: E402

LOAD = Load("http://127.0.0.1:8080/", 11)
ALL_WELL = {
    "requests": 1000,
    "responses": 1000,
    "status2xx": 1000,
    "invalid": 0,
    "connectionErrors": 0,
    "requestTimeouts": 0,
    "internalErrors": 0,
    "p99Nanos": 2_500_000,
}


def client() -> Hyperfoil:
    with mock.patch.object(peers, "find", return_value=("/bin/hyperfoil", "0.25.2")):
        return Hyperfoil()


class Asked(unittest.TestCase):
    def test_a_closed_load_is_a_user_for_each_of_its_connections_always(self):
        asked = benchmark(LOAD)
        always = asked["phases"][0]["load"]["always"]
        self.assertEqual((asked["threads"], asked["http"]["sharedConnections"], always["users"]), (1, 64, 64))
        self.assertEqual(always["duration"], "11s")
        self.assertEqual(asked["http"]["host"], "http://127.0.0.1:8080")

    def test_a_rate_is_constant_and_shares_the_connections(self):
        asked = benchmark(replace(LOAD, rate=2_000))
        arrivals = asked["phases"][0]["load"]["constantRate"]
        self.assertEqual((arrivals["usersPerSec"], arrivals["variance"], arrivals["maxSessions"]), (2_000, False, 30_000))
        self.assertEqual(asked["http"]["sharedConnections"], 64)

    def test_answers_may_come_after_the_load_so_that_both_sides_count_the_same(self):
        self.assertEqual(benchmark(LOAD)["phases"][0]["load"]["always"]["maxDuration"], "41s")

    def test_it_trusts_the_targets_certificate(self):
        asked = benchmark(replace(LOAD, url="https://127.0.0.1:8443/", certificate=Path("/a/certificate.pem")))
        self.assertEqual(asked["http"]["trustManager"], {"certFile": "/a/certificate.pem"})
        self.assertFalse(asked["http"]["allowHttp2"])

    def test_a_connection_for_each_request_has_no_pool(self):
        http = benchmark(replace(LOAD, keep_alive=False))["http"]
        self.assertEqual(http["connectionStrategy"], "ALWAYS_NEW")
        self.assertNotIn("sharedConnections", http)

    def test_http2_is_by_alpn_with_a_user_for_each_stream(self):
        load = replace(LOAD, url="https://127.0.0.1:8443/", certificate=Path("/a.pem"), connections=4, streams=16)
        asked = benchmark(load)
        http = asked["http"]
        self.assertEqual((http["allowHttp1x"], http["allowHttp2"], http["maxHttp2Streams"]), (False, True, 16))
        self.assertEqual((http["sharedConnections"], asked["phases"][0]["load"]["always"]["users"]), (4, 64))

    def test_it_says_why_it_does_not_speak_http2_by_prior_knowledge(self):
        with self.assertRaisesRegex(Unavailable, "prior knowledge"):
            benchmark(replace(LOAD, streams=1))

    def test_the_benchmark_is_written_where_the_command_reads_it(self):
        with tempfile.TemporaryDirectory() as folder:
            program, file = client().command(LOAD, Path(folder))
            self.assertEqual(program, "/bin/hyperfoil")
            self.assertEqual(json.loads((Path(folder) / file).read_text()), benchmark(LOAD))


class Said(unittest.TestCase):
    def test_the_last_line_is_its_statistics_and_what_stands_before_is_its_log(self):
        said = "ERROR (jitter-watchdog) not invoked for 104 ms\n" + json.dumps(ALL_WELL) + "\n"
        self.assertEqual(client().outcome(Path(), said), Outcome(1000, 0, 2_500.0))

    def test_every_request_that_failed_is_counted_once(self):
        table = [
            # another status, which its check refuses
            ({"status2xx": 993, "invalid": 7}, 7),
            # another status, which its check lets pass, such as a redirect
            ({"status2xx": 998}, 2),
            # a broken connection, which is invalid too
            ({"responses": 991, "status2xx": 991, "connectionErrors": 9, "invalid": 9}, 9),
            ({"responses": 997, "status2xx": 997, "requestTimeouts": 3}, 3),
            ({"responses": 999, "status2xx": 999, "internalErrors": 1}, 1),
            # an answer of the right status that its check refuses
            ({"invalid": 4}, 4),
        ]
        for changed, failures in table:
            self.assertEqual(client().outcome(Path(), json.dumps(ALL_WELL | changed)).failures, failures, changed)


if __name__ == "__main__":
    unittest.main()
