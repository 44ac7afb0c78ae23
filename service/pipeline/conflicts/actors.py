"""Who did it, who is to answer for it, whose it was: one deed given to two doers.

Two doers of one deed exclude each other where one article rules the other's out, where one says that it was this one
and nobody else (or the first), or where the deed has a single doer by its nature.
"""

from __future__ import annotations

from collections.abc import Iterable

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.doers.agents import agents
from service.pipeline.alignment.doers.deeds import Agent
from service.pipeline.alignment.doers.duties import Correction, Duty, corrections, duties
from service.pipeline.alignment.doers.parties import Knowledge, Party
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.noun_phrases import PERSON
from service.pipeline.alignment.reading import Mention, Reading
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

SHARED = 0.45
DUTY = 0.25
ACT, THING, NAME, FIRST, TURNED = 0.4, 0.25, 0.3, 0.2, 0.5
SUMS = frozenset({"money", "percent", "quantity"})
_PHRASE = 5


def compare(workspace: Workspace, known: Knowledge) -> list[Finding]:
    """Deeds, duties and things that are given to two parties."""
    lexicon = workspace.background.lexicon
    findings = _deeds([a for own in workspace.clauses for a in agents(own, lexicon, known)], workspace, known)
    findings += _duties([d for own in workspace.clauses for d in duties(own, lexicon, known)], workspace, known)
    for own in workspace.clauses:
        for correction in corrections(own, lexicon, known):
            findings += _corrected(correction, workspace, known)
    return findings


def _deeds(found: list[Agent], workspace: Workspace, known: Knowledge) -> list[Finding]:
    keys = [[agent.act, *(sorted(agent.things) if agent.first or agent.denied else ())] for agent in found]
    links: dict[tuple[int, int], float] = {}
    for first, second in pairs(keys):
        one, other = found[first], found[second]
        if one.clause.reading is other.clause.reading and one.clause.sentence is other.clause.sentence:
            continue
        score = _score(one, other, workspace, known)
        if score >= SHARED and _exclude(one, other, workspace, known):
            links[first, second] = score
    return [
        _finding([found[i] for i in members], max(links[pair] for pair in inside), workspace, known)
        for members, inside in groups(len(found), links)
    ]


def _score(one: Agent, other: Agent, workspace: Workspace, known: Knowledge) -> float:
    """How surely the two speak of one deed."""
    weigh = workspace.background.weight
    act = 1.0 if one.act in known.words.kin else weigh(one.term.concept)
    score = ACT * act if one.act == other.act else 0.0
    score += sum(THING * weigh(thing) for thing in sorted(one.things & other.things))
    score += NAME * len((one.names | one.goal) & (other.names | other.goal))
    score += FIRST * (one.first and other.first)
    score += TURNED * (one.first and other.first and _blamed(one, other) and _blamed(other, one))
    return score + TURNED * _turned(one, other, workspace, known)


def _blamed(one: Agent, other: Agent) -> bool:
    """Whether the doer of the one deed is whom the other is done to."""
    return one.party.name in other.names or bool(set(one.party.nouns[:1]) & other.things)


def _turned(one: Agent, other: Agent, workspace: Workspace, known: Knowledge) -> bool:
    """Whether the one gives as the doer whom the other gives as the one to whom it was done."""
    return any(
        bool(doer.party.name and given.goal) and _meets(doer.party.name, given.goal, workspace, known)
        for doer, given in ((one, other), (other, one))
    )


def _meets(name: str, names: Iterable[str], workspace: Workspace, known: Knowledge) -> bool:
    bodies = {body for reading in workspace.readings for body in reading.affiliations.get(name, ())}
    return any(other == name or other in bodies or _shares_word(name, other, known) for other in names)


def _shares_word(one: str, other: str, known: Knowledge) -> bool:
    """Whether two names share a word that tells more than what kind of body bears it."""
    shared = set(one.lower().split()) & set(other.lower().split())
    return any(len(word) > 3 and word not in known.words.bodies for word in shared)


