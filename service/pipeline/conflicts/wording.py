"""Topics, values, explanations and questions in the language of the desk, from templates.

Nothing is said that the evidence does not hold: templates are filled with labels of concepts that it expresses, with
names, outlets, figures, times, and the articles' own words.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec

from service.languages import loader
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.noun_phrases import MEASURES
from service.pipeline.alignment.orders import Order
from service.pipeline.alignment.propositions import Quantity
from service.pipeline.alignment.times import days_of
from service.pipeline.conflicts import labels, matters
from service.pipeline.conflicts.findings import Finding, Rejection, Statement
from service.pipeline.conflicts.formatting import Style, capitalize, shorten
from service.pipeline.conflicts.intervals import Interval, interval_of, meet
from service.pipeline.conflicts.labels import Labels

_QUOTED = 120
_TOPIC = 70
_POSITIONS = 4
_NAMES = 2
_OUTLETS = 2
_BASIS = 4
_ANSWERS = 3
_FEW_WORDS = 3
_ABSENT = "polarity-absent"
_MIDNIGHT = "T00:00"
_NAMED_MEASURES = frozenset({"money", "percent", "duration"})
_STATES = "state-excluded"
_WORDS = frozenset({"quote", "attribution", "polarity", "sequence", "other", "actor"})


class Templates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The templates of one desk language; the data file says what fills them."""

    style: Style
    topics: dict[str, str]
    scoped: str
    joint: str
    subject: str
    answers: dict[str, str]
    hedges: dict[str, str]
    statement: str
    cited: str
    as_of: str
    published: str
    more_outlets: str
    more_positions: str
    compared: str
    explanations: dict[str, str]
    verdicts: dict[str, str]
    questions: dict[str, str]
    dependence: dict[str, str]
    misses: str
    reasons: dict[str, str]


@functools.cache
def load(code: str) -> dict[str, Templates]:
    """The templates for articles in language ``code``, by the desk's language."""
    found: dict[str, Templates] = loader.load(code, "templates", dict[str, Templates])
    return found


