"""The heart-disease model behind HTTP: GET /health, POST /predict, POST /predict/batch."""

import html
import os

import joblib
import numpy as np
from flask import Flask, request

from features import row
from requestlog import RequestLog

DIAGNOSES = {1: "heart-disease", 0: "clear"}

app = Flask(__name__)
model = joblib.load(os.environ.get("MODEL", os.path.join(os.path.dirname(os.path.abspath(__file__)), "model.joblib")))


@app.get("/health")
def health():
    return "OK"


@app.post("/predict")
def predict():
    patient = request.get_json()
    if not isinstance(patient, dict) or not patient:
        raise TypeError("expected a JSON object with a patient's fields")
    label = model.predict(np.array([row(patient)], dtype=object))[0]
    return {"diagnosis": DIAGNOSES[int(label)]}


@app.post("/predict/batch")
def predict_batch():
    patients = request.get_json()
    if not isinstance(patients, list) or not patients or not all(isinstance(one, dict) and one for one in patients):
        raise TypeError("expected a JSON array of objects with a patient's fields")
    labels = model.predict(np.array([row(one) for one in patients], dtype=object))
    return {"diagnoses": [DIAGNOSES[int(label)] for label in labels]}


@app.errorhandler(ValueError)
def invalid_patient(error):
    return html.escape(str(error), quote=False), 400


@app.errorhandler(Exception)
def anything_else(error):
    return f"Oops, got an error! {html.escape(str(error), quote=False)}", 500


if destination := os.environ.get("REQUEST_LOG"):
    app.wsgi_app = RequestLog(app.wsgi_app, destination)
