"""The few statistics that the bench reports. Pure; every draw comes from a fixed seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

RESAMPLES = 10_000


@dataclass(frozen=True)
class Interval:
    """A median and its bootstrap 95 % interval."""

    median: float
    low: float
    high: float
    samples: int

    def __str__(self) -> str:
        return f"{self.median:.3f} [{self.low:.3f}, {self.high:.3f}], n = {self.samples}"


def bootstrap_median(values: Sequence[float], seed: int = 1, resamples: int = RESAMPLES) -> Interval:
    """Percentile bootstrap of the median: resample with replacement, take each resample's median, cut off 2.5 % a side.

    With fewer than 6 values the interval only shows the spread: it cannot reach 95 %.
    """
    if not values:
        raise ValueError("no values")
    draw = random.Random(seed)
    medians = sorted(median(draw.choices(values, k=len(values))) for _ in range(resamples))
    cut = resamples * 25 // 1000
    return Interval(median(values), medians[cut], medians[-1 - cut], len(values))


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of all values do not exceed."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)
    return ordered[min(len(ordered), max(1, int(rank))) - 1]
