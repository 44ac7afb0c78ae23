"""JSON as RFC 8259 defines it and RFC 7493 (I-JSON) narrows it, with every fault at once.

Python's own decoder takes names that stand twice in an object, NaN and Infinity. Lone surrogates and NUL in strings
are left to the schemas, which know the field.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from service.api.problems import MOST_FAULTS, Fault, RefusedError, point

MOST_MEMBERS = 1000


@dataclass(frozen=True, slots=True)
class _NotANumber:
    literal: str


class _Repeating(dict[str, object]):
    """An object in which the names of ``repeated`` stand more than once."""

    repeated: tuple[str, ...] = ()


class _Reader:
    """What the decoder calls for objects and for numbers that are none; ``faulty`` once it has met a fault.

    Faults are marked in the decoded value, where they are found with their pointers. Since a body may hold millions,
    no more are marked than are kept.
    """

    def __init__(self) -> None:
        self.faulty = 0

    def read_object(self, members: list[tuple[str, object]]) -> dict[str, object]:
        if len(members) > MOST_MEMBERS:
            raise _refused(f"An object may have at most {MOST_MEMBERS} members; there is one with {len(members)}.")
        value = dict(members)
        if len(value) == len(members) or self.faulty > MOST_FAULTS:
            return value
        self.faulty += 1
        repeating = _Repeating(value)
        counts = Counter(name for name, _ in members)
        repeating.repeated = tuple(name for name, count in counts.items() if count > 1)
        return repeating

    def read_literal(self, literal: str) -> object:
        if self.faulty > MOST_FAULTS:
            return None
        self.faulty += 1
        return _NotANumber(literal)

    def read_float(self, digits: str) -> object:
        number = float(digits)
        return number if math.isfinite(number) else self.read_literal(digits)


def decode(body: bytes) -> object:
    """The value that ``body`` holds; raises RefusedError with a pointer for every fault.

    Numbers out of the range of a double count as faults, not as infinite.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(f"The body is not UTF-8: byte {error.start} cannot be decoded.") from None
    if text.startswith("\ufeff"):
        raise _refused("The body opens with a byte order mark, which JSON does not have.")
    reader = _Reader()
    try:
        value = json.loads(
            text,
            object_pairs_hook=reader.read_object,
            parse_constant=reader.read_literal,
            parse_float=reader.read_float,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _refused(f"The body is not JSON: {error.msg} at {place}.") from None
    except RecursionError:
        raise _refused("The body is nested too deeply.") from None
    except ValueError:  # an integer of thousands of digits
        raise _refused("The body holds a number that is too long.") from None
    if reader.faulty:
        raise RefusedError(400, "The body is not strict JSON.", _find_faults(value))
    return value


def _refused(detail: str) -> RefusedError:
    return RefusedError(400, detail, [Fault(detail, pointer="")])


def _find_faults(root: object) -> Iterator[Fault]:
    # an explicit stack of iterators: memory grows with the depth, never with the size
    steps: list[str | int] = []
    pending: list[Iterator[tuple[str | int, object]]] = [iter([("", root)])]
    while pending:
        entry = next(pending[-1], None)
        if entry is None:
            pending.pop()
            del steps[-1:]
            continue
        step, value = entry
        path = [*steps, step][1:]
        if isinstance(value, _NotANumber):
            yield Fault(f"{value.literal[:20]} is not a number in JSON.", pointer=point(*path))
        elif isinstance(value, dict):
            if isinstance(value, _Repeating):
                for name in value.repeated:
                    yield Fault("This name stands more than once in its object.", pointer=point(*path, name))
            steps.append(step)
            pending.append(iter(value.items()))
        elif isinstance(value, list):
            steps.append(step)
            pending.append(iter(enumerate(value)))
