"""What changed between two OpenAPI 3.1 documents so that clients of the first fail with a service of the second.

Requests may be asked for less and answers may say more, never the other way round: a client sends what it always sent,
and reads what it always read. Members and enumerated values that are added to answers are no breach, as the contract
says. Schemas are compared keyword by keyword, references followed; alternatives (``anyOf``, ``oneOf``) by position,
but where a request had one form, that is held against the alternative that fits it best. Descriptions, examples and
headers are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Schema = Mapping[str, Any]
Direction = Literal["request", "answer"]
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_UPPER = ("maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum")
_LOWER = ("minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum")
_EXACT = ("pattern", "format", "const", "multipleOf", "uniqueItems")


def find_breaches(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """One line a change that breaks clients, in the order of the old document; empty where there is none."""
    return list(_Comparison(old, new).compare())


@dataclass(frozen=True)
class _Comparison:
    old: Mapping[str, Any]
    new: Mapping[str, Any]

    def compare(self) -> Iterator[str]:
        for path, item in self.old["paths"].items():
            if path not in self.new["paths"]:
                yield f"{path}: the path is gone"
                continue
            for method in _METHODS:
                if method not in item:
                    continue
                name, other = f"{method.upper()} {path}", self.new["paths"][path].get(method)
                if other is None:
                    yield f"{name}: the operation is gone"
                else:
                    yield from self._compare_operations(name, item[method], other)

    def _compare_operations(self, name: str, old: Schema, new: Schema) -> Iterator[str]:
        if old.get("operationId") != new.get("operationId"):
            yield f"{name}: operationId was {old.get('operationId')}, which generated clients are named by"
        # an empty requirement: who has no key is answered too
        if {} in old.get("security", [{}]) and {} not in new.get("security", [{}]):
            yield f"{name}: a key is needed now"
        yield from self._compare_parameters(name, old, new)
        asked, asks = self._body(self.old, old), self._body(self.new, new)
        if asks.get("required") and not asked.get("required"):
            yield f"{name}: a body is needed now"
        yield from self._compare_contents(f"{name} request", asked, asks, "request")
        for status, response in old["responses"].items():
            if status not in new["responses"]:
                yield f"{name}: the answer {status} is gone"
                continue
            before = _resolve(self.old, response)
            after = _resolve(self.new, new["responses"][status])
            yield from self._compare_contents(f"{name} {status}", before, after, "answer")

    def _compare_parameters(self, name: str, old: Schema, new: Schema) -> Iterator[str]:
        before = {(item["in"], item["name"]): item for item in self._parameters(self.old, old)}
        after = {(item["in"], item["name"]): item for item in self._parameters(self.new, new)}
        for key, item in after.items():
            if item.get("required") and not before.get(key, {}).get("required"):
                yield f"{name}: the {key[0]} parameter {key[1]} is needed now"
        for key, item in before.items():
            if key not in after:
                yield f"{name}: the {key[0]} parameter {key[1]} is gone"
            else:
                where = f"{name} parameter {key[1]}"
                yield from self._compare_schemas(where, item["schema"], after[key]["schema"], "request", ())

    def _parameters(self, document: Schema, operation: Schema) -> list[Schema]:
        return [_resolve(document, item) for item in operation.get("parameters", ())]

    def _body(self, document: Schema, operation: Schema) -> Schema:
        return _resolve(document, operation.get("requestBody", {}))

    def _compare_contents(self, where: str, old: Schema, new: Schema, direction: Direction) -> Iterator[str]:
        after = new.get("content", {})
        for media_type, content in old.get("content", {}).items():
            if media_type not in after:
                yield f"{where}: {media_type} is gone"
                continue
            yield from self._compare_schemas(
                where, content.get("schema", {}), after[media_type].get("schema", {}), direction, ()
            )

    def _compare_schemas(
        self, where: str, old: Schema, new: Schema, direction: Direction, passed: tuple[tuple[int, int], ...]
    ) -> Iterator[str]:
        before, after = _resolve(self.old, old), _resolve(self.new, new)
        if (id(before), id(after)) in passed:  # a schema that holds itself
            return
        passed = (*passed, (id(before), id(after)))
        choices = after.get("anyOf") or after.get("oneOf")
        if direction == "request" and choices and not (before.get("anyOf") or before.get("oneOf")):
            # what was the only form is one of several now: it is taken where any of them takes it
            tried = [list(self._compare_schemas(where, before, choice, direction, passed)) for choice in choices]
            yield from min(tried, key=len)
            return
        # what one side may send is compared with what the other side understands
        sent, understood = (before, after) if direction == "request" else (after, before)
        yield from _compare_values(where, before, after, sent, understood, direction)
        yield from self._compare_members(where, before, after, direction, passed)
        if isinstance(before.get("items"), Mapping) and isinstance(after.get("items"), Mapping):
            yield from self._compare_schemas(f"{where}/*", before["items"], after["items"], direction, passed)
        for keyword in ("anyOf", "oneOf", "allOf"):
            olds, news = before.get(keyword, ()), after.get(keyword, ())
            fewer = len(news) < len(olds) if direction == "request" else len(news) > len(olds)
            if fewer or (keyword == "allOf" and len(news) != len(olds)):
                yield f"{where}: the alternatives of {keyword} are not those that there were"
            for one, other in zip(olds, news, strict=False):
                yield from self._compare_schemas(where, one, other, direction, passed)

    def _compare_members(
        self, where: str, old: Schema, new: Schema, direction: Direction, passed: tuple[tuple[int, int], ...]
    ) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        needed, needs = set(old.get("required", ())), set(new.get("required", ()))
        for name, schema in before.items():
            if name not in after:
                yield f"{where}/{name}: the member is gone"
            else:
                yield from self._compare_schemas(f"{where}/{name}", schema, after[name], direction, passed)
        if direction == "request":
            yield from (f"{where}/{name}: the member is needed now" for name in sorted(needs - needed))
            if old.get("additionalProperties", True) is not False and new.get("additionalProperties", True) is False:
                yield f"{where}: unknown members are refused now"
        else:
            yield from (
                f"{where}/{name}: the member may be absent now" for name in sorted(needed - needs) if name in after
            )


def _compare_values(
    where: str, old: Schema, new: Schema, sent: Schema, understood: Schema, direction: Direction
) -> Iterator[str]:
    extra = _types(sent) - _types(understood)
    if "number" in _types(understood):
        extra -= {"integer"}
    if extra:
        said = "is refused now" if direction == "request" else "may come now"
        yield f"{where}: {' or '.join(sorted(extra))} {said}"
    # enumerations of answers are open; one that is dropped or taken up anew says that anything else may come
    if direction == "request":
        if "enum" in new and "enum" not in old:
            yield f"{where}: only listed values are taken now"
        gone = [value for value in old.get("enum", ()) if "enum" in new and value not in new["enum"]]
        if gone:
            yield f"{where}: {', '.join(map(str, gone))} is refused now"
    elif "enum" in old and "enum" not in new:
        yield f"{where}: values other than those listed may come now"
    for keyword in _EXACT:
        changed = old.get(keyword) != new.get(keyword)
        # a demand that is dropped harms nobody who sends, one that is added nobody who reads
        harmful = keyword in understood if direction == "request" else keyword in old
        if changed and harmful:
            yield f"{where}: {keyword} was {old.get(keyword)!r} and is {new.get(keyword)!r}"
    for keyword, sign in [(name, 1) for name in _UPPER] + [(name, -1) for name in _LOWER]:
        if keyword not in understood:
            continue
        if keyword not in sent or sign * sent[keyword] > sign * understood[keyword]:
            yield f"{where}: {keyword} was {old.get(keyword)} and is {new.get(keyword)}"


def _types(schema: Schema) -> set[str]:
    kinds = schema.get("type", ("array", "boolean", "integer", "null", "number", "object", "string"))
    return {kinds} if isinstance(kinds, str) else set(kinds)


def _resolve(document: Mapping[str, Any], item: Schema) -> Schema:
    while "$ref" in item:
        found: Any = document
        for step in item["$ref"].removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        item = found
    return item
