"""When a window may begin: the compiler's rest, from readings of its threads."""

import subprocess
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from squall_bench.compiler import Rest, await_rest, share  # noqa: E402
from squall_bench.load import Outcome  # noqa: E402
from squall_bench.measure import Measured, Window  # noqa: E402
from squall_bench.report import compiling  # noqa: E402


def first_rest(shares: list[float], every: float = 0.25) -> float | None:
    """When one thread that takes these shares of a core, each for a while, is first seen at rest."""
    rest, spent = Rest(), 0.0
    for number, took in enumerate([0.0, *shares]):
        spent += took * every
        if rest.seen(number * every, {1: spent}):
            return number * every
    return None


class CompilersRest(unittest.TestCase):
    def test_it_takes_two_quiet_seconds_in_a_row(self):
        table = [
            # shares of a core in each quarter of a second, the instant of rest
            ([0.0] * 40, 2.0),  # a span must have passed
            ([0.02] * 40, 2.0),  # a little is quiet
            ([0.05] * 40, None),  # that much is not, however long
            ([0.5] * 12 + [0.0] * 20, 5.0),  # quiet from second 3 on
            ([0.0] * 6 + [0.9] + [0.0] * 20, 3.75),  # a burst after a pause that was too short
            ([0.5] * 40, None),
        ]
        for shares, at in table:
            self.assertEqual(first_rest(shares), at, shares)

    def test_a_thread_that_ended_hides_no_work_of_the_others(self):
        rest = Rest()
        self.assertFalse(rest.seen(0, {1: 50.0, 2: 1.0}))
        self.assertFalse(rest.seen(2, {2: 2.0}))

    def test_a_thread_that_began_counts_from_its_begin(self):
        rest = Rest()
        self.assertFalse(rest.seen(0, {1: 50.0}))
        self.assertFalse(rest.seen(2, {1: 50.0, 2: 0.5}))
        self.assertTrue(rest.seen(4, {1: 50.0, 2: 0.5}))

    def test_what_has_no_compiler_rests_at_once(self):
        process = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
        try:
            began = time.monotonic()
            self.assertTrue(await_rest(process.pid, began + 60, lambda: False))
            self.assertLess(time.monotonic() - began, 30)
        finally:
            process.communicate()

    def test_the_compilers_share_is_that_of_its_two_kinds_of_thread(self):
        self.assertAlmostEqual(share({"C2 CompilerThre": 0.4, "C1 CompilerThre": 0.1, "squall-load": 9}, 5), 0.1)


def run(rested: bool, compiled: float) -> Measured:
    return Measured(1000, 5, 1, 1, 0, 0, Outcome(1000, 0), None, {"C2 CompilerThre": compiled}, rested)


class Reported(unittest.TestCase):
    def test_a_contender_whose_compiler_rested_is_not_remarked_on(self):
        self.assertEqual(compiling("Squall", [run(True, 0.1)] * 3), [])

    def test_one_whose_compiler_did_not_is_with_what_it_took(self):
        [said] = compiling("Squall", [run(True, 0.1), run(False, 2), run(False, 1)])
        self.assertIn("in 2 of 3 runs", said)
        self.assertIn("30% of a core", said)

    def test_the_window_ends_before_the_load_at_the_latest_begin(self):
        window = Window(5, 5, 20)
        self.assertGreater(window.run_seconds() + window.patience, window.begin + window.patience + window.seconds)


if __name__ == "__main__":
    unittest.main()
