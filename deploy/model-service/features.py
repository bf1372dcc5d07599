"""The columns of the heart-disease data, and how one patient becomes one row of the model's input."""

NUMBERS = {  # column: the range seen in the data
    "age": (29, 77),
    "trestbps": (94, 200),
    "chol": (126, 564),
    "thalach": (71, 202),
    "oldpeak": (0.0, 6.2),
}
CATEGORIES = {  # column: the values seen in the data
    "sex": (0, 1),
    "cp": (0, 1, 2, 3),
    "fbs": (0, 1),
    "restecg": (0, 1, 2),
    "exang": (0, 1),
    "slope": (0, 1, 2),
    "ca": (0, 1, 2, 3, 4),
    "thal": (0, 1, 2, 3),
}
COLUMNS = (
    "age", "sex", "cp", "trestbps", "chol", "fbs", "restecg",
    "thalach", "exang", "oldpeak", "slope", "ca", "thal",
)  # fmt: skip
LABEL = "target"  # 1: heart disease, 0: clear

MISSING = float("nan")


def row(patient):
    """A patient's 13 values in the order of COLUMNS. Raises ValueError, naming the column or the value."""
    missing = [column for column in COLUMNS if column not in patient]
    if missing:
        raise ValueError(f"columns are missing: {', '.join(missing)}")
    return [
        number(column, patient[column]) if column in NUMBERS else category(column, patient[column])
        for column in COLUMNS
    ]


def number(column, value):
    """The value as a float; None is a missing value, which the model imputes."""
    if value is None:
        return MISSING
    try:
        return float(value)
    except (ValueError, TypeError, OverflowError):
        raise ValueError(f"{column}: could not convert to a number: {value!r}") from None


def category(column, value):
    """The value's text, the same for 1, 1.0, true and "1"; None is "", which no category matches."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int)):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    raise ValueError(f"{column}: could not convert to a category: {value!r}")
