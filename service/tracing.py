"""The trace that a request belongs to: W3C Trace Context, level 1, taken from the client and handed back.

The service opens one span a request and calls nobody, so there is nobody to hand the trace on to; ``tracestate`` is
therefore not read.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

HEADER = "traceparent"
_FORM = re.compile(
    r"(?P<version>[0-9a-f]{2})-(?P<trace>[0-9a-f]{32})-(?P<parent>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})(?P<rest>-.*)?"
)
_SAMPLED = 0x01


@dataclass(frozen=True, slots=True)
class Span:
    """The span of one request: ``parent_id`` is that of the client's span, where it sent one."""

    trace_id: str
    span_id: str
    parent_id: str | None
    sampled: bool

    @property
    def header(self) -> str:
        """The span as a value of the ``traceparent`` header."""
        return f"00-{self.trace_id}-{self.span_id}-{int(self.sampled):02x}"


def open_span(given: str) -> Span:
    """A span in the trace that the header ``given`` names, or in a new one where it does not have the header's form."""
    span_id = secrets.token_hex(8)
    found = _FORM.fullmatch(given.strip()) if len(given) < 200 else None
    if found is None or not _is_valid(found):
        return Span(secrets.token_hex(16), span_id, None, False)
    return Span(found["trace"], span_id, found["parent"], bool(int(found["flags"], 16) & _SAMPLED))


def _is_valid(found: re.Match[str]) -> bool:
    # later versions may add parts; the first has none
    known = found["version"] != "ff" and not (found["version"] == "00" and found["rest"])
    return known and found["trace"].strip("0") != "" and found["parent"].strip("0") != ""
