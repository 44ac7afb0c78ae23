"""Articles of a case, checked against each other as the service does it."""

from datetime import datetime, timedelta, timezone

from service import pipeline
from service.pipeline.annotations import Article

WIB = timezone(timedelta(hours=7))
PUBLISHED_DAY = 10


def read(rows):
    """Articles from rows of outlet, text, and the day of March 2026 on which they appeared (10 unless given)."""
    return [
        Article(
            f"a{number}",
            row[1],
            source=row[0],
            language="id",
            published_at=datetime(2026, 3, row[2] if len(row) > 2 else PUBLISHED_DAY, 18, tzinfo=WIB),
        )
        for number, row in enumerate(rows)
    ]


def check(rows, language="id"):
    """The cross-check of the articles in ``rows``."""
    resources = pipeline.load("id")
    return pipeline.cross_check(pipeline.analyze(read(rows), resources), resources, language)
