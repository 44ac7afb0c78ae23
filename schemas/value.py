"""A number or a time that an article states, made comparable."""

from __future__ import annotations

from marshmallow import Schema, fields

from schemas.message import Answer
from schemas.span import Span


class Base(Answer):
    """The bounds in a unit in which values of one dimension compare."""

    unit = fields.String(required=True, metadata={"description": "The unit.", "examples": ["m"]})
    low = fields.Float(metadata={"description": "Least; absent where open."})
    high = fields.Float(metadata={"description": "Most; absent where open."})


_Value = Schema.from_dict(
    {
        "from": fields.String(metadata={"description": "First day or moment, inclusive, ISO 8601."}),
        "to": fields.String(metadata={"description": "Last day or moment, inclusive, ISO 8601."}),
    }
)


class Value(Answer, _Value):  # type: ignore[misc, valid-type]
    """A number or a time that an article states, made comparable.

    Numbers are closed intervals from `low` to `high`; a bound that the text leaves open is absent. Times run from
    `from` to `to`, both inclusive; both are absent where the text does not say enough.
    """

    id = fields.String(required=True, metadata={"description": "Name of the value in its document."})
    kind = fields.String(
        required=True,
        metadata={
            "description": "quantity, money, percent, measure, duration, date or time. Kinds may be added.",
            "examples": ["quantity"],
        },
    )
    span = fields.Nested(Span, required=True)
    low = fields.Float(metadata={"description": "Least that the text states; absent where it is open."})
    high = fields.Float(metadata={"description": "Most that the text states; absent where it is open."})
    unit = fields.String(metadata={"description": "What is counted, or the unit, as written."})
    approximate = fields.Boolean(required=True, metadata={"description": "Whether the text hedges the number."})
    grain = fields.String(
        metadata={"description": "How fine a time is stated: minute, hour, day, week, month, quarter, year, decade."}
    )
    base = fields.Nested(Base)
    rule = fields.String(required=True, metadata={"description": "The rule that read it."})
