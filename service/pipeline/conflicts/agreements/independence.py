"""How many independent sources stand behind an agreement, and why they are not more.

Articles count as one where they are of one outlet, give the same speaker, source or body, rest on the same unnamed
source, where one cites the other's outlet, or where the sentences are copies of each other. Copies are found by
shingles of four words (Broder 1997) under min-hash signatures, so that work stays near-linear in the articles.
Outlets that cite each other in a ring are told. Does not know who owns which outlet.
"""

from __future__ import annotations

import bisect
import functools
import operator
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading
from service.pipeline.annotations import Agreement, Sentence, Speaker
from service.pipeline.conflicts.agreements.copies import COPIED, Copies, likeness
from service.pipeline.conflicts.findings import Finding, Statement
from service.pipeline.conflicts.verdicts import evidence, name, prepare
from service.pipeline.conflicts.wording import Wording, outlet

_REPRESENTATIVES = 4
_LONGEST = 4
_KEPT_NAMES = 2_048
_DOMAIN = re.compile(r"\.[a-z]{2,8}(\.[a-z]{2})?$")


_beginning = operator.attrgetter("start")


class Report(msgspec.Struct, frozen=True):
    """What one article contributes to an agreement: its statements, whom it cites (folded name → as written, the
    nearest to the reader first), and the outlets among them that state it as well."""

    order: int
    outlet: str
    published: str
    statements: tuple[Statement, ...]
    speakers: dict[str, str]
    relays: dict[str, str]
    bodies: dict[str, str]
    unnamed: tuple[tuple[frozenset[str], str], ...]
    outlets: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def cited(self) -> dict[str, str]:
        """All whom the article cites, relays first."""
        return self.relays | self.speakers


