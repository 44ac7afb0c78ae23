"""Where articles contradict each other and where they agree: comparison by kind, verdicts, independence of sources."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from service.languages import loader
from service.pipeline.alignment import bearings as directions
from service.pipeline.alignment import designations as kinds_of_designations
from service.pipeline.alignment import lexicon, workspace
from service.pipeline.alignment import places as geography
from service.pipeline.alignment import premises as kinds_of_premises
from service.pipeline.alignment.doers import parties
from service.pipeline.alignment.relations import cause_words, orders
from service.pipeline.annotations import Analysis, CrossCheck
from service.pipeline.conflicts import (
    actors,
    bearings,
    causes,
    dates,
    designations,
    places,
    polarity,
    premises,
    quantities,
    quotes,
    sequence,
    severity,
    sites,
    states,
    utterances,
    verdicts,
    wording,
)
from service.pipeline.conflicts.agreements import find_agreements, independence
from service.pipeline.conflicts.findings import Finding
from service.pipeline.conflicts.near_misses import NearMisses
from service.pipeline.conflicts.wording import templates
from service.pipeline.entities import knowledge as names


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What comparing needs: the words' classes, where places lie, the names of countries and of well-known bodies."""

    code: str
    lexicon: lexicon.Lexicon
    containment: geography.Containment
    countries: tuple[str, ...]
    familiar: frozenset[str]
    templates: dict[str, templates.Templates]
    severity: severity.Scale
    utterances: utterances.Knowledge
    agents: parties.Knowledge
    orders: orders.Knowledge
    causes: cause_words.Knowledge
    premises: kinds_of_premises.Knowledge
    designations: kinds_of_designations.Words
    bearings: directions.Knowledge


@functools.cache
def load(code: str) -> Knowledge:
    """The knowledge for comparing articles in language ``code``."""
    return Knowledge(
        code,
        lexicon.load(code),
        geography.load(code),
        loader.lines(code, "gazetteers/countries.txt"),
        frozenset(known.name for known in names.load(code).organizations.values()),
        templates.load(code),
        severity.load(code),
        utterances.load(code),
        parties.load(code),
        orders.load(code),
        cause_words.load(code),
        kinds_of_premises.load(code),
        kinds_of_designations.load(code),
        directions.load(code),
    )


def cross_check(analyses: Sequence[Analysis], knowledge: Knowledge, language: str = "id") -> CrossCheck:
    """Conflicts, agreements and near misses among ``analyses``; texts in ``language`` (BCP 47)."""
    words = wording.Wording(knowledge.templates, knowledge.lexicon, knowledge.code, language)
    findings: list[Finding] = []
    agreements: list[Finding] = []
    stories = workspace.prepare(
        analyses, knowledge.lexicon, knowledge.containment, knowledge.countries, knowledge.familiar
    )
    for story in stories:
        conflicting, agreeing = compare_story(story, knowledge)
        findings += conflicting
        agreements += find_agreements(story, agreeing)
    return CrossCheck(
        verdicts.conclude(findings, words, knowledge.severity),
        independence.conclude(agreements, words, knowledge.lexicon),
        NearMisses(stories, words),
    )


def compare_story(story: workspace.Workspace, knowledge: Knowledge) -> tuple[list[Finding], list[Finding]]:
    """Conflicts and figures that agree among the articles of one story; each kind by its own module."""
    conflicting, agreeing = quantities.compare(story)
    for module in (dates, places, polarity, sites, states):
        conflicting += module.compare(story)
    conflicting += actors.compare(story, knowledge.agents)
    conflicting += causes.compare(story, knowledge.causes)
    conflicting += premises.compare(story, knowledge.premises)
    conflicting += designations.compare(story, knowledge.designations)
    conflicting += bearings.compare(story, knowledge.bearings)
    conflicting += sequence.compare(story, knowledge.orders)
    conflicting += quotes.compare(story, knowledge.utterances)
    return verdicts.without_duplicates(conflicting), agreeing
