"""The messages of the HTTP contract: one a file, their shape only.

Requests are strict: nothing is coerced and unknown fields are refused. Answers are open: fields and enumerated
values may be added within a version, so a client must pass over what it does not know.
"""
