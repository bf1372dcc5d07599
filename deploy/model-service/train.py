"""Trains the model and writes it, for app.py to serve.

    python3 train.py --out model.joblib                     # on the made data of make_data.py
    python3 train.py --out model.joblib --data heart.csv    # on your own: a header with the 13 columns and `target`
"""

import argparse
import csv
import json
import sys

import joblib
import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import RepeatedStratifiedKFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

import make_data
from features import CATEGORIES, COLUMNS, LABEL, NUMBERS, row

NOT_KNOWN = {"", "?", "na", "nan", "null", "none"}


def pipeline():
    """Numbers imputed with the median and scaled, categories one-hot, then a classifier."""
    return make_pipeline(
        ColumnTransformer([
            (
                "numbers",
                make_pipeline(SimpleImputer(strategy="median"), StandardScaler()),
                [i for i, column in enumerate(COLUMNS) if column in NUMBERS],
            ),
            (
                "categories",
                OneHotEncoder(handle_unknown="ignore", sparse_output=False),
                [i for i, column in enumerate(COLUMNS) if column in CATEGORIES],
            ),
        ]),
        LogisticRegression(C=0.3, max_iter=1000),
    )


def read(path):
    """The patients of a CSV file as dicts. Raises ValueError, naming the file, the line and the fix."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file, skipinitialspace=True)
        missing = [column for column in (*COLUMNS, LABEL) if column not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path}: the header lacks {', '.join(missing)}")
        patients = []
        for record in reader:
            patient = {column: _cell(record[column]) for column in COLUMNS}
            if _cell(record[LABEL]) not in (0, 1):
                raise ValueError(f"{path}, line {reader.line_num}: {LABEL} is {record[LABEL]!r}, not 0 or 1")
            patient[LABEL] = int(_cell(record[LABEL]))
            try:
                row(patient)
            except ValueError as error:
                raise ValueError(f"{path}, line {reader.line_num}: {error}") from None
            patients.append(patient)
    return patients


def _cell(text):
    if text is None or text.strip().lower() in NOT_KNOWN:
        return None
    try:
        return float(text)
    except ValueError:
        return text.strip()


def table(patients):
    """The model's input and the labels of these patients."""
    return np.array([row(patient) for patient in patients], dtype=object), np.array([p[LABEL] for p in patients])


def score(patients, repeats=3):
    """Accuracy and AUC by repeated 10-fold cross-validation (fewer folds where a label has fewer than 10 rows)."""
    x, y = table(patients)
    folds = min(10, *np.bincount(y, minlength=2))
    if folds < 2:
        raise ValueError(f"both labels need two rows at least; here: {dict(zip((0, 1), np.bincount(y, minlength=2)))}")
    splits = RepeatedStratifiedKFold(n_splits=folds, n_repeats=repeats, random_state=0)
    scores = cross_validate(pipeline(), x, y, cv=splits, scoring=("accuracy", "roc_auc"))
    return {"accuracy": float(scores["test_accuracy"].mean()), "auc": float(scores["test_roc_auc"].mean())}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", help="a CSV file; without it, the made data")
    arguments.add_argument("--out", default="model.joblib", help="the model's file (default: %(default)s)")
    arguments = arguments.parse_args()
    try:
        patients = read(arguments.data) if arguments.data else make_data.patients()
        scores = score(patients, repeats=1)
    except (ValueError, OSError) as error:
        sys.exit(f"train: {error}")
    model = pipeline().fit(*table(patients))
    joblib.dump(model, arguments.out)
    print(json.dumps({"rows": len(patients), **{name: round(value, 3) for name, value in scores.items()}}))


if __name__ == "__main__":
    main()
