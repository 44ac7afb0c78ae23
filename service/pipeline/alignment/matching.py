"""Whether two quantities fill one slot: the same thing counted, the same predicate, the same scope.

A pair is first put to named *vetoes* (other things, other statuses, a share against a total, another place or period,
a plan against a fact …); what passes is scored by what the two share. Either way the answer says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.places import Places
from service.pipeline.alignment.propositions import MEASURES, Quantity

_PERSON = "@person"
_LONG = 27
_CLOSE = 62
_ERA = 400
_TELLING = 0.6


@dataclass(frozen=True, slots=True)
class Background:
    """What matching knows beside the two quantities: the language, the places, and how often each concept occurs."""

    lexicon: Lexicon
    places: Places
    rarity: Mapping[str, float]

    def weight(self, concept: str) -> float:
        """How telling it is that two statements share ``concept``: 0 for empty words, 1 for rare ones."""
        return self.rarity.get(concept, 1.0)


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on a pair: ``veto`` names what keeps the two apart (None where nothing does)."""

    score: float
    veto: str | None
    reasons: tuple[str, ...]


def status_of(quantity: Quantity, lexicon: Lexicon) -> str | None:
    """What has become of the counted: the head itself (``tersangka``), else the focus, else a relative clause's."""
    if lexicon.is_status(quantity.head):
        return quantity.head
    if quantity.focus is not None and lexicon.is_status(quantity.focus.concept):
        return quantity.focus.concept
    if quantity.focus is None:
        statuses = sorted(concept for concept in quantity.foci if lexicon.is_status(concept))
        if len(statuses) == 1:
            return statuses[0]
    return None


def match(one: Quantity, other: Quantity, background: Background) -> Match:
    """Judge whether ``one`` and ``other`` answer the same question."""
    for veto in _VETOES:
        reason = veto(one, other, background)
        if reason:
            return Match(0.0, reason, ())
    if one.value.kind in MEASURES:
        return _match_measures(one, other, background)
    return _match_counts(one, other, background)


def _family(head: str, lexicon: Lexicon) -> str:
    return lexicon.broader(head) or head


