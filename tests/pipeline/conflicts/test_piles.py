"""Piles of articles: stories kept apart, copies that do not contradict each other, odd texts, growth with the pile."""

from datetime import datetime, timedelta, timezone
from itertools import pairwise
from random import Random
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from service import pipeline
from service.pipeline.annotations import Article
from tests.specs import load

WHEN = datetime(2026, 3, 10, 18, tzinfo=timezone(timedelta(hours=7)))
CASES = [case for case in load("id", "conflicts_quantities")["cases"] if "pa" not in case and "pb" not in case]


def check(texts):
    articles = [
        Article(f"a{number}", text, source=f"Harian {number}", language="id", published_at=WHEN)
        for number, text in enumerate(texts)
    ]
    resources = pipeline.load("id")
    return articles, pipeline.cross_check(pipeline.analyze(articles, resources), resources)


def spans(conflicts):
    return sorted(
        sorted((e.article_id, e.span.start, e.span.end) for p in conflict.positions for e in p.evidence)
        for conflict in conflicts
    )


def test_an_article_does_not_contradict_its_copy():
    for case in CASES[:25]:
        _, found = check([case["a"], case["a"]])
        assert not found.conflicts, case["id"]


def test_stories_of_a_pile_do_not_contradict_each_other():
    texts = list(dict.fromkeys(case["a"] for case in CASES if not case["id"].startswith("upper bound")))
    _, found = check(texts)
    places = {
        tuple(sorted({e.article_id for p in conflict.positions for e in p.evidence})) for conflict in found.conflicts
    }
    assert not places


def test_a_story_yields_the_same_alone_and_in_a_pile():
    case = next(case for case in CASES if case["id"] == "magnitude")
    alone = check([case["a"], case["b"]])[1]
    piled = check([case["a"], case["b"], *(other["a"] for other in CASES if other["id"].startswith("bribe"))])[1]
    of_story = [c for c in piled.conflicts if c.positions[0].evidence[0].article_id in {"a0", "a1"}]
    assert alone.conflicts
    assert spans(alone.conflicts) == spans(of_story)


def test_the_order_of_articles_does_not_matter():
    case = next(case for case in CASES if case["id"] == "magnitude")
    one, other = check([case["a"], case["b"]])[1], check([case["b"], case["a"]])[1]
    swapped = {"a0": "a1", "a1": "a0"}
    back = sorted(sorted((swapped[a], s, e) for a, s, e in places) for places in spans(other.conflicts))
    assert spans(one.conflicts) == back


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=120),
        min_size=2,
        max_size=3,
    )
)
def test_odd_texts_raise_nothing(texts):
    known = "Tiga orang tewas di Tegal, kata polisi, Senin (9/3/2026). "
    articles, found = check([known + text for text in texts])
    by_id = {article.id: article.text for article in articles}
    for conflict in found.conflicts:
        assert len(conflict.positions) > 1
        for position in conflict.positions:
            for evidence in position.evidence:
                assert 0 <= evidence.span.start < evidence.span.end <= len(by_id[evidence.article_id])


def cost_of_checking(analyses, resources):
    began = process_time()
    pipeline.cross_check(analyses, resources)
    return process_time() - began


def test_work_grows_about_as_the_pile_does():
    random = Random(0)
    texts = [case[key] for case in CASES for key in ("a", "b")]
    resources = pipeline.load("id")
    costs = []
    for size in (25, 50, 100):
        articles = [
            Article(f"a{n}", " ".join(random.sample(texts, 4)), source=f"Harian {n}", language="id", published_at=WHEN)
            for n in range(size)
        ]
        analyses = pipeline.analyze(articles, resources)
        costs.append(min(cost_of_checking(analyses, resources) for _ in range(2)))
    # everything is in one story here: pairs are bounded by the buckets of the index, not by the square of the pile
    assert all(later < 4 * max(earlier, 0.05) for earlier, later in pairwise(costs)), costs
