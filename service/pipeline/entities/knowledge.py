"""What is known of names in general: countries, provinces, bodies, people, short forms, titles.

Read from the data of a language once a process and turned into tables that are looked up by folded names.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from service.languages import loader
from service.pipeline.entities.names import NameData, Spelling, fold, spelling

COUNTRY_SCHEME = "iso3166-1"
SUBDIVISION_SCHEME = "iso3166-2"
CITY_SCHEME = "geonames"


def require_one_meaning(table: Mapping[str, Iterable[str]], where: str) -> None:
    """Raise LanguageDataError where a form stands for two names."""
    seen: dict[str, str] = {}
    for name, forms in table.items():
        for form in map(fold, forms):
            if seen.setdefault(form, name) != name:
                raise loader.LanguageDataError(f"{where}: {form!r} stands for {seen[form]!r} and {name!r}")


class Countries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``countries.yaml``: names by ISO 3166-1 alpha-2 code, the canonical one first.
    ``home`` is the code of the country whose short forms stay inside longer names."""

    home: str
    countries: dict[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        require_one_meaning(self.countries, "countries")


class Province(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A province: ``short`` forms are replaced by ``name``, ``full`` forms kept where an article uses them."""

    name: str
    short: tuple[str, ...] = ()
    full: tuple[str, ...] = ()


class Provinces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``provinces.yaml``: provinces by ISO 3166-2 code."""

    provinces: dict[str, Province]


class Cities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``cities.yaml``: GeoNames ids by name. A ``shared`` name is a city's only where it is called one."""

    shared: frozenset[str]
    cities: dict[str, int]


class PlaceClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that name one kind of place, the preferred one first; ``types`` are the entity types it may have."""

    words: tuple[str, ...]
    rank: int
    types: frozenset[str]


class Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``places.yaml``; ``variants`` stay as they are, ``city_kind`` is the preferred word of the class
    that cities are of."""

    names: dict[str, tuple[str, ...]]
    variants: dict[str, tuple[str, ...]]
    city_kind: str
    classes: tuple[PlaceClass, ...]


class Organizations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``organizations.yaml``."""

    names: dict[str, tuple[str, ...]]
    variants: dict[str, tuple[str, ...]]
    known_as: dict[str, tuple[str, ...]]
    heads: dict[str, str]
    droppable: frozenset[str]
    generic_heads: frozenset[str]
    foreign_words: frozenset[str]
    legal_forms: frozenset[str]
    trades: frozenset[str]
    branched: frozenset[str]
    state_heads: frozenset[str]
    clubs: dict[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        require_one_meaning(self.names | self.known_as | self.clubs, "organizations")


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``people.yaml``."""

    names: dict[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        require_one_meaning(self.names, "people")


class Titles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``titles.yaml``; all words are in lower case."""

    heads: frozenset[str]
    not_titles: frozenset[str]
    modifiers: frozenset[str]
    relational: frozenset[str]
    kin: frozenset[str]
    rank_words: frozenset[str]
    ranks: frozenset[str]
    same: dict[str, str]
    wider: dict[str, tuple[str, ...]]
    female: frozenset[str]
    male: frozenset[str]
    stops: frozenset[str]
    inside: frozenset[str]
    verb_beginnings: tuple[str, ...]
    not_verbs: frozenset[str]
    from_words: tuple[str, ...]
    degrees: frozenset[str]


class References(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``coreference.yaml``; all words are in lower case."""

    pronouns: frozenset[str]
    plurals: frozenset[str]
    clitic: str
    clitic_carriers: frozenset[str]
    determiners: frozenset[str]
    openers: frozenset[str]
    organizations: dict[str, tuple[str, ...]]
    places: dict[str, tuple[str, ...]]
    persons: frozenset[str]
    boundaries: frozenset[str]
    prepositions: frozenset[str]
    source_openers: frozenset[str]
    relatives: frozenset[str]
    conjunctions: frozenset[str]
    predicate_words: frozenset[str]


class _Verb(msgspec.Struct, frozen=True):
    """The part of a reporting verb that coreference needs: the forms that stand right before a speaker (``tag``,
    ``passive``), and those that stand behind one."""

    tag: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    passive: tuple[str, ...] = ()


class _Reporting(msgspec.Struct, frozen=True):
    """The part of ``reporting.yaml`` that coreference needs."""

    verbs: tuple[_Verb, ...]


@dataclass(frozen=True, slots=True)
class KnownName:
    """What a known form stands for. ``identifier`` is a scheme and an identifier, or None. ``kept`` forms are not
    replaced by ``name``: an article that uses them uses a full form."""

    name: str
    identifier: tuple[str, str] | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Tables of what names stand for, by folded form, and words.

    ``people_by_sound`` holds names of several words by their sounds. A speaker stands right behind ``speech_openers``
    and right before ``speech_verbs``; ``speech_clitics`` hold one.
    """

    code: str
    home: tuple[str, str]
    names: NameData
    spelling: Spelling
    places: Mapping[str, KnownName]
    place_classes: Mapping[str, PlaceClass]
    cities: Mapping[str, str]
    shared_cities: frozenset[str]
    city_kind: str
    organizations: Mapping[str, KnownName]
    heads: Mapping[str, str]
    head_names: frozenset[str]
    droppable: frozenset[str]
    generic_heads: frozenset[str]
    foreign_words: frozenset[str]
    legal_forms: frozenset[str]
    trades: frozenset[str]
    branched: frozenset[str]
    state_heads: frozenset[str]
    clubs: Mapping[str, KnownName]
    short_forms: frozenset[str]
    predicate_words: frozenset[str]
    people: Mapping[str, str]
    people_by_sound: Mapping[tuple[str, ...], str]
    others: Mapping[str, KnownName]
    titles: Titles
    references: References
    speech_openers: frozenset[str]
    speech_clitics: frozenset[str]
    speech_verbs: frozenset[str]


@functools.cache
def load(code: str) -> Knowledge:
    """The knowledge of names in language ``code``."""
    names = loader.load(code, "names", NameData)
    places = loader.load(code, "places", Places)
    organizations = loader.load(code, "organizations", Organizations)
    reporting = loader.load(code, "reporting", _Reporting)
    countries = loader.load(code, "countries", Countries)
    cities = loader.load(code, "cities", Cities)
    people = _forms(loader.load(code, "people", People).names)
    sounds = spelling(names).sounds
    references = loader.load(code, "coreference", References)
    spoken = (word for verb in reporting.verbs for word in (*verb.tag, *verb.passive) if " " not in word)
    openers = frozenset(spoken) | references.source_openers
    return Knowledge(
        code,
        (COUNTRY_SCHEME, countries.home),
        names,
        spelling(names),
        _place_table(countries, loader.load(code, "provinces", Provinces), places),
        {word: kind for kind in places.classes for word in kind.words},
        {fold(name): str(identifier) for name, identifier in cities.cities.items()},
        frozenset(map(fold, cities.shared)),
        places.city_kind,
        _organization_table(organizations),
        {fold(short): full for short, full in organizations.heads.items()},
        frozenset(map(fold, organizations.heads.values())),
        organizations.droppable,
        organizations.generic_heads,
        organizations.foreign_words,
        organizations.legal_forms,
        organizations.trades,
        frozenset(map(fold, organizations.branched)),
        organizations.state_heads,
        {form: KnownName(name) for form, name in _forms(organizations.clubs).items()},
        _short_forms(organizations),
        references.predicate_words,
        people,
        {sounds(form.split()): name for form, name in people.items() if " " in form},
        {form: KnownName(name) for form, name in _forms(names.other_names).items()},
        loader.load(code, "titles", Titles),
        references,
        openers,
        frozenset(word + references.clitic for word in openers | references.clitic_carriers),
        frozenset(active for verb in reporting.verbs for active in verb.active if " " not in active),
    )


def _forms(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {fold(form): name for name, forms in table.items() for form in (*forms, name)}


def _short_forms(organizations: Organizations) -> frozenset[str]:
    """Single words in capitals that stand for bodies, folded."""
    forms = [form for table in (organizations.names, organizations.known_as) for row in table.values() for form in row]
    return frozenset(fold(form) for form in (*forms, *organizations.heads) if form.isupper() and form.isalpha())


def _place_table(countries: Countries, provinces: Provinces, places: Places) -> dict[str, KnownName]:
    table: dict[str, KnownName] = {}
    for name, variants in places.variants.items():
        table[fold(name)] = KnownName(name)
        for variant in variants:
            table[fold(variant)] = KnownName(name, kept=True)
    for form, name in _forms(places.names).items():
        table[form] = KnownName(name)
    for code, province in provinces.provinces.items():
        identifier = (SUBDIVISION_SCHEME, code)
        for form in (*province.short, province.name):
            table[fold(form)] = KnownName(province.name, identifier)
        for form in province.full:
            table[fold(form)] = KnownName(province.name, identifier, kept=True)
    for code, forms in countries.countries.items():
        for form in forms:
            table[fold(form)] = KnownName(forms[0], (COUNTRY_SCHEME, code))
    return table


def _organization_table(organizations: Organizations) -> dict[str, KnownName]:
    table: dict[str, KnownName] = {}
    for group, kept in ((organizations.variants, True), (organizations.known_as, False), (organizations.names, False)):
        for name, forms in group.items():
            for form in forms:
                table[fold(form)] = KnownName(name, kept=kept)
            table[fold(name)] = KnownName(name)
    return table
