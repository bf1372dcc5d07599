"""Makes heart.csv: 303 patients that do not exist, with the columns, ranges and label counts of the well-known
heart-disease table, and a structure that a model can learn.

A patient's label sets a hidden severity, and severity and age move the measured values in the medical direction:
the ill are older, reach a lower maximum heart rate, and show more ST depression, angina and narrowed vessels. (In
one widely copied version of the table the label is the other way round; ours means what it says, 1 is ill.)

    python3 make_data.py > heart.csv
"""

import csv
import random
import sys

from features import COLUMNS, LABEL, NUMBERS

SEED = 303
ILL, CLEAR = 165, 138
SEVERITY_GAP = 3.0  # between the labels' mean severities, in its standard deviation: sets how well any model can do


def patients(seed=SEED):
    """The 303 patients as dicts, the same for the same seed."""
    # Only random() and shuffle() are drawn from, whose numbers Python keeps the same from version to version.
    rng = random.Random(seed)
    labels = [1] * ILL + [0] * CLEAR
    rng.shuffle(labels)
    rows = [_patient(rng, label) for label in labels]
    for column, (low, high) in NUMBERS.items():  # the table's ranges are those that are seen, ends included
        values = [row[column] for row in rows]
        rows[values.index(min(values))][column] = low
        rows[values.index(max(values))][column] = high
    return rows


def _patient(rng, label):
    severity = _normal(rng) + (SEVERITY_GAP / 2 if label else -SEVERITY_GAP / 2)
    age = _bounded("age", 54 + 1.8 * severity + 8.5 * _normal(rng))
    older = (age - 54) / 9
    male = rng.random() < _squash(0.8 + 0.35 * severity)
    return {
        "age": age,
        "sex": int(male),
        "cp": _level(rng, 0.4 + 0.55 * severity, (-1.0, 0.4, 1.6)),
        "trestbps": _bounded("trestbps", 131 + 3 * severity + 5 * older + 15 * _normal(rng)),
        "chol": _bounded("chol", 246 + 4 * severity + 9 * older - (8 if male else 0) + 46 * _normal(rng)),
        "fbs": int(rng.random() < _squash(-1.9 + 0.1 * severity + 0.3 * older)),
        "restecg": _level(rng, 0.2 * severity + 0.2 * older, (0.0, 2.6)),
        "thalach": _bounded("thalach", 150 - 7.5 * severity - 7 * older + 15 * _normal(rng)),
        "exang": int(rng.random() < _squash(-0.9 + 0.75 * severity)),
        "oldpeak": _bounded("oldpeak", max(0.0, 0.75 + 0.5 * severity + 0.75 * _normal(rng)), digits=1),
        "slope": 2 - _level(rng, 0.55 * severity, (0.1, 2.0)),
        "ca": _level(rng, 0.7 * severity, (0.4, 1.4, 2.2, 3.4)),
        "thal": _thal(rng, severity),
        LABEL: label,
    }


def _thal(rng, severity):
    # 0 not known, 1 fixed defect, 2 normal, 3 reversible defect
    if rng.random() < 0.01:
        return 0
    if rng.random() < 0.06:
        return 1
    return 3 if rng.random() < _squash(-0.4 + 0.9 * severity) else 2


def _normal(rng):
    return sum(rng.random() for _ in range(12)) - 6


def _squash(x):
    return 0.5 * (1 + x / (1 + abs(x)))


def _level(rng, mean, bounds):
    x = mean + _normal(rng)
    return sum(x > bound for bound in bounds)


def _bounded(column, value, digits=0):
    low, high = NUMBERS[column]
    value = min(max(value, low), high)
    return round(value, digits) if digits else round(value)


def main():
    writer = csv.DictWriter(sys.stdout, [*COLUMNS, LABEL], lineterminator="\n")
    writer.writeheader()
    writer.writerows(patients())


if __name__ == "__main__":
    main()
