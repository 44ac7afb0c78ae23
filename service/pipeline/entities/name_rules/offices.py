"""Offices, the bodies or places they belong to, and those who hold them: "[Kepala] [Dinas … Kabupaten …] [person]"."""

from __future__ import annotations

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules import runs as name_runs
from service.pipeline.entities.name_rules.spans import CAPITALS, TITLE_CASE, NameSpan, NameText
from service.pipeline.entities.name_rules.types import EVENT, FAC, GPE, LOC, ORG, PERSON
from service.pipeline.entities.offices.cuts import Cut, Cutter, Region
from service.pipeline.entities.offices.knowledge import OfficeKnowledge
from service.pipeline.entities.offices.regions import regions

_LONGEST_PERSON = 4
_APPOSED_ENDS = frozenset({",", "("})
# how much better a cut must be than what was found before
_MARGIN = 0.5
_SURE = 1.0
_SCORE = 0.9
# how sure the encoder must be of a body that it did not find
_LEAST_CHANCE = 0.2


def resolve_offices(text: NameText, known: OfficeKnowledge) -> None:
    """Cut the words behind every office of the document into body and person, where the evidence is better than for
    the names found so far."""
    runs = None
    for sentence in text.document.sentences:
        if text.case(sentence) in (TITLE_CASE, CAPITALS) or sentence.role == "dateline":
            continue
        for region in regions(text, sentence, known):
            if runs is None:
                runs = name_runs.find_runs(text, known)
            cutter = Cutter(text, region, runs, known)
            cuts = cutter.best()
            if cuts:
                _apply(text, region, cuts, known)
            name_apposed(text, sentence, region, known)
    _spread(text)


def _apply(text: NameText, region: Region, cuts: list[Cut], known: OfficeKnowledge) -> None:
    best = cuts[0]
    found = [n for n in dict.fromkeys(text.at(i) for i in range(region.first, region.last)) if n is not None]
    if _is_called(text, region, cuts, found, known):
        text.swap(found[0], replace(found[0], type=PERSON, rule="office-holder"))
        return
    if best.score < _SURE or (best.body == best.rank and best.person == best.last):
        return
    if any(name.last > region.last or (name.type == EVENT and not _is_held(text, best, name, known)) for name in found):
        return
    if region.loose and best.last - best.body == 1 and not found:
        return
    if best.person == best.last and not _is_body(text, best, found, known):
        return
    names = names_of(text, region, best, found, known)
    if [(n.first, n.last) for n in names] == [(n.first, n.last) for n in found]:
        for old, new in zip(found, names, strict=True):
            parted = old.type == PERSON and best.person < best.last
            if old.type != new.type and (parted or new.rule == "office-holder" or _is_headed(text, new, known)):
                text.swap(old, new)
        return
    for cut in cuts[1:]:
        before = names_of(text, region, cut, found, known)
        if [(n.first, n.last) for n in before] == [(n.first, n.last) for n in found]:
            if best.score - cut.score < _MARGIN:
                return
            break
    for name in found:
        text.drop(name)
    for name in names:
        text.add(name)


def _is_held(text: NameText, cut: Cut, event: NameSpan, known: OfficeKnowledge) -> bool:
    """Whether what looks like an event lies behind the generic word of a body whose holder is told ("Pusat | Gempa
    Bumi")."""
    headed = known.heads.at(text.lowers, cut.body, cut.rank)
    return bool(headed) and cut.body + headed <= event.first and event.last <= cut.rank and cut.person < cut.last


def _is_called(text: NameText, region: Region, cuts: list[Cut], found: list[NameSpan], known: OfficeKnowledge) -> bool:
    """Whether all the words behind an office are the name that a first word of persons' names opens, which nothing but
    the encoder takes for a body ("pelatih Tan …")."""
    best = cuts[0]
    if len(found) != 1 or found[0].type not in (ORG, GPE) or found[0].rule != "encoder" or region.of_place:
        return False
    name = found[0]
    whole = (name.first, name.last) == (region.first, region.last) == (best.person, best.last)
    counts = text.lexicon.counts(text.lowers[name.first])
    given = counts[0] > max(counts[2:6]) and known.persons.odds(text.lowers[name.first]) > 0
    several = 1 < name.last - name.first <= _LONGEST_PERSON
    plain = all(text.words[i].isalpha() and not text.words[i].isupper() for i in range(name.first, name.last))
    founded = any(cut.rank > cut.body and not cut.unfounded and cut.score > best.score - _SURE for cut in cuts)
    return whole and given and several and plain and not founded


def _is_body(text: NameText, cut: Cut, found: list[NameSpan], known: OfficeKnowledge) -> bool:
    """Whether a body with no person behind it is sure enough: by its own words, and where nothing was found before, by
    the encoder or a list."""
    size = known.heads.at(text.lowers, cut.body, cut.rank)
    own = size or text.words[cut.body].isupper() or text.lowers[cut.rank - 1] in known.closers
    if not own and (
        cut.unfounded or text.known.listed(text.words[cut.body : cut.rank], text.lowers[cut.body : cut.rank]) is None
    ):
        return False
    if found or text.known.listed(text.words[cut.body : cut.rank], text.lowers[cut.body : cut.rank]) is not None:
        return True
    if text.chances is None:
        return False
    return sum(map(sum, text.chances[cut.body : cut.rank])) > _LEAST_CHANCE * (cut.rank - cut.body)


def _is_headed(text: NameText, name: NameSpan, known: OfficeKnowledge) -> bool:
    """Whether a generic word or a list makes the type of ``name`` sure."""
    words, lowers = text.words[name.first : name.last], text.lowers[name.first : name.last]
    return bool(known.heads.at(lowers, 0, len(lowers))) or text.known.listed(words, lowers) is not None