def _other_thing(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Heads that cannot be the same: other units, other classes of things."""
    first, second = one.head, other.head
    if first == second:
        return None
    lexicon = background.lexicon
    money = first.startswith("#money:") and second.startswith("#money:")
    if money:
        return None
    if first.startswith("#") or second.startswith("#"):
        return "other-unit"
    first, second = _person_like(one, lexicon), _person_like(other, lexicon)
    if first == second or (_PERSON in (first, second) and {first, second} <= _people(lexicon)):
        return None
    if {_family(first, lexicon), _family(second, lexicon)} == {_PERSON} and _PERSON in (first, second):
        return None
    return "other-thing"


def _people(lexicon: Lexicon) -> set[str]:
    return {_PERSON} | {key for key in lexicon.concepts if lexicon.broader(key) == _PERSON}


def _person_like(quantity: Quantity, lexicon: Lexicon) -> str:
    """Role nouns (suspects, evacuees) count persons."""
    return _PERSON if lexicon.is_status(quantity.head) else quantity.head


def _other_status(one: Quantity, other: Quantity, background: Background) -> str | None:
    if one.value.kind in MEASURES:
        return None
    first, second = status_of(one, background.lexicon), status_of(other, background.lexicon)
    if first == second:
        return None
    if first is not None and second is not None:
        joint = first in other.foci or second in one.foci
        return None if joint and not _rival(one, other, background) else "other-status"
    known = first or second
    quantity = other if first is not None else one
    if known in quantity.foci or known in quantity.context:
        return None
    return "status-unknown"


def _rival(one: Quantity, other: Quantity, background: Background) -> bool:
    """Whether both have a focus of their own kind, so that a shared mention elsewhere does not make them one."""
    lexicon = background.lexicon
    return one.focus is not None and other.focus is not None and lexicon.is_status(one.focus.concept) and lexicon.is_status(other.focus.concept)


def _other_grade(one: Quantity, other: Quantity, background: Background) -> str | None:
    return "other-grade" if one.grade != other.grade else None


def _share(one: Quantity, other: Quantity, background: Background) -> str | None:
    return "part-of-total" if one.part != other.part else None


def _plan(one: Quantity, other: Quantity, background: Background) -> str | None:
    return "plan-against-fact" if one.planned != other.planned else None


def _retracted(one: Quantity, other: Quantity, background: Background) -> str | None:
    return "retracted" if one.retracted or other.retracted else None


def _negation(one: Quantity, other: Quantity, background: Background) -> str | None:
    return "negated" if one.negated != other.negated else None


def _other_period(one: Quantity, other: Quantity, background: Background) -> str | None:
    first, second = _reach(one), _reach(other)
    if first and second:
        if first[0] <= second[1] and second[0] <= first[1]:
            return None
        if max(_days(*first), _days(*second)) > _LONG or _apart(first, second) > _CLOSE:
            return "other-period"
        return None
    stated, quantity = (first, one) if first else (second, other)
    if stated is None:
        return None
    published = quantity.reading.document.article.published_at
    if published is None:
        return None
    past = (published.date() - date.fromisoformat(stated[1])).days
    return "other-period" if past > _CLOSE and not quantity.since else None


def _reach(quantity: Quantity) -> tuple[str, str] | None:
    """The stated period; from a beginning it reaches to the day of publication."""
    published = quantity.reading.document.article.published_at
    if quantity.period is not None and _days(*quantity.period) > _ERA:
        return None
    if quantity.period is None or not quantity.since or published is None:
        return quantity.period
    return quantity.period[0], max(quantity.period[1], published.date().isoformat())


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _apart(one: tuple[str, str], other: tuple[str, str]) -> int:
    return max(_days(one[1], other[0]), _days(other[1], one[0]))


def _other_place(one: Quantity, other: Quantity, background: Background) -> str | None:
    places = background.places
    if not one.places or not other.places:
        return None
    if any(places.exclude(a, b) for a in one.places for b in other.places):
        shared = any(places.same(a, b) for a in one.places for b in other.places)
        return None if shared else "other-place"
    return None


def _inner_place(one: Quantity, other: Quantity, background: Background) -> str | None:
    """A count for a place against one for a larger place, or for a building against one for all."""
    if one.value.kind in MEASURES:
        return None
    for inner, outer in ((one, other), (other, one)):
        if inner.places and outer.places:
            finest = inner.places[0]
            within = [p for p in outer.places if background.places.contains(p, finest)]
            same = [p for p in outer.places if background.places.same(p, finest)]
            if within and not same and not any(background.places.contains(finest, p) for p in outer.places):
                if background.places.level(finest) in ("village", "district"):
                    return "part-of-total"
    return None


def _other_kind(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Noun phrases whose modifiers tell different things apart (fishing boats, patrol ships)."""
    if one.value.kind in MEASURES:
        return None
    first, second = _kind_words(one, background), _kind_words(other, background)
    if first and second and not first & second:
        return "other-kind"
    if bool(first) != bool(second):
        quantity = other if first else one
        stated = first or second
        if not stated & (quantity.context | quantity.parties) and not background.lexicon.is_generic(one.head):
            status = status_of(one, background.lexicon)
            return None if status and background.lexicon.concepts[status].developing and _person_like(one, background.lexicon) == _PERSON else "other-kind"
    return None


def _kind_words(quantity: Quantity, background: Background) -> frozenset[str]:
    skip = {quantity.head} | (quantity.foci if quantity.foci else frozenset())
    return frozenset(word for word in quantity.modifiers if word not in skip)


def _other_object(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Attributes of other things ("harga beras", "harga cabai"), and other substances ("kilogram sabu")."""
    first, second = one.objects, other.objects
    if not first or not second or first <= second or second <= first:
        return None
    return "other-kind"


def _contrasted(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Concepts of one group beside the amounts, of which each has its own ("laba", "pendapatan")."""
    if one.value.kind not in MEASURES:
        return None
    near_one, near_other = one.foci | one.context, other.foci | other.context
    for group in background.lexicon.contrasts:
        first, second = near_one & group, near_other & group
        if first != second and first and second:
            return "other-status"
    return None


def _other_attribute(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Amounts whose nearest attributes are known and differ ("suap", "anggaran")."""
    if one.value.kind not in MEASURES:
        return None
    lexicon = background.lexicon
    first, second = _focus(one), _focus(other)
    if first is None or second is None or first == second or {first, second} & {"@value"}:
        return None
    if _attributes(one, lexicon) & _attributes(other, lexicon):
        return None
    return "other-status" if {lexicon.kind(first), lexicon.kind(second)} <= {"status", "measure"} else None


def _other_parties(one: Quantity, other: Quantity, background: Background) -> str | None:
    """Different givers, owners or senders, where the number is theirs."""
    first, second = one.parties | one.names, other.parties | other.names
    if not first or not second:
        return None
    if one.persons and other.persons:
        return None if _names_overlap(one.persons, other.persons, background) else "other-party"
    if first & second or _names_overlap(first, second, background):
        return None
    if one.value.kind in MEASURES:
        return "other-party"
    counted_by_name = bool(one.names and other.names)
    return "other-party" if counted_by_name else None


def _names_overlap(first: frozenset[str], second: frozenset[str], background: Background) -> bool:
    places = background.places
    return any(places.related(a, b) or set(a.split()) & set(b.split()) for a in first for b in second)


Veto = Callable[[Quantity, Quantity, Background], str | None]
_VETOES: tuple[Veto, ...] = (
    _other_thing,
    _share,
    _plan,
    _negation,
    _retracted,
    _other_status,
    _other_grade,
    _other_period,
    _other_place,
    _inner_place,
    _other_kind,
    _other_object,
    _contrasted,
    _other_attribute,
    _other_parties,
)


def _match_counts(one: Quantity, other: Quantity, background: Background) -> Match:
    lexicon = background.lexicon
    reasons: list[str] = []
    score = 0.0
    status = status_of(one, lexicon)
    if status is not None and status == status_of(other, lexicon):
        score += 0.5
        reasons.append(f"status:{status}")
    elif _focus(one) is not None and _focus(one) == _focus(other):
        score += 0.4
        reasons.append(f"predicate:{_focus(one)}")
    elif one.foci & other.foci:
        score += 0.3
        reasons.append(f"predicate:{min(one.foci & other.foci)}")
    if one.head == other.head and not lexicon.is_generic(one.head):
        score += 0.25
        reasons.append(f"thing:{one.head}")
    elif _person_like(one, lexicon) == _person_like(other, lexicon):
        score += 0.1
    names = (one.parties | one.names) & (other.parties | other.names)
    if names:
        score += 0.15
        reasons.append(f"name:{min(names)}")
    if _kind_words(one, background) & _kind_words(other, background):
        score += 0.2
        reasons.append("kind")
    shared = (one.context & other.context) - one.foci - {one.head}
    score += min(0.2, 0.1 * sum(background.weight(concept) for concept in shared))
    if one.places and other.places and any(background.places.related(a, b) for a in one.places for b in other.places):
        score += 0.05
    return Match(score, None, tuple(reasons))


def _focus(quantity: Quantity) -> str | None:
    return quantity.focus.concept if quantity.focus is not None else None


def _match_measures(one: Quantity, other: Quantity, background: Background) -> Match:
    lexicon = background.lexicon
    reasons: list[str] = []
    score = 0.0
    shared = _attributes(one, lexicon) & _attributes(other, lexicon)
    things = ((one.context & other.context) - shared) | (one.modifiers & other.modifiers)
    if shared:
        score += 0.45 if _focus(one) == _focus(other) else 0.35
        reasons.append(f"attribute:{min(shared)}")
    elif any(background.weight(thing) >= _TELLING and lexicon.kind(thing) != "event" for thing in things):
        score += 0.25
    if things:
        score += 0.05 + min(0.15, 0.1 * sum(background.weight(concept) for concept in things))
        reasons.append(f"thing:{min(things)}")
    names = sorted((one.parties | one.names) & (other.parties | other.names))
    if names:
        score += 0.1 + min(0.1, 0.05 * len(names))
        reasons.append(f"name:{names[0]}")
    if one.places and other.places and any(background.places.same(a, b) for a in one.places for b in other.places):
        score += 0.15
        reasons.append("place")
    return Match(score, None, tuple(reasons))


def _attributes(quantity: Quantity, lexicon: Lexicon) -> frozenset[str]:
    """What a measure may be of: the predicates and attributes near it, and the nouns behind it."""
    return quantity.foci | frozenset(
        concept for concept in quantity.modifiers if lexicon.kind(concept) in ("measure", "status", "event")
    )
