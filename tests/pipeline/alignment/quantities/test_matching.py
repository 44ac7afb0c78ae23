"""What two numbers share is worked out once for all that are told in the same words: only what the words decide."""

from datetime import datetime, timedelta, timezone
from itertools import combinations

from service import pipeline
from service.pipeline.alignment import places, workspace
from service.pipeline.alignment.quantities.matching import Pairs, match
from service.pipeline.annotations import Article

TOLD = "Banjir menerjang {} kecamatan di Kabupaten Waru. Banjir menerjang {} kecamatan di Kabupaten Waru."
NUMBERS = ((23, 48), (23, 48), (31, 57))


def test_the_veto_of_a_pair_is_not_that_of_another_pair_in_the_same_words():
    resources = pipeline.load("id")
    published = datetime(2026, 3, 10, 18, tzinfo=timezone(timedelta(hours=7)))
    articles = [
        Article(str(n), TOLD.format(*told), source=f"Harian {n}", language="id", published_at=published)
        for n, told in enumerate(NUMBERS)
    ]
    analyses = pipeline.analyze(articles, resources)
    (story,) = workspace.prepare(analyses, resources.conflicts.lexicon, places.load("id"), ())
    pairs = Pairs(story.background)
    found, expected = {}, {}
    for one, other in combinations(story.quantities, 2):
        key = one.reading.order, one.value.low, other.reading.order, other.value.low
        found[key] = pairs.objection(one, other)
        expected[key] = match(one, other, story.background).veto
    # both articles tell of 23 and of 48, and none but the third of 31
    assert expected[0, 23, 1, 48] == "other-thing"
    assert expected[0, 23, 2, 31] is None
    assert found == expected
