"""What the positions of a finding answer, in short: figures, days and places as people write them, or the words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.pipeline.alignment.events import Event
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.quantities.propositions import Quantity
from service.pipeline.alignment.relations.orders import Order
from service.pipeline.alignment.times import days_of
from service.pipeline.conflicts.findings import Finding, Statement
from service.pipeline.conflicts.intervals import Interval, interval_of, meet
from service.pipeline.conflicts.wording import matters, own_words
from service.pipeline.conflicts.wording.formatting import shorten
from service.pipeline.conflicts.wording.labels import Labels
from service.pipeline.conflicts.wording.templates import Templates

# the types of findings whose statements are told in the articles' words
IN_WORDS = frozenset({"quote", "attribution", "polarity", "sequence", "other", "actor"})
# the rule of findings that oppose two states of somebody
STATES = "state-excluded"
QUOTED = 120
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ANSWERS = 3
_FEW_WORDS = 3


class Answers:
    """Puts what statements say into short words of one desk language."""

    def __init__(self, templates: Templates, labels: Labels, lexicon: Lexicon) -> None:
        self._templates = templates
        self._lexicon = lexicon
        self._style = templates.style
        self._labels = labels

    def value(self, finding: Finding, statements: Sequence[Statement]) -> str:
        """A position's answer in short, as people write it."""
        about = statements[0].about
        if isinstance(about, Order):
            return self._order(finding, statements, about) or self._in_words(words_of(statements[0]))
        if finding.type == "polarity" and isinstance(about, Event):
            state = self._labels.state(about.concept, None) if finding.rule == STATES else None
            if finding.rule != STATES or state:
                return state or self._templates.answers[_answer(about)]
        answers = list(dict.fromkeys(self.figure(statement) for statement in distinct(statements)))
        if finding.type in IN_WORDS:
            return self._in_words(answers[0])
        return self._style.alternatives(answers[:_ANSWERS])

    def _in_words(self, words: str) -> str:
        return self._style.balanced(shorten(words, QUOTED))

    def _order(self, finding: Finding, statements: Sequence[Statement], order: Order) -> str | None:
        """Which of two moments came first, where nouns of the articles' words tell it; or how far they lie apart,
        where that is the question."""
        answers = self._templates.answers
        if finding.type == "date":
            return answers["within" if order.during else "apart"]
        told = None if order.during else self._labels.of_order(order, own_words.roots(statements, self._lexicon))
        return answers["before"].format(first=told[0], second=told[1]) if told else None

    def agreed(self, finding: Finding, statements: Sequence[Statement]) -> str:
        """What all state: the most exact figure, the day or place as one of them has it, else the shortest words."""
        if finding.type == "quantity":
            return self.figure(distinct(statements)[0])
        stated = [s for s in statements if s.value != s.reading.document.text_of(s.span)]
        if finding.type == "proposition" or not stated:
            told = min(statements, key=lambda s: (matters.holds_figure(s), _is_scrap(s), len(words_of(s)), s.key))
            return words_of(told)
        return self.figure(stated[0])

    def figure(self, statement: Statement) -> str:
        """The value of one statement."""
        about = statement.about
        if isinstance(about, Quantity) and not self._labels.native:
            written = self._labels.figure(about.value, about.head, self._templates.hedges)
            return written or self._style.quote(" ".join(statement.value.split()))
        if isinstance(about, Event) and about.day is not None and _ISO_DAY.fullmatch(statement.value):
            days = days_of(about.day.value)
            return self._style.period(*days) if days else statement.value
        if isinstance(about, Quantity) and about.value.kind != "money" and matters.opens_sentence(about):
            return statement.value[:1].lower() + " ".join(statement.value.split())[1:]
        return self._style.moment(" ".join(statement.value.split()))


def words_of(statement: Statement) -> str:
    """The article's words."""
    return " ".join(statement.reading.document.text_of(statement.span).split())


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


def _is_scrap(statement: Statement) -> bool:
    """Whether the words are too few to tell by themselves what is stated."""
    return len(words_of(statement).split()) < _FEW_WORDS


def _answer(event: Event) -> str:
    return "pending" if event.pending and event.polarity == "negated" else event.polarity