class Wording:
    """Puts findings into words of one desk language; of a language without templates the articles' own serves."""

    def __init__(self, templates: dict[str, Templates], lexicon: Lexicon, code: str, language: str) -> None:
        wanted = language.split("-", maxsplit=1)[0].lower()
        self.language = wanted if wanted in templates else code
        self.templates = templates[self.language]
        self.style = self.templates.style
        self.lexicon = lexicon
        words = labels.load(code)[self.language]
        self.labels = Labels(words, lexicon, self.language, self.style, self.language == code)

    def topic(self, finding: Finding) -> str:
        """What the statements are about, with the names that they share."""
        return capitalize(" ".join(self._topic(finding).split()))

    def _topic(self, finding: Finding) -> str:
        kind = finding.type
        if kind == "quantity":
            return self._scoped(self._quantity_topic(finding), finding)
        if kind in ("quote", "attribution", "utterance"):
            return self._utterance_topic(finding)
        if kind == "sequence":
            return self._sequence_topic(finding)
        if finding.rule == _STATES and finding.names:
            names = matters.shared_names(finding, self.lexicon)[:_NAMES]
            return self.templates.topics["state"].format(names=self.style.join(names))
        if finding.rule == _ABSENT and (absent := self._absent(finding)):
            return self.templates.topics["absent"].format(what=absent)
        if kind == "proposition":
            return self._agreed_topic(finding)
        if kind == "polarity":
            return self.templates.topics["polarity"].format(what=self._proposition(finding))
        topics = self.templates.topics
        found = matters.events_of(finding)
        days = days_of(found[0].day.value) if found and found[0].day is not None else None
        if kind == "date" and (days is None or days[0] != days[1]):
            return topics["time"].format(what=self._event(finding))
        if finding.rule in topics:
            return topics[finding.rule].format(what=self.labels.event(finding.matter, finding.word) or finding.matter)
        if kind == "actor":
            return topics[kind].format(what=self.labels.event(finding.matter, finding.word))
        return topics.get(kind, topics["other"]).format(what=self._event(finding))

    def _quantity_topic(self, finding: Finding) -> str:
        topics, found = self.templates.topics, matters.quantities_of(finding)
        if not found:
            return topics["other"].format(what=self.labels.foreign(finding.word))
        kind = found[0].value.kind
        if kind in MEASURES:
            return self._measure_topic(kind, found)
        head, words = matters.counted_noun(found, self.lexicon)
        if self.labels.is_times(words):
            return topics["times"].format(what=self.labels.event(matters.attribute(found) or "") or finding.word)
        status = matters.status(found, self.lexicon)
        people = self.labels.people(status)
        if people and (self.lexicon.is_generic(head) or head == status):
            return topics["count"].format(noun=people)
        noun = self.labels.noun(head, words) or people or self.labels.event(matters.attribute(found) or "")
        if not noun:
            return topics["uncounted"]
        state = self.labels.state(status, matters.grade(found))
        if state and head != status:
            return topics["count-state"].format(noun=noun, state=state)
        return topics["count"].format(noun=noun)

    def _measure_topic(self, kind: str, found: Sequence[Quantity]) -> str:
        topics, concept = self.templates.topics, matters.attribute(found)
        if concept == "@age":
            return topics["age"]
        phrase = matters.measured(found, self.lexicon) if self.labels.native else None
        label = self.labels.plain(concept) if concept else None
        phrase = phrase if phrase and " " in phrase else label or phrase
        if concept and self.lexicon.kind(concept) == "measure" and phrase:
            return topics["measure"].format(what=phrase)
        template = {"money": "sum", "percent": "share"}.get(kind, "measure")
        what = label or phrase
        return topics[template].format(what=what) if what else topics[kind if kind in _NAMED_MEASURES else "unmeasured"]

    def _utterance_topic(self, finding: Finding) -> str:
        topics = self.templates.topics
        firsts = [position[0] for position in finding.positions]
        run = matters.shared_run(firsts, self.lexicon, whole=finding.type == "attribution")
        words = shorten(run, _TOPIC) if run else None
        if finding.type == "attribution":
            return topics["attribution"].format(words=words) if words else topics["speaker"]
        topic = topics["quote-about"].format(words=words) if words else topics["quote"]
        return self._scoped(topic, finding)

    def _sequence_topic(self, finding: Finding) -> str:
        for position in finding.positions:
            for statement in position:
                if isinstance(statement.about, Order):
                    first = self._moment_label(statement.about.first.predicates)
                    second = self._moment_label(statement.about.second.predicates)
                    if first and second and first != second:
                        return self.templates.topics["sequence"].format(first=first, second=second)
        return self.templates.topics["order"]

    def _moment_label(self, predicates: frozenset[str]) -> str | None:
        return next((label for concept in sorted(predicates) if (label := self.labels.event(concept))), None)

    def _event(self, finding: Finding) -> str:
        """The event with those whom it is about."""
        found = matters.events_of(finding)
        event = self._nominal(found) or self.labels.event(finding.matter, finding.word) or finding.matter
        names = matters.shared_names(finding, self.lexicon)[:_NAMES]
        if not names:
            return event
        who = self.style.join(names)
        if not self.labels.is_joint(finding.matter) or matters.are_places(finding, names):
            return self.templates.scoped.format(topic=event, names=who)
        return self.templates.joint.format(event=event, names=self._subject(finding, found, names) or who)

    def _subject(self, finding: Finding, found: Sequence[Event], names: Sequence[str]) -> str | None:
        """The one name with the noun that an article puts in front of it."""
        if not self.labels.native:
            return None
        things = matters.shared_things(finding)
        phrases = (matters.subject_phrase(event, names, things, self.lexicon) for event in found)
        return next((phrase for phrase in phrases if phrase and (len(names) == 1 or phrase[0].islower())), None)

    def _nominal(self, found: Sequence[Event]) -> str | None:
        """The predicate as a noun, in the words of the first article that has it bare."""
        if not self.labels.native or self.style.nominal is None:
            return None
        bare = (e.word for e in found if self._is_bare(e))
        word = next(bare, None)
        return self.style.nominal.format(word=word) if word else None

    def _is_bare(self, event: Event) -> bool:
        """Whether the predicate is a listed root that is no noun by itself ("jebol")."""
        known = self.lexicon.concepts.get(event.concept)
        return event.term.verb and known is not None and event.word in known.roots and not known.nominal

    def _agreed_topic(self, finding: Finding) -> str:
        """What articles state alike: the event with its object, else those whom it is about, else words they share."""
        if finding.matter:
            if self.labels.native:
                statements = [s for position in finding.positions for s in position]
                phrase = matters.nominal_phrase(statements, finding.matter, self.lexicon) or self._with_object(finding)
                if phrase:
                    return phrase
            if self.labels.event(finding.matter):
                return self._event(finding)
        topics = self.templates.topics
        names = matters.shared_names(finding, self.lexicon)[:_NAMES]
        if names:
            return topics["other"].format(what=self.style.join(names))
        run = matters.shared_run([*finding.positions[0]], self.lexicon)
        return topics["other"].format(what=self.style.quote(run)) if run else topics["unnamed"]

    def _proposition(self, finding: Finding) -> str:
        """What is affirmed and denied: the noun phrase that an article has for it, else the affirming words."""
        statements = [s for position in finding.positions for s in position]
        if self.labels.native:
            phrase = matters.nominal_phrase(statements, finding.matter, self.lexicon) or self._with_object(finding)
            if phrase:
                return phrase
        if self.labels.event(finding.matter) and (finding.names or not self.labels.native):
            things = [] if self.labels.native else self._things(finding)
            event = self._event(finding)
            return self.templates.subject.format(event=event, subject=self.style.join(things)) if things else event
        shortest = min((self.words_of(s) for s in finding.positions[0]), key=lambda words: (len(words), words))
        return self.style.quote(shortest if len(shortest) <= _TOPIC else finding.word)

    def _things(self, finding: Finding) -> list[str]:
        """The labels of the things that the statements share, the first few."""
        concepts = sorted(matters.shared_things(finding))
        found = (self.labels.plain(c) for c in concepts if self.lexicon.kind(c) == "thing")
        return [label for label in found if label][:_NAMES]

    def _absent(self, finding: Finding) -> str | None:
        """The thing that is said not to be there."""
        for event in matters.events_of(finding):
            people = self.labels.people(event.concept)
            if event.absent and people:
                return people
            if event.absent:
                phrase = matters.noun_phrase(event.reading, event.term.index, self.lexicon)
                return phrase if self.labels.native else self.labels.plain(event.concept) or self.style.quote(phrase)
        return None

    def _with_object(self, finding: Finding) -> str | None:
        """The event with what it is done to, in the words of the first article that has both."""
        if self.labels.is_joint(finding.matter):
            return None
        for event in matters.events_of(finding):
            phrase = matters.object_phrase(event, self.lexicon) if event.concept == finding.matter else None
            label = self.labels.event(finding.matter, event.word)
            known = self.labels.event(finding.matter) is not None
            if phrase and label and (known or self.labels.is_active(event.word)):
                return self._scoped(self.templates.subject.format(event=label, subject=phrase), finding)
        return None

    def _scoped(self, topic: str, finding: Finding) -> str:
        names = matters.shared_names(finding, self.lexicon)[:_NAMES]
        return self.templates.scoped.format(topic=topic, names=self.style.join(names)) if names else topic

    def value(self, finding: Finding, statements: Sequence[Statement]) -> str:
        """A position's answer in short, as people write it."""
        about = statements[0].about
        if isinstance(about, Order) and (order := self._order(finding, about)):
            return order
        if finding.type == "polarity" and isinstance(about, Event):
            state = self.labels.state(about.concept, None) if finding.rule == _STATES else None
            if finding.rule != _STATES or state:
                return state or self.templates.answers[_answer(about)]
        answers = list(dict.fromkeys(self.figure(statement) for statement in distinct(statements)))
        if finding.type in _WORDS:
            return self.style.balanced(shorten(answers[0], _QUOTED))
        return self.style.alternatives(answers[:_ANSWERS])

    def _order(self, finding: Finding, order: Order) -> str | None:
        """Which of two moments came first; or how far they lie apart, where that is the question."""
        answers = self.templates.answers
        if finding.type == "date":
            return answers["within" if order.during else "apart"]
        first, second = (self._moment_label(moment.predicates) for moment in (order.first, order.second))
        if not first or not second or first == second or order.during:
            return None
        return answers["before"].format(first=first, second=second)

    def agreed(self, finding: Finding, statements: Sequence[Statement]) -> str:
        """What all state: the most exact figure, the day or place as one of them has it, else the shortest words."""
        if finding.type == "quantity":
            return self.figure(distinct(statements)[0])
        stated = [s for s in statements if s.value != s.reading.document.text_of(s.span)]
        if finding.type == "proposition" or not stated:
            told = min(
                statements, key=lambda s: (matters.holds_figure(s), self._is_scrap(s), len(self.words_of(s)), s.key)
            )
            return self.words_of(told)
        return self.figure(stated[0])

    def _is_scrap(self, statement: Statement) -> bool:
        """Whether the words are too few to tell by themselves what is stated."""
        return len(self.words_of(statement).split()) < _FEW_WORDS

    def figure(self, statement: Statement) -> str:
        """The value of one statement."""
        about = statement.about
        if isinstance(about, Quantity) and not self.labels.native:
            written = self.labels.figure(about.value, about.head, self.templates.hedges)
            return written or self.style.quote(" ".join(statement.value.split()))
        if isinstance(about, Event) and about.day is not None and statement.value[:4].isdigit():
            days = days_of(about.day.value)
            return self.style.period(*days) if days else statement.value
        if isinstance(about, Quantity) and about.value.kind != "money" and matters.opens_sentence(about):
            return statement.value[:1].lower() + " ".join(statement.value.split())[1:]
        return self.style.moment(" ".join(statement.value.split()))

    def explanation(self, finding: Finding, values: Sequence[str]) -> str:
        """Who writes what, why it was compared, and what the rule found; ``values`` holds the positions' answers."""
        parts = [self._position(finding, own, value) for own, value in zip(finding.positions, values, strict=True)]
        if len(parts) > _POSITIONS:
            rest = self.templates.more_positions.format(count=len(parts) - _POSITIONS + 1)
            parts = [*parts[: _POSITIONS - 1], rest]
        basis = self._basis(finding)
        compared = self.templates.compared.format(basis=self.style.join(basis)) if basis else ""
        text = self.templates.explanations[finding.status].format(
            statements="; ".join(parts), compared=compared, verdict=self._verdict(finding)
        )
        return " ".join(text.split())

    def _position(self, finding: Finding, statements: Sequence[Statement], value: str) -> str:
        in_words = finding.type in _WORDS
        words = self.style.quote(shorten(self.words_of(statements[0]), _QUOTED)) if in_words else value
        return self.templates.statement.format(
            source=self._sources(statements, cited=finding.type != "quote"),
            words=words,
            moment=self._as_of(finding, statements),
        )

    def _sources(self, statements: Sequence[Statement], cited: bool) -> str:
        """The outlets, the first few by name, each with whom it cites."""
        found: dict[str, str] = {}
        for statement in statements:
            speaker = statement.claim.attribution.speaker if statement.claim and statement.claim.attribution else None
            name = outlet(statement)
            known = self.templates.cited.format(source=name, speaker=speaker.name) if speaker and speaker.name else name
            found.setdefault(name, known if cited else name)
        names = list(found.values())
        if len(names) > _OUTLETS + 1:
            shown = self.style.comma.join(names[:_OUTLETS])
            return self.templates.more_outlets.format(sources=shown, count=len(names) - _OUTLETS)
        return self.style.join(names)

    def _as_of(self, finding: Finding, statements: Sequence[Statement]) -> str:
        """The time that the figures of a position are of, where that helps to tell them apart."""
        moments = [s.as_of for s in statements if s.as_of]
        if not moments or (finding.status != "update" and finding.type != "quantity"):
            return ""
        latest = max(statements, key=lambda s: s.as_of or "")
        published = latest.reading.document.article.published_at
        stated = published is None or latest.as_of != published.strftime("%Y-%m-%dT%H:%M")
        template = self.templates.as_of if stated else self.templates.published
        return template.format(moment=self.style.moment(max(moments).removesuffix(_MIDNIGHT)))

    def _basis(self, finding: Finding) -> list[str]:
        """What made the statements comparable, in words: names, labels of shared concepts."""
        found: list[str] = []
        for reason in finding.reasons:
            key, _, what = reason.partition(":")
            if key in ("name", "speaker") and finding.type not in ("actor", "attribution"):
                found.append(what)
            elif key in ("status", "predicate", "attribute", "thing") and what.startswith("@"):
                label = self.labels.people(what) if key == "status" else self.labels.event(what)
                if label and not self.lexicon.is_generic(what):
                    found.append(label)
        return list(dict.fromkeys(found))[:_BASIS]

    def _verdict(self, finding: Finding) -> str:
        verdicts = self.templates.verdicts
        if finding.status != "contradiction":
            return verdicts[finding.status]
        return verdicts.get(finding.rule) or verdicts.get(finding.type) or verdicts["other"]

    def question(self, finding: Finding) -> str:
        """The one question that the desk should ask."""
        questions = self.templates.questions
        key = finding.status if finding.status in questions else finding.type
        names = self.style.join(list(dict.fromkeys(finding.names))[:_NAMES])
        if "{names}" in questions.get(key, "") and not names:
            key = "other"
        return questions.get(key, questions["other"]).format(names=names)

    def ring(self, outlets: Sequence[str]) -> str:
        """That outlets cite each other."""
        return capitalize(self.templates.dependence["citation-cycle"].format(names=self.style.join(outlets)))

    def rejection(self, rejection: Rejection) -> tuple[str, str]:
        """The topic of a near miss, and why it is none."""
        positions = tuple((statement,) for statement in rejection.statements)
        kind = rejection.type or "quantity"
        finding = Finding(kind, "contradiction", rejection.rule, 0.0, rejection.matter, rejection.word, positions)
        reasons = self.templates.reasons
        reason = reasons.get(rejection.rule, reasons["other"])
        return self.topic(finding), self.templates.misses.format(reason=reason)

    def words_of(self, statement: Statement) -> str:
        """The article's words."""
        return " ".join(statement.reading.document.text_of(statement.span).split())


def outlet(statement: Statement) -> str:
    """The outlet of a statement, by its name where the request gives one."""
    article = statement.reading.document.article
    return article.source or article.id


def distinct(statements: Sequence[Statement]) -> list[Statement]:
    """One statement for each value: of figures that go together the most exact one."""
    kept: list[tuple[Statement, Interval]] = []
    rest = []
    for statement in statements:
        if isinstance(statement.about, Quantity):
            kept.append((statement, interval_of(statement.about.value)))
        else:
            rest.append(statement)
    chosen: list[tuple[Statement, Interval]] = []
    for statement, interval in sorted(kept, key=lambda e: (e[1].point is None, e[1].approximate, e[0].key)):
        if not any(meet(interval, own) for _, own in chosen):
            chosen.append((statement, interval))
    return [statement for statement, _ in sorted(chosen, key=lambda e: e[0].key)] + rest


def _answer(event: Event) -> str:
    return "pending" if event.pending and event.polarity == "negated" else event.polarity
