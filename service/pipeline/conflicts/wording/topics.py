"""What a finding is about, in the language of the desk: the counted, what happened, the words that were said.

Labels of concepts name it, with the names that all of its statements share; in the articles' own language their words
come first. Other than the statements hold, nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.alignment.events import Event
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.noun_phrases import MEASURES
from service.pipeline.alignment.quantities.propositions import Quantity
from service.pipeline.alignment.relations.orders import Order
from service.pipeline.alignment.times import days_of
from service.pipeline.conflicts.findings import Finding
from service.pipeline.conflicts.wording import matters, own_words
from service.pipeline.conflicts.wording.answers import STATES, words_of
from service.pipeline.conflicts.wording.formatting import capitalize, shorten
from service.pipeline.conflicts.wording.labels import Labels
from service.pipeline.conflicts.wording.templates import Templates

_LONGEST = 70
_NAMES = 2
_TELLING = 2
_ABSENT = "polarity-absent"
_AGENT = "actor-agent"
_AGREED = "agreement"
_NAMED_MEASURES = frozenset({"money", "percent", "duration"})


class Topics:
    """Says in one desk language what findings are about."""

    def __init__(self, templates: Templates, labels: Labels, lexicon: Lexicon) -> None:
        self._templates = templates
        self._style = templates.style
        self._labels = labels
        self._lexicon = lexicon

    def topic(self, finding: Finding) -> str:
        """What the statements are about, with the names that they share."""
        return capitalize(" ".join(self._topic(finding).split()))

    def _topic(self, finding: Finding) -> str:
        kind = finding.type
        if kind == "quantity":
            told = self._templates.topics.get(finding.rule)
            return self._scoped(told or self._quantity_topic(finding), finding)
        if kind in ("quote", "attribution", "utterance"):
            return self._utterance_topic(finding)
        if kind == "sequence":
            return self._sequence_topic(finding)
        if finding.rule == STATES and finding.names:
            names = matters.shared_names(finding, self._lexicon)[:_NAMES]
            return self._templates.topics["state"].format(names=self._style.join(names))
        if finding.rule == _ABSENT and (absent := self._absent(finding)):
            return self._templates.topics["absent"].format(what=absent)
        if kind == "proposition":
            return self._agreed_topic(finding)
        if kind == "polarity":
            return self._templates.topics["polarity"].format(what=self._proposition(finding))
        topics = self._templates.topics
        found = matters.events_of(finding)
        days = days_of(found[0].day.value) if found and found[0].day is not None else None
        if kind == "date" and (days is None or days[0] != days[1]):
            return topics["time"].format(what=self._event(finding))
        if finding.rule == _AGENT and (voice := self._labels.voice(finding.word)):
            return topics[f"{_AGENT}-{voice}"].format(what=finding.word)
        if finding.rule in topics:
            return topics[finding.rule].format(what=self._labels.event(finding.matter, finding.word) or finding.matter)
        if kind == "actor":
            return topics[kind].format(what=self._labels.event(finding.matter, finding.word))
        return topics.get(kind, topics["other"]).format(what=self._event(finding))

    def _quantity_topic(self, finding: Finding) -> str:
        topics, found = self._templates.topics, matters.quantities_of(finding)
        if not found:
            return topics["other"].format(what=self._labels.foreign(finding.word))
        kind = found[0].value.kind
        if kind in MEASURES:
            return self._measure_topic(kind, found)
        head, words = matters.counted_noun(found, self._lexicon)
        if self._labels.is_times(words):
            return topics["times"].format(what=self._labels.event(matters.attribute(found) or "") or finding.word)
        status = matters.status(found, self._lexicon)
        telling = not self._lexicon.is_generic(head)
        if finding.status == _AGREED and telling and any(quantity.slot.status != status for quantity in found):
            status = None
        people = self._labels.people(status)
        implied = self._lexicon.implied(head) == status
        if people and (self._lexicon.is_generic(head) or head == status or implied):
            return topics["count"].format(noun=people)
        noun = self._labels.noun(head, words) or people or self._labels.event(matters.attribute(found) or "")
        if not noun:
            return topics["uncounted"]
        state = self._labels.state(status, matters.grade(found))
        if state and head != status:
            return topics["count-state"].format(noun=noun, state=state)
        return topics["count"].format(noun=noun)

    def _measure_topic(self, kind: str, found: Sequence[Quantity]) -> str:
        topics, concept = self._templates.topics, matters.attribute(found)
        if concept == "@age":
            return topics["age"]
        phrase = matters.measured(found, self._lexicon) if self._labels.native else None
        label = self._labels.plain(concept) if concept else None
        phrase = phrase if phrase and " " in phrase else label or phrase
        if concept and self._lexicon.kind(concept) == "measure" and phrase:
            return topics["measure"].format(what=phrase)
        template = {"money": "sum", "percent": "share"}.get(kind, "measure")
        what = label or phrase
        return topics[template].format(what=what) if what else topics[kind if kind in _NAMED_MEASURES else "unmeasured"]

    def _utterance_topic(self, finding: Finding) -> str:
        topics = self._templates.topics
        firsts = [position[0] for position in finding.positions]
        run = matters.shared_run(firsts, self._lexicon, whole=finding.type == "attribution")
        words = shorten(run, _LONGEST) if run else None
        if finding.type == "attribution":
            return topics["attribution"].format(words=words) if words else topics["speaker"]
        topic = topics["quote-about"].format(words=words) if words else topics["quote"]
        return self._scoped(topic, finding)

    def _sequence_topic(self, finding: Finding) -> str:
        for position in finding.positions:
            roots = own_words.roots(position, self._lexicon)
            for statement in position:
                told = self._labels.of_order(statement.about, roots) if isinstance(statement.about, Order) else None
                if told:
                    return self._templates.topics["sequence"].format(first=told[0], second=told[1])
        return self._templates.topics["order"]

    def _event(self, finding: Finding) -> str:
        """The event with those whom it is about."""
        found = matters.events_of(finding)
        event = self._nominal(found) or self._labels.event(finding.matter, finding.word) or finding.matter
        names = matters.shared_names(finding, self._lexicon)[:_NAMES]
        if not names:
            return event
        who = self._style.join(names)
        if not self._labels.is_joint(finding.matter) or matters.are_places(finding, names):
            return self._templates.scoped.format(topic=event, names=who)
        return self._templates.joint.format(event=event, names=self._subject(finding, found, names) or who)

    def _subject(self, finding: Finding, found: Sequence[Event], names: Sequence[str]) -> str | None:
        """The one name with the noun that an article puts in front of it."""
        if not self._labels.native:
            return None
        things = matters.shared_things(finding)
        phrases = (matters.subject_phrase(event, names, things, self._lexicon) for event in found)
        return next((phrase for phrase in phrases if phrase and (len(names) == 1 or phrase[0].islower())), None)

    def _nominal(self, found: Sequence[Event]) -> str | None:
        """The predicate as a noun, in the words of the first article that has it bare."""
        if not self._labels.native or self._style.nominal is None:
            return None
        bare = (e.word for e in found if self._is_bare(e))
        word = next(bare, None)
        return self._style.nominal.format(word=word) if word else None

    def _is_bare(self, event: Event) -> bool:
        """Whether the predicate is a listed root that is no noun by itself ("jebol")."""
        known = self._lexicon.concepts.get(event.concept)
        return event.term.verb and known is not None and event.word in known.roots and not known.nominal

    def _agreed_topic(self, finding: Finding) -> str:
        """What articles state alike: the event with its object, else those whom it is about, else words they share."""
        if finding.matter:
            if self._labels.native:
                statements = [s for position in finding.positions for s in position]
                phrase = matters.nominal_phrase(statements, finding.matter, self._lexicon) or self._with_object(finding)
                if phrase:
                    return phrase
            if self._labels.event(finding.matter):
                return self._event(finding)
        topics = self._templates.topics
        names = matters.shared_names(finding, self._lexicon)[:_NAMES]
        if names:
            return topics["other"].format(what=self._style.join(names))
        run = matters.shared_run([*finding.positions[0]], self._lexicon)
        return topics["other"].format(what=self._style.quote(run)) if run else topics["unnamed"]

    def _proposition(self, finding: Finding) -> str:
        """What is affirmed and denied: the noun phrase that an article has for it, else the affirming words."""
        statements = [s for position in finding.positions for s in position]
        if self._labels.native:
            phrase = matters.nominal_phrase(statements, finding.matter, self._lexicon) or self._with_object(finding)
            if phrase:
                return phrase
        if self._labels.event(finding.matter) and (finding.names or not self._labels.native):
            things = [] if self._labels.native else self._things(finding)
            event = self._event(finding)
            return self._templates.subject.format(event=event, subject=self._style.join(things)) if things else event
        shortest = min(finding.positions[0], key=lambda s: (len(words_of(s)), words_of(s)))
        words = words_of(shortest)
        if isinstance(shortest.about, Event) and (len(words.split()) < _TELLING or len(words) > _LONGEST):
            words = matters.around(shortest.about)
        return self._style.quote(self._style.balanced(shorten(words, _LONGEST)))

    def _things(self, finding: Finding) -> list[str]:
        """The labels of the things that the statements share, the first few."""
        concepts = sorted(matters.shared_things(finding))
        found = (self._labels.plain(c) for c in concepts if self._lexicon.kind(c) == "thing")
        return [label for label in found if label][:_NAMES]

    def _absent(self, finding: Finding) -> str | None:
        """The thing that is said not to be there."""
        for event in matters.events_of(finding):
            people = self._labels.people(event.concept)
            if event.absent and people:
                return people
            if event.absent:
                phrase = matters.noun_phrase(event.reading, event.term.index, self._lexicon)
                return phrase if self._labels.native else self._labels.plain(event.concept) or self._style.quote(phrase)
        return None

    def _with_object(self, finding: Finding) -> str | None:
        """The event with what it is done to, in the words of the first article that has both."""
        if self._labels.is_joint(finding.matter):
            return None
        for event in matters.events_of(finding):
            phrase = matters.object_phrase(event, self._lexicon) if event.concept == finding.matter else None
            label = self._labels.event(finding.matter, event.word)
            known = self._labels.event(finding.matter) is not None
            if phrase and label and (known or self._labels.is_active(event.word)):
                return self._scoped(self._templates.subject.format(event=label, subject=phrase), finding)
        return None

    def _scoped(self, topic: str, finding: Finding) -> str:
        names = matters.shared_names(finding, self._lexicon)[:_NAMES]
        return self._templates.scoped.format(topic=topic, names=self._style.join(names)) if names else topic
