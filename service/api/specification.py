"""The contract as OpenAPI 3.1, made from the operations and the schemas: GET /openapi.yaml and /openapi.json."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import yaml
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls

import service
from schemas.articles_request import AnyArticle
from schemas.fields import InterchangeTime
from schemas.linked_data import LinkedData
from schemas.ninjs_item import NinjsItem
from schemas.problem import Problem
from service.api import access, examples, linked_data, problems, state
from service.api.negotiation import LANGUAGES
from service.api.resources import Operation, Resource, unfold
from service.settings import Settings

DESCRIPTION = """\
Reads Indonesian news articles and says who and what they name, what they claim and by whom, and where outlets
contradict each other. It is stateless: nothing of a request outlives its answer. It never says who is right.

Offsets are zero-based, end-exclusive, and count the Unicode code points of the text as received. Articles may also be
IPTC ninjs items, told by their `uri`; the answer then brings the text that was made of them, which the offsets count.

Answers are JSON, or JSON-LD (schema.org, W3C Web Annotation) where the Accept header prefers `application/ld+json`.

Requests are strict: nothing is coerced, unknown fields are refused, every fault is named by a JSON pointer. In
answers, a member that is null is the same as one that is absent, and members and enumerated values may be added
at any time. The same request gets the same bytes, as long as the provenance in the answer stays the same.

Every error is `application/problem+json` (RFC 9457): beside those that each operation lists, 404 on other paths and
405, with `Allow`, for other methods."""
_TAGS = {
    "entities": "Who and what is named.",
    "claims": "What is claimed, and by whom.",
    "conflicts": "Where articles contradict each other.",
    "analyses": "Everything at once.",
    "health": "Whether the process runs and can answer.",
    "contract": "The contract itself, for machines and for people.",
}

resource = Resource("contract", __name__)


@resource.operation("/openapi.yaml", media_type="application/yaml", outcome="The contract as YAML.")
def get_specification_as_yaml() -> str:
    """Get the contract as OpenAPI 3.1 in YAML.

    It states the limits that this service was started with.
    """
    return state.current().specification.as_yaml


@resource.operation("/openapi.json", outcome="The contract as JSON.")
def get_specification_as_json() -> bytes:
    """Get the contract as OpenAPI 3.1 in JSON.

    It states the limits that this service was started with.
    """
    return state.current().specification.as_json


class Specification:
    """The contract under ``settings``: as a document, as JSON and as YAML, each made once."""

    def __init__(self, resources: Sequence[Resource], settings: Settings) -> None:
        self.document = _build(resources, settings)

    @functools.cached_property
    def as_json(self) -> bytes:
        """The document as JSON."""
        return msgspec.json.encode(self.document)

    @functools.cached_property
    def as_yaml(self) -> str:
        """The document as YAML, in the order in which it was built."""
        return yaml.dump(self.document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


class _Dumper(yaml.SafeDumper):
    """Writes strings of several lines as blocks, and repeats what stands twice instead of naming it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_string)