class Groups:
    """Articles that count as one, with the reasons."""

    def __init__(self, reports: Sequence[Report], wording: Wording) -> None:
        self._leader = list(range(len(reports)))
        self._reports = reports
        self._wording = wording
        self.reasons: list[str] = []

    def find(self, node: int) -> int:
        """The first article of the group that ``node`` is in."""
        while self._leader[node] != node:
            self._leader[node] = self._leader[self._leader[node]]
            node = self._leader[node]
        return node

    def join(self, one: int, other: int, rule: str, named: str = "") -> None:
        """Count the two as one; the reason is told where they were apart."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second:
            return
        self._leader[second] = first
        template = self._wording.templates.dependence[rule]
        text = template.format(one=self._reports[one].outlet, other=self._reports[other].outlet, name=named)
        self.reasons.append(text[:1].upper() + text[1:])

    def members(self) -> list[list[int]]:
        """The groups, by their first article."""
        found: dict[int, list[int]] = {}
        for node in range(len(self._leader)):
            found.setdefault(self.find(node), []).append(node)
        return [found[leader] for leader in sorted(found)]


def conclude(findings: Sequence[Finding], wording: Wording, lexicon: Lexicon) -> tuple[Agreement, ...]:
    """The agreements of one request: those with the most independent sources first."""
    copies = Copies()
    drafts = [_agreement(finding, wording, lexicon, copies) for finding in findings]
    drafts.sort(key=lambda draft: (-draft[0].independent_sources, -len(draft[0].sources), draft[1], draft[0].id))
    return tuple(agreement for agreement, _ in drafts)


def _agreement(
    finding: Finding, wording: Wording, lexicon: Lexicon, copies: Copies
) -> tuple[Agreement, tuple[int, object]]:
    finding = prepare(finding, lexicon)
    statements = finding.positions[0]
    reports = _reports(statements, lexicon, {fold(outlet(s)): outlet(s) for s in statements})
    groups = Groups(reports, wording)
    join_dependent(reports, groups, copies)
    rings = [wording.ring([reports[i].outlet for i in ring]) for ring in find_rings(reports)]
    members = groups.members()
    return Agreement(
        name("agreement", finding),
        wording.topic(finding),
        wording.agreed(finding, statements),
        tuple(evidence(s) for s in statements),
        tuple(dict.fromkeys(report.outlet for report in reports)),
        len(members),
        tuple(dict.fromkeys(origin([reports[i] for i in own]) for own in members)),
        tuple(dict.fromkeys([*groups.reasons, *rings])),
    ), statements[0].key


@functools.lru_cache(maxsize=_KEPT_NAMES)
def fold(outlet_name: str) -> str:
    """An outlet's or source's name without case and web domain."""
    plain = " ".join(outlet_name.lower().split())
    return _DOMAIN.sub("", plain.removeprefix("www."))


def _reports(statements: Sequence[Statement], lexicon: Lexicon, outlets: dict[str, str]) -> list[Report]:
    by_article: dict[int, list[Statement]] = {}
    for statement in statements:
        by_article.setdefault(statement.reading.order, []).append(statement)
    return [_report(own, lexicon, outlets) for _, own in sorted(by_article.items())]


def _report(statements: Sequence[Statement], lexicon: Lexicon, outlets: dict[str, str]) -> Report:
    reading = statements[0].reading
    article = reading.document.article
    speakers: dict[str, str] = {}
    relays: dict[str, str] = {}
    bodies: dict[str, str] = {}
    unnamed: list[tuple[frozenset[str], str]] = []
    for statement in statements:
        attribution = statement.claim.attribution if statement.claim else None
        if attribution is None:
            continue
        for relay in attribution.via:
            if relay.name:
                relays[fold(relay.name)] = relay.name
        speaker = attribution.speaker
        if speaker is None or not speaker.name:
            continue
        if speaker.entity_id is None:
            unnamed.append((_content(speaker.name, lexicon), speaker.name))
        else:
            speakers[fold(speaker.name)] = speaker.name
        for body in _bodies(speaker, reading):
            if body in reading.bodies:
                bodies[fold(body)] = body
    own = fold(outlet(statements[0]))
    for key, written in _named_outlets(statements, outlets).items():
        if key != own:
            relays.setdefault(key, written)
    return Report(
        reading.order,
        outlet(statements[0]),
        article.published_at.isoformat() if article.published_at else "",
        tuple(statements),
        speakers,
        relays,
        bodies,
        tuple(unnamed),
        tuple(key for key in (*relays, *speakers) if key in outlets and key != own),
        _words(statements),
    )


def _bodies(speaker: Speaker, reading: Reading) -> list[str]:
    """The bodies that a speaker is, or speaks for."""
    named = [speaker.name or "", speaker.affiliation or ""]
    return [body for body in (*named, *sorted(reading.affiliations.get(speaker.name or "", ()))) if body]


def _content(phrase: str, lexicon: Lexicon) -> frozenset[str]:
    """The concepts of the words of a source phrase."""
    words = [word.strip('.,()“”"') for word in phrase.lower().split()]
    return frozenset(lexicon.concept(word) for word in words if word.isalpha() and word not in lexicon.light)


def _named_outlets(statements: Sequence[Statement], outlets: dict[str, str]) -> dict[str, str]:
    """The outlets that state it as well and are named in the sentences of the statements."""
    opening = {key.partition(" ")[0] for key in outlets}
    found: dict[str, str] = {}
    for statement in statements:
        words = statement.reading.words
        sentence = _sentence(statement)
        for first in range(sentence.first, sentence.last):
            if words[first] not in opening and "." not in words[first]:
                continue
            for last in range(first + 1, min(first + _LONGEST, sentence.last) + 1):
                key = fold(" ".join(words[first:last]))
                if key in outlets:
                    found.setdefault(key, outlets[key])
    return found


def _sentence(statement: Statement) -> Sentence:
    """The sentence that the statement begins in."""
    sentences = statement.reading.document.sentences
    number = bisect.bisect_right(sentences, statement.span.start, key=_beginning)
    return sentences[max(number - 1, 0)]


def _words(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The words of the sentences that hold the statements, each sentence once."""
    found: list[str] = []
    seen: set[int] = set()
    for statement in statements:
        sentence = _sentence(statement)
        if sentence.first not in seen:
            seen.add(sentence.first)
            words = statement.reading.words[sentence.first : sentence.last]
            found += [word for word in words if word[0].isalnum()]
    return tuple(found)


