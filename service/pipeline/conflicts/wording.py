"""Topics, explanations and questions in the language of the desk, from templates.

Nothing is said that the evidence does not hold: templates are filled with labels of the lexicon, names, sources and
the articles' own words.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec

from service.languages import loader
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.annotations import Position
from service.pipeline.conflicts.findings import Finding, Rejection

_LONGEST = 160
_TOPIC = 90
_SHOWN = 4
_NAMES = 3


class Templates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The templates of one desk language."""

    join: str
    named: str
    position: str
    spoken: str
    counted: str
    topics: dict[str, str]
    explanations: dict[str, str]
    questions: dict[str, str]
    misses: str
    reasons: dict[str, str]


@functools.cache
def load(code: str) -> dict[str, Templates]:
    """The templates for articles in language ``code``, by the desk's language."""
    templates: dict[str, Templates] = loader.load(code, "templates", dict[str, Templates])
    return templates


class Wording:
    """Puts findings into words of one desk language; of a language without templates the articles' own serves."""

    def __init__(self, templates: dict[str, Templates], lexicon: Lexicon, code: str, language: str) -> None:
        wanted = language.split("-", maxsplit=1)[0].lower()
        self.language = wanted if wanted in templates else code
        self._templates = templates[self.language]
        self._lexicon = lexicon

    def topic(self, finding: Finding) -> str:
        """What the statements are about, with the names that they share."""
        if finding.type in ("polarity", "sequence"):
            first = finding.positions[0][0]
            words = first.reading.document.text_of(first.span)
            return self._templates.topics[finding.type].format(what=_shorten(words, _TOPIC))
        label = self._lexicon.label(finding.matter, self.language)
        counted = finding.type == "quantity" and label is None and finding.rule == "quantity-count"
        what = label or (self._templates.counted.format(what=finding.word) if counted else finding.word)
        topic = self._templates.topics[finding.type].format(what=what)
        names = ", ".join(finding.names[:_NAMES])
        return self._templates.named.format(topic=topic, names=names) if names else topic

    def explanation(self, finding: Finding, positions: Sequence[Position], words: Sequence[str]) -> str:
        """Who writes what; ``words`` holds the article's words for the first evidence of each position."""
        parts = []
        for position, own in list(zip(positions, words, strict=True))[:_SHOWN]:
            speaker = position.evidence[0].speaker
            template = self._templates.spoken if speaker and speaker.name else self._templates.position
            name = speaker.name if speaker else None
            parts.append(template.format(source=position.sources[0], words=_shorten(own), speaker=name))
        return self._templates.explanations[finding.status].format(positions=self._templates.join.join(parts))

    def question(self, finding: Finding, topic: str) -> str:
        """The one question that the desk should ask."""
        key = finding.status if finding.status in self._templates.questions else finding.type
        return self._templates.questions[key].format(topic=topic)

    def rejection(self, rejection: Rejection) -> tuple[str, str]:
        """The topic of a near miss, and why it is none."""
        label = self._lexicon.label(rejection.matter, self.language) or rejection.word
        reason = self._templates.reasons[rejection.rule]
        return label, self._templates.misses.format(reason=reason)


def _shorten(words: str, longest: int = _LONGEST) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"
