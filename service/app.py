"""The web application: the pipeline is loaded once, before the server forks."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from service import api, logging, memory, pipeline, provenance, telemetry
from service import settings as environment
from service.api import state
from service.api.admission import Gate
from service.api.deadlines import Watch
from service.api.rates import Limiter
from service.api.specification import Specification
from service.keys import Keyring
from service.pipeline.annotations import Analysis, Article, CrossCheck
from service.pipeline.progress import Progress
from service.settings import Settings


class LoadedPipeline:
    """The pipeline with the resources of one language."""

    def __init__(self, code: str) -> None:
        self._resources = pipeline.load(code)
        memory.collect_seldom()

    def analyze(self, articles: Sequence[Article], depth: state.Depth, progress: Progress) -> tuple[Analysis, ...]:
        """Analyse each article, as deep as asked."""
        return pipeline.analyze(articles, self._resources, depth, progress)

    def cross_check(self, analyses: Sequence[Analysis], language: str, progress: Progress) -> CrossCheck:
        """What the articles say of each other, put into words of ``language``."""
        return pipeline.cross_check(analyses, self._resources, language, progress)


def create_app(settings: Settings | None = None, loaded: state.Pipeline | None = None) -> Flask:
    """The application under ``settings``, or those of the environment; ``loaded`` stands in for the pipeline.

    Raises SettingsError or LanguageDataError where it cannot serve.
    """
    settings = settings or environment.read()
    environment.check(settings)
    logging.configure(settings.log_level)
    # Werkzeug looks this codec up with each request. Where two threads are the first to do so, one may find its module
    # half loaded, and Python then takes the codec for unknown as long as the process lives.
    codecs.lookup("idna")
    app = Flask(__name__, static_folder=None)
    state.keep(
        app,
        state.State(
            settings=settings,
            keyring=Keyring(settings),
            gate=Gate(settings.max_working, settings.max_waiting),
            watch=Watch(),
            limiter=Limiter(settings),
            pipeline=loaded or LoadedPipeline(settings.language),
            provenance=provenance.describe(),
            specification=Specification(api.RESOURCES, settings),
        ),
    )
    api.register(app)
    if processor := telemetry.make_processor(settings):
        telemetry.register(app, processor)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0)  # type: ignore[method-assign]
    return app