def _exclude(one: Agent, other: Agent, workspace: Workspace, known: Knowledge) -> bool:
    same = _same(one.party, other.party, workspace, known)
    if one.denied or other.denied:
        return one.denied != other.denied and same is True
    if _turned(one, other, workspace, known) or _swapped(one, other, workspace, known):
        return same is not True
    if one.act in known.words.transfers and not _of_one_transfer(one, other, workspace, known):
        return False
    told = all(agent.party.name or agent.party.nouns for agent in (one, other))
    alike = (one.things & other.things) | (one.objects & other.objects)
    if same is None and (one.exclusive or other.exclusive) and one.act in known.words.single and alike:
        return _of_other_class(one.party, other.party, workspace)
    if same is True or (same is None and not (told and one.first and other.first)):
        return False
    given = one.patient is not None and one.patient == other.patient and one.act in known.words.kin
    if given and one.party.kind == other.party.kind == "PERSON" and not _elsewhere(one, other):
        return True
    sole = (
        one.exclusive
        or other.exclusive
        or (one.first and other.first)
        or (one.act in known.words.single and bool(alike))
    )
    concept = workspace.background.lexicon.concepts.get(one.term.concept)
    return sole or bool(concept and concept.single)


def _swapped(one: Agent, other: Agent, workspace: Workspace, known: Knowledge) -> bool:
    """Whether each gives as the doer whom the other gives as the one it was done to, of what is done one way only."""
    if one.act != other.act or one.act not in known.words.one_way or not (one.party.name and other.party.name):
        return False
    return _meets(one.party.name, other.names, workspace, known) and _meets(
        other.party.name, one.names, workspace, known
    )


def _of_one_transfer(one: Agent, other: Agent, workspace: Workspace, known: Knowledge) -> bool:
    """Whether the two speak of one transfer: something named has a part in both, or what is handed over opens both; and
    neither that, nor whose it is, nor a sum differs."""
    own, others = _objects(one, other), _objects(other, one)
    if own and others and not any(_meets(name, others, workspace, known) for name in own):
        return False
    if one.patient is not None and other.patient is not None:
        if one.patient != other.patient:
            return False
    elif not any(_meets(name, other.names, workspace, known) for name in one.names):
        return False
    first, second = (
        {(a.value.kind, a.value.low) for a in agent.clause.amounts if a.value.kind in SUMS} for agent in (one, other)
    )
    return not (first and second and first.isdisjoint(second))


def _objects(agent: Agent, other: Agent) -> frozenset[str]:
    """The names that are neither end of the transfer."""
    return agent.objects - agent.goal - {agent.party.name, other.party.name}


def _of_other_class(one: Party, other: Party, workspace: Workspace) -> bool:
    """Whether the heads of two phrases stand for people of different classes."""
    lexicon = workspace.background.lexicon
    if not one.nouns or not other.nouns:
        return False
    first, second = one.nouns[0], other.nouns[0]
    generic = lexicon.is_generic(first) or lexicon.is_generic(second)
    return first != second and not generic and not _akin(first, second, workspace)


def _class_of(party: Party, workspace: Workspace) -> tuple[str, ...]:
    """The nouns of a phrase; of a body that is only named, the class of people that its name tells ("Tentara …")."""
    if party.nouns or party.kind != "ORG":
        return party.nouns
    lexicon = workspace.background.lexicon
    concepts = (lexicon.concept(word) for word in party.name.lower().split())
    return tuple(concept for concept in concepts if lexicon.broader(concept) == PERSON)[:1]


def _elsewhere(one: Agent, other: Agent) -> bool:
    """Whether both name what has a part in the deed, and nothing of it is the same."""
    return bool(one.names and other.names) and not one.names & other.names


def _same(one: Party, other: Party, workspace: Workspace, known: Knowledge) -> bool | None:
    """Whether two phrases stand for one party; None where nothing tells."""
    if one.name and other.name:
        places = workspace.background.places
        if _meets(one.name, [other.name], workspace, known) or _meets(other.name, [one.name], workspace, known):
            return True
        if places.related(one.name, other.name):
            return True
        return False if one.kind == other.kind or {one.kind, other.kind} <= {"ORG", "GPE", "NORP"} else None
    nouns, others = _class_of(one, workspace), _class_of(other, workspace)
    if not nouns or not others:
        return None
    lexicon = workspace.background.lexicon
    first, second = nouns[0], others[0]
    if first != second and {first, second} <= {lexicon.concept(word) for word in known.words.offices}:
        return False
    if one.name or other.name:
        if "ORG" in {one.kind, other.kind} and not (one.nouns and other.nouns):
            return None if _akin(first, second, workspace) else first == second
        return True if first == second and not lexicon.is_generic(first) else None
    if first == second:
        rest = set(one.nouns[1:]), set(other.nouns[1:])
        return None if rest[0] and rest[1] and not rest[0] & rest[1] else True
    if lexicon.is_generic(first) or lexicon.is_generic(second) or _akin(first, second, workspace):
        return None
    return False