def join_dependent(reports: Sequence[Report], groups: Groups, copies: Copies) -> None:
    """Join the reports that count as one source in ``groups``."""
    first_of: dict[tuple[str, str], int] = {}

    def meet(kind: str, key: str, node: int, rule: str, named: str) -> None:
        known = first_of.setdefault((kind, key), node)
        if known != node:
            groups.join(known, node, rule, named)

    for node, report in enumerate(reports):
        meet("outlet", fold(report.outlet), node, "same-outlet", "")
    for node, report in enumerate(reports):
        for key in report.outlets:
            if ("outlet", key) in first_of and first_of["outlet", key] != node:
                groups.join(node, first_of["outlet", key], "cites", "")
    for node, report in enumerate(reports):
        for key, named in report.speakers.items():
            meet("source", key, node, "same-speaker", named)
        for key, named in report.relays.items():
            meet("source", key, node, "same-source", named)
        for key, named in report.bodies.items():
            meet("body", key, node, "same-body", named)
    _join_unnamed(reports, groups)
    _join_copies(reports, groups, copies)


def _join_unnamed(reports: Sequence[Report], groups: Groups) -> None:
    """Sources without a name are one where the words for one of them are all among those for the other."""
    known: dict[str, list[tuple[frozenset[str], int, str]]] = {}
    for node, report in enumerate(reports):
        named = [(frozenset(key.split()), text) for key, text in report.speakers.items()]
        for concepts, text in (*report.unnamed, *named):
            for concept in sorted(concepts):
                for other, owner, phrase in known.get(concept, ())[:_REPRESENTATIVES]:
                    if owner != node and concepts and other and (concepts <= other or other <= concepts):
                        groups.join(owner, node, "same-unnamed", max(phrase, text, key=len))
                known.setdefault(concept, []).append((concepts, node, text))


def _join_copies(reports: Sequence[Report], groups: Groups, copies: Copies) -> None:
    drawn = [copies.draw(report.words) for report in reports]
    buckets: dict[tuple[int, int], list[int]] = {}
    for node, own in enumerate(drawn):
        compared: set[int] = set()
        for least in own.signature:
            bucket = buckets.setdefault(least, [])
            for other in bucket[:_REPRESENTATIVES]:
                # copies share many of their least values, and are found to be so at the first
                if other in compared:
                    continue
                compared.add(other)
                if groups.find(node) != groups.find(other) and likeness(own.shingles, drawn[other].shingles) >= COPIED:
                    groups.join(other, node, "copied-wording")
            bucket.append(node)


def origin(reports: Sequence[Report]) -> str:
    """What a group of reports goes back to: the source that most of them cite and that is none of their outlets, else
    the outlet that reported first."""
    own = {fold(report.outlet) for report in reports}
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for report in reports:
        phrases = {fold(text): text for _, text in report.unnamed}
        for key, named in (report.cited | phrases).items():
            if key not in own:
                counts[key] += 1
                names.setdefault(key, named)
    if counts:
        order = list(counts)
        return names[max(order, key=lambda key: (counts[key], -order.index(key)))]
    return min(reports, key=lambda report: (report.published, report.order)).outlet


def find_rings(reports: Sequence[Report]) -> list[list[int]]:
    """Rings of reports whose outlets cite each other, each from its first article on."""
    owner = {fold(report.outlet): node for node, report in reversed(list(enumerate(reports)))}
    edges = [sorted({owner[key] for key in report.outlets if key in owner}) for report in reports]
    found: list[list[int]] = []
    done: set[int] = set()
    for start in range(len(reports)):
        path, node = [start], start
        while edges[node] and node not in done:
            following = edges[node][0]
            if following in path:
                found.append(path[path.index(following) :])
                break
            path.append(following)
            node = following
        done.update(path)
    return found
