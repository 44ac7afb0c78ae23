"""All clusters in one request: each tells the same as by itself, and none speaks of another."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation import gold
from service import pipeline

ROOT = Path(__file__).parents[3]
PLACES = (ROOT / "examples", ROOT / "evaluation" / "clusters", ROOT.parent / "shared" / "evaluation" / "clusters")
FOLDERS = sorted(file.parent for place in PLACES for file in place.glob("*/cluster.json"))


def renamed(cluster):
    """The articles of a cluster, with the cluster in their ids."""
    return [replace(article, id=f"{cluster.name}/{article.id}") for article in cluster.articles]


def told(check):
    """Conflicts and agreements by what they hold up against each other, with all that is said of them but names.

    A name is written one way in all articles of a request, and that is the fullest form that any of them uses
    ("Kementerian Luar Negeri RI"): who speaks is compared by place, and explanations, which name them, are not.
    """
    conflicts = {
        item.id: (
            *(item.type, item.status, item.topic, item.rule, item.severity, item.score, item.question),
            *((position.value, places(position.evidence)) for position in item.positions),
        )
        for item in check.conflicts
    }
    agreements = {item.id: (item.topic, item.value, places(item.evidence)) for item in check.agreements}
    return conflicts | agreements


def places(evidence):
    """Where evidence stands, in which claim, by whom in which words, and for when it holds."""
    return tuple(
        (item.article_id, item.span, item.claim_id, item.speaker and item.speaker.span, item.as_of) for item in evidence
    )


@pytest.fixture(scope="module")
def piled():
    resources = pipeline.load("id")
    clusters = [gold.read(folder) for folder in FOLDERS]
    apart = [pipeline.cross_check(pipeline.analyze(renamed(cluster), resources), resources) for cluster in clusters]
    pile = [article for cluster in clusters for article in renamed(cluster)]
    together = pipeline.cross_check(pipeline.analyze(pile, resources), resources)
    return apart, together


def test_no_conflict_and_no_agreement_joins_two_clusters(piled):
    _, together = piled
    assert together.conflicts
    for conflict in together.conflicts:
        assert len({e.article_id.split("/")[0] for p in conflict.positions for e in p.evidence}) == 1, conflict.topic
    for agreement in together.agreements:
        assert len({e.article_id.split("/")[0] for e in agreement.evidence}) == 1, agreement.topic


def test_a_cluster_tells_the_same_in_the_pile_as_by_itself(piled):
    apart, together = piled
    alone = {}
    for check in apart:
        alone |= told(check)
    assert told(together) == alone


def test_near_misses_of_the_pile_are_those_of_its_clusters(piled):
    apart, together = piled
    assert len(together.near_misses) == sum(len(check.near_misses) for check in apart)