def _akin(one: str, other: str, workspace: Workspace) -> bool:
    lexicon = workspace.background.lexicon
    if other == lexicon.broader(one) or one == lexicon.broader(other):
        return True
    return any({one, other} <= group for group in lexicon.akin)


def _finding(members: list[Agent], score: float, workspace: Workspace, known: Knowledge) -> Finding:
    positions: list[list[Agent]] = []
    for agent in members:
        for own in positions:
            if all(_side(agent, other, workspace, known) for other in own):
                own.append(agent)
                break
        else:
            positions.append([agent])
    names = dict.fromkeys(agent.party.name for agent in members if agent.party.name)
    return Finding(
        "actor",
        "contradiction",
        "actor-agent",
        min(0.95, 0.4 + score / 2),
        members[0].term.concept,
        members[0].word,
        tuple(tuple(_statement(agent) for agent in own) for own in positions),
        tuple(f"name:{name}" for name in names),
    )


def _side(one: Agent, other: Agent, workspace: Workspace, known: Knowledge) -> bool:
    """Whether two doers stand on one side: one party for both, or ruled out where another is set in its place."""
    same = _same(one.party, other.party, workspace, known)
    if one.denied == other.denied:
        return same is True or (one.denied and one.clause.reading is other.clause.reading)
    return same is False and one.clause.reading is other.clause.reading and one.clause.sentence is other.clause.sentence


def _statement(agent: Agent) -> Statement:
    reading = agent.clause.reading
    party = agent.party
    text = party.name or reading.document.text_of(reading.span(party.first, party.last))
    return Statement(reading, agent.evidence, text, agent.claim)


def _duties(found: list[Duty], workspace: Workspace, known: Knowledge) -> list[Finding]:
    weigh = workspace.background.weight
    links: dict[tuple[int, int], float] = {}
    keys = [["duty"] for _ in found]
    for first, second in pairs(keys):
        one, other = found[first], found[second]
        score = sum(0.25 * weigh(thing) for thing in sorted(one.things & other.things))
        if score >= DUTY and _answers_otherwise(one.party, other.party, workspace, known):
            links[first, second] = score
    findings = []
    for members, inside in groups(len(found), links):
        positions: dict[str, list[Duty]] = {}
        for duty in (found[i] for i in members):
            positions.setdefault(_label(duty), []).append(duty)
        findings.append(
            Finding(
                "actor",
                "contradiction",
                "actor-duty",
                min(0.95, 0.4 + max(links[pair] for pair in inside) / 2),
                "duty",
                found[members[0]].word,
                tuple(
                    tuple(Statement(d.clause.reading, d.evidence, label, d.claim) for d in own)
                    for label, own in positions.items()
                ),
                tuple(f"name:{label}" for label in positions),
            )
        )
    return findings


def _answers_otherwise(one: Party, other: Party, workspace: Workspace, known: Knowledge) -> bool:
    if one.name and other.name:
        return _same(one, other, workspace, known) is False
    return not (one.name and other.name) and one.nouns[:1] != other.nouns[:1]


def _label(duty: Duty) -> str:
    reading, party = duty.clause.reading, duty.party
    return party.name or reading.document.text_of(reading.span(party.first, party.last))


def _corrected(correction: Correction, workspace: Workspace, known: Knowledge) -> Iterable[Finding]:
    """What other articles say with the name that this one sets right."""
    others = []
    for reading in workspace.readings:
        if reading is not correction.reading:
            others += list(_of_wrong(reading, correction, known))
    if others:
        own = Statement(correction.reading, correction.evidence, correction.right, correction.claim)
        yield Finding(
            "actor",
            "contradiction",
            "actor-correction",
            0.7,
            correction.word,
            correction.word,
            (tuple(others), (own,)),
            (f"name:{correction.right}", f"name:{correction.wrong}"),
        )


def _of_wrong(reading: Reading, correction: Correction, known: Knowledge) -> Iterable[Statement]:
    for mention in reading.mentions:
        if mention.name == correction.wrong:
            yield from _with_head(reading, mention, correction, known)


def _with_head(reading: Reading, mention: Mention, correction: Correction, known: Knowledge) -> Iterable[Statement]:
    """The wrong name behind a noun that the right one stands behind."""
    for index in range(mention.first - 1, max(mention.first - _PHRASE, 0) - 1, -1):
        if reading.concepts[index] in correction.heads:
            amount = reading.amount_at[index]
            first = amount.first if amount is not None else index
            yield Statement(reading, reading.span(first, mention.last), mention.name, reading.claim_at[index])
            return
        if not reading.words[index][0].isalpha():
            return
