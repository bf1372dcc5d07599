"""Turns, with real processes: nobody runs but in a turn of its own."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from squall_bench import cpu
from squall_bench.load import Load
from squall_bench.turns import Player


class _Counting:
    """A target that counts how often it is asked."""

    pid = os.getpid()
    asked = 0

    def requests(self) -> int:
        self.asked += 1
        return 100 * self.asked

    def refusals(self) -> int:
        return 0


class TurnsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.players = [self._player() for _ in range(2)]

    def _player(self) -> Player:
        process = subprocess.Popen(["sh", "-c", "while :; do :; done"], start_new_session=True)
        player = Player(None, Load("http://127.0.0.1/", 1), self.folder, process)
        self.addCleanup(player.end)
        player.stop()
        return player

    def test_whoever_waits_takes_no_cpu_and_each_turn_is_counted(self) -> None:
        before = [cpu.of_tree(one.process.pid) for one in self.players]
        target = _Counting()
        for _ in range(2):
            for one in self.players:
                one.turn(target)
        for one, own in zip(self.players, before, strict=True):
            self.assertGreater(one.client_cpu, 0)
            self.assertGreaterEqual(one.seconds, 2)
            self.assertLess(one.client_cpu, one.seconds + 0.1)
            # All that it used since it was first stopped, it used in its turns.
            self.assertAlmostEqual(one.client_cpu, cpu.of_tree(one.process.pid) - own, places=6)
            self.assertEqual(one.requests, 200)

    def test_one_that_ended_is_an_error(self) -> None:
        one = self.players[0]
        (self.folder / "stderr").write_text("no route to host\n")
        one.end()
        with self.assertRaisesRegex(RuntimeError, "ended before its turns did: no route to host"):
            Player(type("Any", (), {"name": "any"}), one.load, self.folder, one.process).stop()