def name_apposed(text: NameText, sentence: Sentence, region: Region, known: OfficeKnowledge) -> None:
    """Who holds the office may stand between commas behind its body ("Kepala Desa …, Ngadimin, …")."""
    lowers = text.lowers
    _name_place(text, sentence, region, known)
    if region.last + 2 >= sentence.last or text.words[region.last] != "," or text.at(region.last - 1) is None:
        return
    first = region.last + 1 + known.rank(lowers, region.last + 1, sentence.last)
    last = first
    while last < sentence.last and text.upper[last] and text.words[last].isalpha():
        last += 1
    if not first < last <= first + _LONGEST_PERSON or last == sentence.last or text.words[last] not in _APPOSED_ENDS:
        return
    listed = any(text.known.listed(text.words[first:i], lowers[first:i]) for i in range(first + 1, last + 1))
    other = known.title(lowers, first) or known.generic.at(lowers, first, last) or known.heads.at(lowers, first, last)
    owner = text.at(first)
    if listed or other or any(lowers[i] in known.days or text.words[i].isupper() for i in range(first, last)):
        return
    if owner is not None and (owner.type not in (GPE, ORG) or (owner.first, owner.last) != (first, last)):
        return
    if sum(known.persons.odds(lowers[i]) for i in range(first, last)) > 0:
        text.put(first, last, PERSON, _SCORE, "office-holder")


def _name_place(text: NameText, sentence: Sentence, region: Region, known: OfficeKnowledge) -> None:
    """A word that no name covers between an office over a place and the comma before who holds it is that place
    ("Lurah Tubo, Jainudin …, ")."""
    if region.last - region.first != 1 or not region.of_place or region.last + 2 >= sentence.last:
        return
    holder, word = text.at(region.last + 1), text.words[region.first]
    named = text.words[region.last] == "," and holder is not None and holder.type == PERSON
    plain = word.isalpha() and not word.isupper() and known.persons.odds(word.lower()) < 0
    if named and plain and text.at(region.first) is None and not text.common(region.first):
        text.put(region.first, region.last, GPE, _SCORE, "office-place")


def _spread(text: NameText) -> None:
    """What is the body of an office in one place is no person or place in another."""
    bodies = {text.key(name) for name in text.names() if name.rule == "office-body" and name.type == ORG}
    for name in text.names():
        key = text.key(name)
        unsure = name.type in (PERSON, GPE) and name.rule != "office-holder" and key in bodies
        if unsure and text.known.listed(text.words[name.first : name.last], key) is None:
            text.swap(name, replace(name, type=ORG, rule="office-body"))


def names_of(text: NameText, region: Region, cut: Cut, found: list[NameSpan], known: OfficeKnowledge) -> list[NameSpan]:
    """The names that a cut makes, by position."""
    names: list[NameSpan] = []
    cut = replace(cut, body=_past_field(text, region, cut, known))
    if cut.rank > cut.body:
        kind = _body_type(text, region, cut, found, known)
        body = NameSpan(cut.body, cut.rank, kind, _SCORE, "office-body")
        names += _parts(text, body, known)
    if cut.last > cut.person:
        names += _parts(text, NameSpan(cut.person, cut.last, PERSON, _SCORE, "office-holder"), known)
    return names


def _past_field(text: NameText, region: Region, cut: Cut, known: OfficeKnowledge) -> int:
    """Where the body begins behind the field of an office that is held over one: at a generic word or a known name;
    where the body ends if nothing but the field is told."""
    if not known.fields.ends(text.lowers, region.first) or cut.person == cut.last:
        return cut.body
    for index in range(cut.body, cut.rank):
        listed = text.known.listed(text.words[index : cut.rank], text.lowers[index : cut.rank])
        if known.heads.at(text.lowers, index, cut.rank) or listed == GPE or (listed == ORG and index > cut.body):
            return index
        if listed == ORG and len(text.words[index]) > 1 and not text.words[index].isupper():
            return index
    return cut.rank


def _parts(text: NameText, body: NameSpan, known: OfficeKnowledge) -> list[NameSpan]:
    """A body, the short form in brackets that closes its name, and what a group or a second body in it is called."""
    words = text.words[body.first : body.last]
    if words[-1] == ")" and "(" in words[1:]:
        middle = body.first + len(words) - 1 - words[::-1].index("(")
        return [replace(body, last=middle), replace(body, first=middle + 1, last=body.last - 1, rule="short-form")]
    for index in range(body.first + 1, body.last):
        group = text.lowers[index] in known.groups and index + 1 < body.last
        listed = text.lowers[body.first - 1] in known.groups and (
            text.known.listed(text.words[body.first : index], text.lowers[body.first : index]) == ORG
        )
        if group or (listed and known.heads.at(text.lowers, index, body.last)):
            return [replace(body, last=index), replace(body, first=index + group, type=ORG)]
    return [body]


def _body_type(text: NameText, region: Region, cut: Cut, found: list[NameSpan], known: OfficeKnowledge) -> str:
    first, last = cut.body, cut.rank
    listed = text.known.listed(text.words[first:last], text.lowers[first:last])
    if listed in (ORG, GPE, LOC, FAC):
        return listed
    size = known.heads.at(text.lowers, first, last)
    if size:
        return known.heads.types[tuple(text.lowers[first : first + size])]
    head = text.known.head(text.lowers[first:last])
    if head in (GPE, LOC, FAC):
        return head
    same = [name.type for name in found if (name.first, name.last) == (first, last)]
    if same and same[0] != PERSON:
        return same[0]
    return GPE if region.of_place and not text.words[first].isupper() else ORG
