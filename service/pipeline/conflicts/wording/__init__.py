"""Topics, values, explanations and questions in the language of the desk, from templates.

Nothing is said that the evidence does not hold: templates are filled with labels of concepts that it expresses, with
names, outlets, figures, times, and the articles' own words.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.conflicts.findings import Finding, Rejection, Statement
from service.pipeline.conflicts.wording import labels, own_words
from service.pipeline.conflicts.wording.answers import IN_WORDS, QUOTED, Answers, words_of
from service.pipeline.conflicts.wording.formatting import capitalize, shorten
from service.pipeline.conflicts.wording.labels import Labels
from service.pipeline.conflicts.wording.templates import Templates
from service.pipeline.conflicts.wording.topics import Topics

_POSITIONS = 4
_NAMES = 2
_OUTLETS = 2
_BASIS = 4
_MIDNIGHT = "T00:00"


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
        self._topics = Topics(self.templates, self.labels, lexicon)
        self._answers = Answers(self.templates, self.labels, lexicon)

    def topic(self, finding: Finding) -> str:
        """What the statements are about, with the names that they share."""
        return self._topics.topic(finding)

    def value(self, finding: Finding, statements: Sequence[Statement]) -> str:
        """A position's answer in short, as people write it."""
        return self._answers.value(finding, statements)

    def agreed(self, finding: Finding, statements: Sequence[Statement]) -> str:
        """What all state, as one of them has it."""
        return self._answers.agreed(finding, statements)

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
        in_words = finding.type in IN_WORDS
        words = self.style.quote(shorten(words_of(statements[0]), QUOTED)) if in_words else value
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
        """What made the statements comparable: names, and the articles' words for shared concepts, in another language
        than theirs the concepts' labels."""
        found: list[str] = []
        for reason in finding.reasons:
            key, _, what = reason.partition(":")
            if key in ("name", "speaker") and finding.type not in ("actor", "attribution"):
                found.append(what)
            elif key in ("status", "predicate", "attribute", "thing") and what.startswith("@"):
                told = self._told(finding, what, is_status=key == "status")
                if told and not self.lexicon.is_generic(what):
                    found.append(told)
        return list(dict.fromkeys(found))[:_BASIS]

    def _told(self, finding: Finding, concept: str, is_status: bool) -> str | None:
        """A concept that the statements share, as they put it."""
        if self.labels.native:
            return "/".join(map(self.style.quote, own_words.words_for(finding, concept, self.lexicon))) or None
        return self.labels.people(concept) if is_status else self.labels.event(concept)

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


def outlet(statement: Statement) -> str:
    """The outlet of a statement, by its name where the request gives one."""
    article = statement.reading.document.article
    return article.source or article.id
