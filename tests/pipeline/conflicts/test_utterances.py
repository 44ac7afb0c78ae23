"""Comparing what is said, case by case: reports built from data, and what must be found in them."""

from datetime import UTC, datetime, timedelta
from random import Random
from time import process_time

import pytest

from service.pipeline import document, values
from service.pipeline.annotations import Analysis, Article, Attribution, Claim, Entity, Span, Speaker
from service.pipeline.conflicts.utterances import compare_utterances, load
from tests.specs import load as load_spec

CASES = load_spec("id", "utterances")
FORMS = {"d": "direct", "i": "indirect", "m": "mixed"}
FIRST_DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)


def analyse(identifier, reports):
    """An article of one paragraph a report, with what the earlier stages would find in it."""
    text, claims, entities = "", [], []
    for number, report in enumerate(reports):
        form = next(key for key in FORMS if key in report)
        phrase, _, name = (part.strip() for part in report["who"].partition("|"))
        opening = text + ("\n\n" if text else "")
        occasion = f" {report['occasion']}" if "occasion" in report else ""
        cue = report.get("cue", "kata" if form == "d" else "mengatakan")
        content = f"“{report[form]}”" if form == "d" else report[form]
        if form == "d":
            text = f"{opening}{content} {cue} {phrase}{occasion}."
            start, who = len(opening), len(opening) + len(content) + len(cue) + 2
        else:
            text = f"{opening}{phrase}{occasion} {cue} {content}."
            start, who = len(text) - 1 - len(content), len(opening)
        cue_at = text.index(f" {cue} ", min(who, start + len(content) - 1) if form == "d" else who) + 1
        speaker = Speaker(name or phrase, Span(who, who + len(phrase)))
        via = (Speaker(report["via"]),) if "via" in report else ()
        attribution = Attribution(speaker, Span(cue_at, cue_at + len(cue)), via)
        span = Span(start, start + len(content))
        claims.append(
            Claim(f"c{number}", span, FORMS[form], attribution, (), (), "affirmed", "asserted", 0.5, 1.0, "test")
        )
        known = {name or phrase: report.get("kind", "PERSON")} | report.get("bodies", {}) | report.get("names", {})
        for entity, kind in known.items():
            at = text.find(entity, len(opening))
            if kind:
                mentions = (Span(at, at + len(entity)),) if at >= 0 else ()
                entities.append(Entity(f"e{len(entities)}", kind, entity, mentions))
    published = FIRST_DAY + timedelta(days=reports[0].get("day", 1))
    article = Article(identifier, text, published_at=published, language="id")
    read = document.read(article, document.load("id"))
    return Analysis(read, tuple(entities), values.find_values(read, values.load("id")), tuple(claims))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_finding(case):
    analyses = [analyse("one", [case["one"]]), analyse("other", [case["other"]])]
    findings = compare_utterances(analyses, load("id"))
    assert [f"{finding.kind} {finding.status}" for finding in findings] == (
        [] if case["expect"] == "none" else [case["expect"]]
    )
    if "rule" in case:
        assert findings[0].rule == case["rule"]
    for finding in findings:
        for position in finding.positions:
            for evidence in position.evidence:
                text = next(a.document.text for a in analyses if a.document.article.id == evidence.article_id)
                assert 0 <= evidence.span.start < evidence.span.end <= len(text)
            assert position.value


def test_the_order_of_the_articles_does_not_matter():
    for case in CASES:
        one, other = analyse("one", [case["one"]]), analyse("other", [case["other"]])
        forth, back = (compare_utterances(pair, load("id")) for pair in ([one, other], [other, one]))
        assert [(f.kind, f.status) for f in forth] == [(f.kind, f.status) for f in back], case["id"]


def test_one_article_is_never_held_against_itself():
    for case in CASES:
        assert compare_utterances([analyse("one", [case["one"], case["other"]])], load("id")) == ()


def test_all_cases_in_one_request_give_what_they_give_apart():
    cases = [c for c in CASES if c["expect"] != "none" and c["one"].get("day", 1) == c["other"].get("day", 1) == 1]
    names = [case["one"]["who"] for case in cases]
    assert len(set(names)) == len(names)
    analyses = [analyse(f"{i}-{side}", [case[side]]) for i, case in enumerate(cases) for side in ("one", "other")]
    findings = compare_utterances(analyses, load("id"))
    found = {}
    for finding in findings:
        events = {e.article_id.split("-")[0] for p in finding.positions for e in p.evidence}
        assert len(events) == 1
        found.setdefault(int(events.pop()), []).append(f"{finding.kind} {finding.status}")
    assert found == {i: [case["expect"]] for i, case in enumerate(cases)}


def test_three_versions_stand_in_one_finding():
    words = ("tahan", "lepaskan", "pindahkan")
    reports = [{"who": "Dodi Prasetya", "d": f"Sopir bus itu langsung kami {word} malam ini juga"} for word in words]
    findings = compare_utterances([analyse(str(i), [report]) for i, report in enumerate(reports)], load("id"))
    assert [len(finding.positions) for finding in findings] == [3]


def test_work_grows_near_linearly():
    random = Random(7)
    words = [
        f"{a}{b}{c}"
        for a in ("ka", "mo", "ri", "tu", "se", "bo")
        for b in ("ntu", "lar", "mis")
        for c in ("ak", "ong", "ir", "el")
    ]

    def pile(number):
        return [
            analyse(
                str(i),
                [
                    {"who": f"Tokoh {chr(65 + j)}{i % 40}", "d": " ".join(random.choices(words, k=12))}
                    for j in range(10)
                ],
            )
            for i in range(number)
        ]

    def seconds(analyses):
        start = process_time()
        compare_utterances(analyses, load("id"))
        return process_time() - start

    small, large = pile(20), pile(160)
    seconds(small)
    assert seconds(large) < 8 * 4 * max(seconds(small), 0.02)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "“" * 5_000,
        "tidak " * 20_000,
        "dan, " * 20_000,
        "\u0301" * 9_999,
        "😀 " * 9_999,
        "rumah " * 20_000,
        "banjir merendam sawah. " * 5_000,
    ],
)
def test_nothing_runs_away(text):
    analyses = []
    for identifier in ("one", "other"):
        read = document.read(Article(identifier, text, language="id"), document.load("id"))
        claim = Claim(
            "c0",
            Span(0, len(text)),
            "direct",
            Attribution(Speaker("A"), None),
            (),
            (),
            "affirmed",
            "asserted",
            0.5,
            1.0,
            "t",
        )
        analyses.append(Analysis(read, (), (), (claim,)))
    start = process_time()
    assert compare_utterances(analyses, load("id")) == ()
    assert process_time() - start < 5
