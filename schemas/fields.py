"""Fields of requests that take a value as it stands or refuse it: nothing is coerced.

marshmallow's own fields take numbers in strings, naive times and strings that hold NUL or lone surrogates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.exceptions import SCHEMA
from marshmallow.validate import Length, OneOf

# RFC 3339, section 5.6. The years are bounded so that arithmetic on the time can never leave what datetime holds.
TIMESTAMP = (
    r"^(1[89]|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?"
    r"([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)
_DAY = TIMESTAMP[1 : TIMESTAMP.index("[Tt]")]
# every day that there is, and no other, where no format says so
_REAL_DAY = (
    r"((1[89]|2[01])[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    r"|02-(0[1-9]|1[0-9]|2[0-8]))|((1[89]|2[01])(0[48]|[2468][048]|[13579][26])|2000)-02-29)"
)
# the same with an offset that may have no colon, as RFC 822 has it and strftime's %z writes it: no format date-time
INTERCHANGE_TIME = TIMESTAMP.replace(_DAY, _REAL_DAY).replace("):[0-5][0-9])$", "):?[0-5][0-9])$")
_REQUIRED = {"required": "This field is required.", "null": "This field may not be null."}
_TEXT_MESSAGES: dict[str, Any] = {
    **_REQUIRED,
    "invalid": "This must be a string.",
    "nul": "U+0000 is not allowed in a string.",
    "surrogate": "A surrogate without its other half is not a character.",
}
_TIMESTAMP_MESSAGES: dict[str, Any] = {
    **_REQUIRED,
    "invalid": "This must be a string that holds an RFC 3339 time.",
    "form": "This must be an RFC 3339 time with its offset, such as 2025-09-03T19:00:00+07:00, "
    "in the years 1800 to 2199.",
}
_MEMBERS_MESSAGES: dict[str, Any] = {**_REQUIRED, "invalid": "This must be a list."}


class Text(fields.String):
    """A string of ``shortest`` to ``longest`` code points without NUL and lone surrogates.

    ``pattern`` is a regular expression that JSON Schema and Python read alike; ``rule`` says in words what it asks.
    """

    default_error_messages = _TEXT_MESSAGES

    def __init__(
        self,
        *,
        shortest: int = 1,
        longest: int | None = None,
        pattern: str = r"^[^\u0000]*$",
        rule: str = "This does not have the form that is asked for.",
        choices: Sequence[str] = (),
        metadata: Mapping[str, Any] = MappingProxyType({}),
        **options: Any,
    ) -> None:
        self._pattern = re.compile(pattern.removeprefix("^").removesuffix("$"))
        self._rule = rule
        bounds = f"This must be {shortest} to {longest} characters long." if longest else "This may not be empty."
        checks: list[Any] = [Length(min=shortest, max=longest, error=bounds)]
        if choices:
            checks.append(OneOf(choices, error="This must be one of: {choices}."))
        super().__init__(validate=checks, metadata={"pattern": pattern, **metadata}, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if "\0" in value:
            raise self.make_error("nul")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise self.make_error("surrogate") from None
        if value and not self._pattern.fullmatch(value):
            raise ValidationError(self._rule)
        return value


class Timestamp(fields.AwareDateTime):
    """An RFC 3339 time with its offset, in the years 1800 to 2199, as an aware datetime."""

    PATTERN = TIMESTAMP
    default_error_messages = _TIMESTAMP_MESSAGES

    def __init__(self, *, metadata: Mapping[str, Any] = MappingProxyType({}), **options: Any) -> None:
        super().__init__(metadata={"pattern": self.PATTERN, **metadata}, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if not re.fullmatch(self.PATTERN[:-1], value):
            raise self.make_error("form")
        try:
            return datetime.fromisoformat(value.upper())
        except ValueError:  # the thirtieth of February
            raise self.make_error("form") from None


class InterchangeTime(Timestamp):
    """A Timestamp whose offset may also stand without its colon, as in items of Superdesk ("+0000")."""

    PATTERN = INTERCHANGE_TIME


class Members(fields.List[Any]):
    """A list that says which of ``fewest`` and ``most`` it breaks; ``distinct`` lists hold no value twice."""

    default_error_messages = _MEMBERS_MESSAGES

    def __init__(
        self,
        inner: fields.Field[Any],
        *,
        fewest: int = 0,
        most: int | None = None,
        distinct: bool = False,
        metadata: Mapping[str, Any] = MappingProxyType({}),
        **options: Any,
    ) -> None:
        bounds = f"This list must have {fewest} or more members."
        if most is not None:
            bounds = f"This list must have {fewest} to {most} members."
        self._bounds, self._most = bounds, most
        self._checks: list[Any] = [Length(min=fewest, error=bounds), *([_require_distinct] if distinct else [])]
        shape = {"minItems": fewest, "maxItems": most, "uniqueItems": distinct or None}
        shape = {name: bound for name, bound in shape.items() if bound is not None}
        super().__init__(inner, metadata={**shape, **metadata}, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        if self._most is not None and len(value) > self._most:
            raise ValidationError(self._bounds)  # the members are not looked at: there may be millions
        faults: dict[int | str, Any] = {}
        members: list[Any] = []
        try:
            members = super()._deserialize(value, attr, data, **kwargs)
        except ValidationError as error:
            faults.update(error.messages_dict)
        for check in self._checks:  # here, not as validators, which are passed over where a member is at fault
            try:
                check(value)
            except ValidationError as error:
                faults.setdefault(SCHEMA, []).extend(error.messages)
        if faults:
            raise ValidationError(faults)
        return members


def _require_distinct(members: list[Any]) -> None:
    if len({repr(member) for member in members}) < len(members):
        raise ValidationError("A member of this list stands twice.")