def _build(resources: Sequence[Resource], settings: Settings) -> dict[str, Any]:
    marshmallow = MarshmallowPlugin(schema_name_resolver=lambda schema: resolve_schema_cls(schema).__name__)  # type: ignore[union-attr]
    spec = APISpec(
        "Kroscek",
        service.__version__,
        "3.1.0",
        plugins=[marshmallow],
        info={
            "summary": "Cross-checks news sources in Indonesian.",
            "description": DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        servers=[{"url": "/", "description": "The service that serves this document."}],
    )
    converter = marshmallow.converter
    assert converter is not None  # it is there once the plugin belongs to a specification

    # an offset without its colon is not what the format date-time allows; the pattern says it all
    converter.map_to_openapi_type(InterchangeTime, "string", None)  # type: ignore[no-untyped-call]
    resolve: Callable[..., dict[str, Any]] = converter.resolve_nested_schema

    def tell_forms(_: object, field: object, **kwargs: Any) -> dict[str, Any]:
        forms = field.FORMS if isinstance(field, AnyArticle) else ()
        return {"anyOf": [resolve(form) for form in forms]} if forms else {}

    converter.add_attribute_function(tell_forms)  # type: ignore[no-untyped-call]
    for resource in resources:
        spec.tag({"name": resource.name, "description": _TAGS[resource.name]})
    spec.components.header("RequestId", {
        "description": "Names the request in the logs: the one that the client sent, or a new one.",
        "schema": {"type": "string", "maxLength": 128},
        "required": True,
    })  # fmt: skip
    spec.components.header("TraceParent", {
        "description": "The span of the request, in the client's trace if it sent one (W3C Trace Context).",
        "schema": {"type": "string", "pattern": "^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$"},
        "required": True,
    })  # fmt: skip
    draft = "Only where requests are limited (draft-ietf-httpapi-ratelimit-headers-10)."
    spec.components.header("RateLimitPolicy", {
        "description": f"How many requests a client may make (q) in a window of seconds (w). {draft}",
        "schema": {"type": "string", "examples": ['"requests";q=600;w=60']},
    })  # fmt: skip
    spec.components.header("RateLimit", {
        "description": f"How many are left (r), and the seconds until there are more (t). {draft}",
        "schema": {"type": "string", "examples": ['"requests";r=599;t=60']},
    })  # fmt: skip
    spec.components.security_scheme("apiKey", {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key, made by the operator with `kroscek key`; a service may be set to need none.",
    })  # fmt: skip
    listed = {status for resource in resources for operation in resource.operations for status in operation.problems}
    for status in sorted(listed):
        kind = problems.KINDS[status]
        spec.components.response(_component_name(kind), _problem_response(kind))
    for resource in resources:
        for operation in resource.operations:
            spec.path(operation.path, operations={operation.method.lower(): _describe(operation, settings)})
    document: dict[str, Any] = spec.to_dict()
    schemas = document["components"]["schemas"]
    for (schema, *_), name in converter.refs.items():
        # the docstring of the class, not that of marshmallow's own
        schemas[name] = {"description": unfold(schema.__doc__), **schemas[name]}
    schemas[NinjsItem.__name__] |= NinjsItem.CONSTRAINTS
    _state_limits(schemas, settings)
    first = ("openapi", "info", "servers", "tags")
    ordered: dict[str, Any] = _plain({name: document[name] for name in (*first, *document)})
    return ordered


def _state_limits(schemas: dict[str, Any], settings: Settings) -> None:
    schemas["Article"]["properties"]["text"]["maxLength"] = settings.max_article_characters
    for name, schema in schemas.items():
        if name.endswith("Request"):
            schema["properties"]["articles"]["maxItems"] = settings.max_articles


def _describe(operation: Operation, settings: Settings) -> dict[str, Any]:
    first, *others = operation.name.split("_")
    described: dict[str, Any] = {
        "operationId": first + "".join(word.capitalize() for word in others),
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": operation.description,
    }
    if operation.localized:
        described["parameters"] = [_ACCEPT_LANGUAGE]
    if operation.request:
        described["security"] = [{"apiKey": []}, *([{}] if access.is_optional(settings) else [])]
        described["requestBody"] = {
            "required": True,
            "content": {
                "application/json": {"schema": operation.request, "examples": examples.requests(operation.name)}
            },
        }
    described["responses"] = {
        "200": _success(operation),
        **{str(status): _component_name(problems.KINDS[status]) for status in operation.problems},
    }
    return described


_ACCEPT_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "Language of topics, explanations and questions.",
    "schema": {"type": "string", "default": LANGUAGES[0]},
    "examples": {"english": {"summary": "English", "value": "en"}},
}


def _success(operation: Operation) -> dict[str, Any]:
    media: dict[str, Any] = {"schema": operation.answer or {"type": "object"}}
    if found := examples.answers(operation.name):
        media["examples"] = found
    headers: dict[str, Any] = dict(_HEADERS_OF_ALL) | (_RATE_LIMIT if operation.request else {})
    if operation.localized:
        headers["Content-Language"] = {
            "description": "Language of topics, explanations and questions.",
            "schema": {"type": "string"},
        }
    content = {operation.media_type: media}
    if linked_data.MEDIA_TYPE in operation.media_types:
        content[linked_data.MEDIA_TYPE] = {"schema": LinkedData}
        if linked := examples.linked(operation.name):
            content[linked_data.MEDIA_TYPE]["examples"] = linked
    return {"description": operation.outcome, "headers": headers, "content": content}


_HEADERS_OF_ALL = {"X-Request-Id": "RequestId", "traceparent": "TraceParent"}
_RETRY_AFTER = {"description": "Seconds after which to try again.", "schema": {"type": "integer"}}
_RATE_LIMIT = {"RateLimit-Policy": "RateLimitPolicy", "RateLimit": "RateLimit"}
_HEADERS_OF_PROBLEMS: dict[int, dict[str, Any]] = {
    401: {
        "WWW-Authenticate": {
            "description": "How to authenticate (RFC 6750).",
            "schema": {"type": "string"},
            "required": True,
        }
    },
    429: {"Retry-After": {**_RETRY_AFTER, "required": True}, **_RATE_LIMIT},
    503: {"Retry-After": _RETRY_AFTER},
}


def _problem_response(kind: problems.Kind) -> dict[str, Any]:
    headers: dict[str, Any] = dict(_HEADERS_OF_ALL) | _HEADERS_OF_PROBLEMS.get(kind.status, {})
    return {
        "description": kind.description,
        "headers": headers,
        "content": {problems.MEDIA_TYPE: {"schema": Problem, "examples": examples.problem(kind)}},
    }


def _component_name(kind: problems.Kind) -> str:
    return "".join(word.capitalize() for word in kind.slug.split("-"))


def _plain(value: Any) -> Any:
    """``value`` with dictionaries and lists in place of their subclasses."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
