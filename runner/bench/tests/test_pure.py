"""What the bench computes, without a machine: run by `python3 -m unittest discover -s runner/bench/tests`, and in `make test` by pytest."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from squall_bench.rows.connections import opened  # noqa: E402
from squall_bench.rows.fixed import schedule_error  # noqa: E402
from squall_bench.rows.stall import true_times  # noqa: E402
from squall_bench.stall_target import Served  # noqa: E402
from squall_bench.statistics import bootstrap_median, percentile  # noqa: E402
from squall_bench.trace import Traced, errors  # noqa: E402


class Connections(unittest.TestCase):
    def test_its_own_count_stands_beside_the_kernels(self):
        def run(held):
            addresses = [{"connections": 600}, {"connections": 400}]
            runners = [{"opened": 993, "portsHeld": held}]
            return {"requests": 1_000, "failures": 1, "connections": {"addresses": addresses}, "validity": {"runners": runners}}

        said = opened([run(7), run(9)])
        self.assertTrue(said.startswith("2,000 connections opened (1,986 by the kernel"), said)
        self.assertTrue(said.endswith("for 2,000 requests, 2 failures, at most 9 sockets at a time"), said)


class Statistics(unittest.TestCase):
    def test_the_interval_of_the_median_holds_the_median_and_shrinks_with_samples(self):
        few = bootstrap_median([1.0, 1.1, 0.9] * 3)
        many = bootstrap_median([1.0, 1.1, 0.9] * 30)
        self.assertLessEqual(few.low, few.median)
        self.assertLessEqual(few.median, few.high)
        self.assertLess(many.high - many.low, few.high - few.low + 1e-12)

    def test_the_interval_covers_the_true_median_about_as_often_as_it_says(self):
        import random

        draw = random.Random(7)
        covered = 0
        for _ in range(60):
            interval = bootstrap_median([draw.gauss(1, 0.05) for _ in range(15)], resamples=400)
            covered += interval.low <= 1 <= interval.high
        self.assertGreaterEqual(covered, 52)

    def test_a_percentile_is_a_value_that_occurred(self):
        table = [
            # values, percent, expected
            ([1.0], 99, 1.0),
            ([float(one) for one in range(1, 101)], 99, 99.0),
            ([float(one) for one in range(1, 101)], 100, 100.0),
            ([3.0, 1.0, 2.0], 50, 2.0),
        ]
        for values, percent, expected in table:
            self.assertEqual(percentile(values, percent), expected)


class Truth(unittest.TestCase):
    def test_without_a_freeze_every_answer_takes_the_answers_time(self):
        times = list(true_times(0, 100, 1, [], 0.001))
        self.assertEqual(len(times), 100)
        self.assertTrue(all(abs(one - 0.001) < 1e-9 for one in times))

    def test_a_request_intended_in_a_freeze_waits_for_its_end(self):
        times = list(true_times(0, 10, 2, [(0.5, 1.5)], 0.001))
        self.assertAlmostEqual(times[5], 1.001)  # intended at the freeze's begin
        self.assertAlmostEqual(times[14], 0.101)
        self.assertAlmostEqual(times[15], 0.001)

    def test_an_answer_due_inside_a_freeze_comes_at_its_end(self):
        times = list(true_times(0, 10, 1, [(0.1005, 0.2)], 0.001))
        self.assertAlmostEqual(times[1], 0.1)

    def test_three_freezes_in_thirty_seconds_make_a_p99_of_nine_tenths_of_a_second(self):
        freezes = [(4.5, 5.5), (14.5, 15.5), (24.5, 25.5)]
        self.assertAlmostEqual(percentile(list(true_times(0, 2000, 30, freezes, 0.001)), 99), 0.902, delta=0.0005)


class SameRequest(unittest.TestCase):
    def test_the_error_is_what_squall_says_beyond_what_the_target_says_of_the_same_request(self):
        traced = [Traced(64, 1, 1, 2_000, 9_000, 0), Traced(64, 0, 1, 1_000, 5_000, 0)]
        served = {(64, 0): Served(1_500, 4_000), (64, 1): Served(2_100, 8_000)}
        found = errors(traced, served, 1)
        self.assertEqual([round(one * 1e9) for one in found.whole], [1_100, 1_500])
        self.assertEqual([round(one * 1e9) for one in found.out], [100, 500])
        self.assertEqual([round(one * 1e9) for one in found.back], [1_000, 1_000])
        self.assertEqual(found.apart, 0)

    def test_other_loads_are_left_out_and_what_cannot_be_compared_is_counted(self):
        traced = [
            Traced(0, 0, 0, 1, 2, 0),  # the warm-up's
            Traced(64, 0, 1, 1, 2, 1),  # failed
            Traced(64, 1, 1, 1, 2, 0),  # unknown to the target
        ]
        found = errors(traced, {(0, 0): Served(1, 2), (64, 0): Served(1, 2)}, 1)
        self.assertEqual((found.whole, found.apart), ([], 2))


class Schedule(unittest.TestCase):
    def test_a_perfect_schedule_has_no_error_whatever_its_phase(self):
        middle, high = schedule_error([17.3 + one / 2000 for one in range(1000)], 2000)
        self.assertLess(high, 1e-9)
        self.assertLessEqual(middle, high)

    def test_bursts_are_an_error(self):
        _, high = schedule_error([(one // 64) * 64 / 2000 for one in range(6400)], 2000)
        self.assertGreater(high, 0.015)

    def test_a_rate_that_is_too_low_drifts_away_from_the_schedule(self):
        _, high = schedule_error([one / 1990 for one in range(20000)], 2000)
        self.assertGreater(high, 0.02)


if __name__ == "__main__":
    unittest.main()
