"""Canonical names across the articles of a request: one entity has one name in all of them.

The fullest form that any of the articles uses wins. Entities of one article are never taken for one another, and a
name that could be more than one entity of another article stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.pipeline.annotations import Analysis, Claim, Entity, Speaker
from service.pipeline.entities import abbreviations, linking
from service.pipeline.entities.clustering import cluster, place_kind
from service.pipeline.entities.knowledge import Knowledge
from service.pipeline.entities.names import fold
from service.pipeline.entities.partition import Item
from service.pipeline.entities.resolution import is_introduced, is_presented

# the rank of the kinds of place that news leaves off: regencies and cities
_REGENCY = 4


def unify_names(analyses: Sequence[Analysis], knowledge: Knowledge) -> tuple[Analysis, ...]:
    """``analyses`` with the names of entities, and of the speakers of claims, made the same across articles."""
    places = [(number, entity) for number, analysis in enumerate(analyses) for entity in analysis.entities]
    items = [_item(analyses[number], number, entity, knowledge) for number, entity in places]
    partition = cluster(items, knowledge, apart=True)
    renamed: list[dict[str, Entity]] = [{} for _ in analyses]
    told = _kinds_told(items, knowledge)
    for group in partition.groups():
        members = [items[index] for index in group]
        name, _ = linking.canonical_name(members, knowledge)
        name = _with_kind(name, members, told, knowledge)
        identifiers = linking.identifiers(members, knowledge)
        for index in group:
            number, entity = places[index]
            if name != entity.name:
                rule = f"{entity.rule}+{partition.rule(index) or 'joined'}" if len(group) > 1 else entity.rule
                entity = replace(entity, name=name, rule=rule, identifiers=identifiers or entity.identifiers)
            renamed[number][entity.id] = entity
    return tuple(_rename(analysis, renamed[number]) for number, analysis in enumerate(analyses))


def _kinds_told(items: Sequence[Item], knowledge: Knowledge) -> Mapping[str, str]:
    """The names of places with their kind, by their bare folded name, that the names of bodies tell ("KPU Kabupaten
    Dompu"); left out where bodies and places tell different kinds of one name."""
    kinds: dict[str, set[str]] = {}
    for item in items:
        words = item.form.split(" ") if item.kind == "ORG" else []
        for index in range(1, len(words) - 1):
            kind = knowledge.place_classes.get(fold(words[index]))
            opening = fold(" ".join(words[: index + 1]))
            # "Kepolisian Resor Kota" is a kind of body
            own = opening in knowledge.head_names and fold(" ".join(words[:index])) in knowledge.head_names
            if kind is not None and kind.rank == _REGENCY and fold(words[index]) == kind.words[0] and not own:
                kinds.setdefault(fold(" ".join(words[index + 1 :])), set()).add(" ".join(words[index:]))
                break
    for item in items:
        kind, base = place_kind(item, knowledge) if item.kind == "GPE" else (None, ())
        if kind is not None and kind.rank == _REGENCY:
            kinds.get(" ".join(base), set()).add(item.form)
    return {bare: next(iter(names)) for bare, names in kinds.items() if len(set(map(fold, names))) == 1}


def _with_kind(name: str, members: Sequence[Item], told: Mapping[str, str], knowledge: Knowledge) -> str:
    """The name of a place with the kind that bodies' names tell; known countries and provinces stay as they are."""
    if not told or members[0].kind != "GPE" or any(item.reading.identifier for item in members):
        return name
    return told.get(fold(name), name)


def _item(analysis: Analysis, number: int, entity: Entity, knowledge: Knowledge) -> Item:
    text = analysis.document.text
    forms = frozenset(map(fold, {text[span.start : span.end] for span in entity.mentions}))
    return Item(
        entity.type,
        entity.name,
        abbreviations.read(entity.type, entity.name, {}, knowledge),
        len(entity.mentions),
        entity.mentions[0].start,
        entity.type == "PERSON" and any(is_introduced(text, span.end) for span in entity.mentions),
        entity.type == "PERSON" and any(is_presented(text, span.end, knowledge) for span in entity.mentions),
        forms | {fold(entity.name)},
        number,
    )


def _rename(analysis: Analysis, entities: Mapping[str, Entity]) -> Analysis:
    claims = tuple(_with_names(claim, entities) for claim in analysis.claims)
    return replace(analysis, entities=tuple(entities[entity.id] for entity in analysis.entities), claims=claims)


def _with_names(claim: Claim, entities: Mapping[str, Entity]) -> Claim:
    if claim.attribution is None:
        return claim
    speaker = claim.attribution.speaker
    attribution = replace(
        claim.attribution,
        speaker=_named(speaker, entities) if speaker else None,
        via=tuple(_named(source, entities) for source in claim.attribution.via),
    )
    return replace(claim, attribution=attribution)


def _named(speaker: Speaker, entities: Mapping[str, Entity]) -> Speaker:
    entity = entities.get(speaker.entity_id) if speaker.entity_id else None
    return replace(speaker, name=entity.name) if entity else speaker
