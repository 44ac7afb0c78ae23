"""The words that the rules on names look for, as a linguist writes them down."""

from __future__ import annotations

import msgspec

from service.languages import loader


class NameTypes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``recognition.yaml``; every list is case-folded. Types are those of the contract."""

    heads: dict[str, tuple[str, ...]]
    cues: dict[str, tuple[str, ...]]
    groups: tuple[str, ...]
    titles: tuple[str, ...]
    currencies: tuple[str, ...]
    connectors: tuple[str, ...]
    conjunctions: tuple[str, ...]
    not_groups: tuple[str, ...]
    number_words: tuple[str, ...]
    ranks: tuple[str, ...]
    rank_parts: tuple[str, ...]
    tails: dict[str, tuple[str, ...]]
    place_prepositions: tuple[str, ...]
    offices: tuple[str, ...]
    speaker_cues: tuple[str, ...]
    late_ranks: tuple[str, ...]
    office_heads: tuple[str, ...]
    firms: tuple[str, ...]
    programmes: tuple[str, ...]
    name_openers: tuple[str, ...]
    posts: tuple[str, ...]
    code_words: tuple[str, ...]
    clitics: tuple[str, ...]
    body_cues: tuple[str, ...]
    body_hints: tuple[str, ...]
    generic: tuple[str, ...]
    particles: tuple[str, ...]
    short_firsts: tuple[str, ...]
    articles: tuple[str, ...]
    plate_areas: tuple[str, ...]
    administrative: tuple[str, ...]
    road_marks: tuple[str, ...]
    ticker_cues: tuple[str, ...]
    office_words: tuple[str, ...]
    presenters: tuple[str, ...]
    home_forms: tuple[str, ...]
    closings: tuple[str, ...]
    short_kinds: tuple[str, ...]
    degrees: tuple[str, ...]
    languages: tuple[str, ...]
    initialled: tuple[str, ...]
    numbered_units: tuple[str, ...]
    makers: tuple[str, ...]
    addresses: tuple[str, ...]
    club_closers: tuple[str, ...]
    origins: tuple[str, ...]
    honoured: tuple[str, ...]
    realms: tuple[str, ...]
    locatives: tuple[str, ...]
    trades: tuple[str, ...]
    envoys: tuple[str, ...]

    def __post_init__(self) -> None:
        for where, lists in (("heads", self.heads), ("cues", self.cues), ("tails", self.tails)):
            for kind, entries in lists.items():
                loader.require_distinct(entries, f"{where} of {kind}")
        for entries in (self.titles, self.groups, self.currencies, self.connectors, self.generic, self.particles):
            loader.require_distinct(entries, "recognition")
