"""Articles for requests of tests."""

from __future__ import annotations

from typing import Any

TEXT = 'Warga Genuk mengungsi. "Ada 12 rumah rusak," kata Lurah Sri Wahyuni.\nBaca juga: Cuaca hari ini'


def article(name: str = "a", **members: Any) -> dict[str, Any]:
    return {"id": name, "text": TEXT, **members}


def articles(*names: str) -> dict[str, Any]:
    return {"articles": [article(name) for name in names or ("a", "b")]}
