"""From annotations to the messages of the contract: pure functions, the same bytes for the same annotations.

Members that are absent in the annotations are left out, unless the contract says that they are null.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from service.pipeline.annotations import (
    Agreement,
    Analysis,
    Argument,
    Attribution,
    Claim,
    Conflict,
    CrossCheck,
    Document,
    Entity,
    Evidence,
    NearMiss,
    Position,
    Predicate,
    Span,
    Speaker,
    Value,
)
from service.provenance import Provenance

Message = dict[str, Any]
Texts = dict[str, str]
_PROBLEM_TITLES = {
    "unsupported_language": "The article is not in a language that is analysed here",
    "no_content": "Nothing is left of the article beside boilerplate",
}


def describe_provenance(provenance: Provenance, digest: str) -> Message:
    """What made the answer, and from what input."""
    return {
        "service": provenance.service,
        "rules": provenance.rules,
        "models": dict(provenance.models),
        "input_digest": digest,
    }


def describe_entities(analysis: Analysis, derived: frozenset[str]) -> Message:
    """The document of an article down to its entities; it has the text of those whose ids are ``derived``."""
    document = analysis.document
    article = document.article
    message: Message = {
        "id": article.id,
        **({"text": article.text} if article.id in derived else {}),
        "language": document.language,
        "language_score": _score(document.language_score),
        "analyzed": [_stretch(span) for span in find_analyzed(document)],
        "boilerplate": [_stretch(span) for span in document.boilerplate],
    }
    if document.problem:
        message["problem"] = _problem(document.problem)
    message["entities"] = [_entity(entity, document.text) for entity in analysis.entities]
    return message


def describe_claims(analysis: Analysis, derived: frozenset[str]) -> Message:
    """The document of an article down to its claims; it has the text of those whose ids are ``derived``."""
    text = analysis.document.text
    return {
        **describe_entities(analysis, derived),
        "values": [_value(value, text) for value in analysis.values],
        "claims": [_claim(claim, text) for claim in analysis.claims],
    }


def describe_cross_check(check: CrossCheck, analyses: Sequence[Analysis], include: frozenset[str]) -> Message:
    """The conflicts and agreements, and those of the optional parts that ``include`` names."""
    texts = {analysis.document.article.id: analysis.document.text for analysis in analyses}
    message: Message = {
        "conflicts": [_conflict(conflict, texts) for conflict in check.conflicts],
        "agreements": [_agreement(agreement, texts) for agreement in check.agreements],
    }
    if "near_misses" in include:
        message["near_misses"] = [_near_miss(miss, texts) for miss in check.near_misses]
    return message


def describe_texts(analyses: Sequence[Analysis], derived: frozenset[str]) -> list[Message]:
    """The texts of the articles whose ids are ``derived``."""
    articles = (analysis.document.article for analysis in analyses)
    return [{"article_id": article.id, "text": article.text} for article in articles if article.id in derived]


def describe_problems(analyses: Sequence[Analysis]) -> list[Message]:
    """The articles that could not be analysed, and why."""
    documents = (analysis.document for analysis in analyses)
    return [
        {"article_id": document.article.id, **_problem(document.problem)} for document in documents if document.problem
    ]


def find_analyzed(document: Document) -> list[Span]:
    """The ranges that were analysed: the sentences, joined where only white space parts them."""
    ranges: list[Span] = []
    for sentence in document.sentences:
        if ranges and not document.text[ranges[-1].end : sentence.start].strip():
            ranges[-1] = Span(ranges[-1].start, sentence.end)
        else:
            ranges.append(Span(sentence.start, sentence.end))
    return ranges


def _problem(code: str) -> Message:
    return {"code": code, "title": _PROBLEM_TITLES.get(code, code)}


def _stretch(span: Span) -> Message:
    return {"start": span.start, "end": span.end}


def _span(span: Span, text: str) -> Message:
    return {"start": span.start, "end": span.end, "text": text[span.start : span.end]}


def _score(score: float) -> float:
    return round(float(score), 4)


def _entity(entity: Entity, text: str) -> Message:
    message: Message = {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "mentions": [_span(mention, text) for mention in entity.mentions],
    }
    if entity.references:
        message["references"] = [_span(reference, text) for reference in entity.references]
    if entity.identifiers:
        message["identifiers"] = dict(sorted(entity.identifiers.items()))
    return {**message, "score": _score(entity.score), "rule": entity.rule}


def _value(value: Value, text: str) -> Message:
    message: Message = {"id": value.id, "kind": value.kind, "span": _span(value.span, text)}
    message |= _present(low=value.low, high=value.high, unit=value.unit)
    message["approximate"] = value.approximate
    message |= _present(**{"from": value.from_, "to": value.to, "grain": value.grain})
    if value.base is not None:
        message["base"] = {"unit": value.base, **_present(low=value.base_low, high=value.base_high)}
    return {**message, "rule": value.rule}


def _claim(claim: Claim, text: str) -> Message:
    message: Message = {"id": claim.id, "span": _span(claim.span, text), "form": claim.form}
    if claim.attribution is not None:
        message["attribution"] = _attribution(claim.attribution, text)
    message |= {
        "entities": list(claim.entities),
        "values": list(claim.values),
        "polarity": claim.polarity,
        "certainty": claim.certainty,
    }
    if claim.predicate is not None:
        message["predicate"] = _predicate(claim.predicate, text)
    if claim.arguments:
        message["arguments"] = [_argument(argument, text) for argument in claim.arguments]
    message["check_worthiness"] = _score(claim.check_worthiness)
    message |= _present(resolved_text=claim.text)
    return {**message, "score": _score(claim.score), "rule": claim.rule}


def _predicate(predicate: Predicate, text: str) -> Message:
    return {
        "span": _span(predicate.span, text),
        "root": predicate.root,
        **_present(voice=predicate.voice),
    }


def _argument(argument: Argument, text: str) -> Message:
    message: Message = {"role": argument.role, "span": _span(argument.span, text)}
    return message | _present(entity_id=argument.entity_id, value_id=argument.value_id)


def _attribution(attribution: Attribution, text: str) -> Message:
    return {
        "speaker": None if attribution.speaker is None else _speaker(attribution.speaker, text),
        "cue": None if attribution.cue is None else _span(attribution.cue, text),
        "via": [_speaker(source, text) for source in attribution.via],
        "anonymous": attribution.anonymous,
    }


def _speaker(speaker: Speaker, text: str) -> Message:
    message = _present(name=speaker.name)
    if speaker.span is not None:
        message["span"] = _span(speaker.span, text)
    return message | _present(entity_id=speaker.entity_id, role=speaker.role, affiliation=speaker.affiliation)


def _evidence(evidence: Evidence, texts: Texts) -> Message:
    text = texts[evidence.article_id]
    message: Message = {"article_id": evidence.article_id, **_present(claim_id=evidence.claim_id)}
    message["span"] = _span(evidence.span, text)
    if evidence.speaker is not None:
        message["speaker"] = _speaker(evidence.speaker, text)
    return message | _present(as_of=evidence.as_of)


def _position(position: Position, texts: Texts) -> Message:
    return {
        "value": position.value,
        "sources": list(position.sources),
        "evidence": [_evidence(evidence, texts) for evidence in position.evidence],
    }


def _conflict(conflict: Conflict, texts: Texts) -> Message:
    return {
        "id": conflict.id,
        "type": conflict.type,
        "status": conflict.status,
        "topic": conflict.topic,
        "positions": [_position(position, texts) for position in conflict.positions],
        "severity": conflict.severity,
        "score": _score(conflict.score),
        "rule": conflict.rule,
        "explanation": conflict.explanation,
        "question": conflict.question,
        "reasons": list(conflict.reasons),
    }


def _agreement(agreement: Agreement, texts: Texts) -> Message:
    return {
        "id": agreement.id,
        "topic": agreement.topic,
        "value": agreement.value,
        "evidence": [_evidence(evidence, texts) for evidence in agreement.evidence],
        "sources": list(agreement.sources),
        "independent_sources": agreement.independent_sources,
        "origins": list(agreement.origins),
        "reasons": list(agreement.reasons),
    }


def _near_miss(miss: NearMiss, texts: Texts) -> Message:
    return {
        "topic": miss.topic,
        "evidence": [_evidence(evidence, texts) for evidence in miss.evidence],
        "rule": miss.rule,
        "explanation": miss.explanation,
    }


def _present(**members: object) -> Message:
    return {name: member for name, member in members.items() if member is not None}
