"""What all messages have in common."""

from __future__ import annotations

from marshmallow import INCLUDE, RAISE, Schema

UNKNOWN_FIELD = "This field is not known here."
MESSAGES = {"unknown": UNKNOWN_FIELD, "type": "This must be an object."}


class Request(Schema):
    """A message that clients send: unknown fields are refused by name."""

    class Meta:
        """How marshmallow reads the message."""

        unknown = RAISE

    error_messages = MESSAGES


class Answer(Schema):
    """A message that the service sends. Fields may be added within a version."""

    class Meta:
        """How marshmallow reads the message."""

        unknown = INCLUDE
