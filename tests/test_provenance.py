from __future__ import annotations

from pathlib import Path

from service import __version__
from service.provenance import describe


def test_models_are_told_apart_by_their_weights_alone(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    weights, card = tmp_path / "names" / "weights.bin", tmp_path / "names" / "README.md"
    weights.write_bytes(b"one")
    card.write_text("A card.")
    first = describe(tmp_path)
    card.write_text("A better card.")
    assert describe(tmp_path) == first
    weights.write_bytes(b"two")
    second = describe(tmp_path)
    assert second.models.keys() == {"names"}
    assert second.models != first.models
    assert second.rules == first.rules


def test_without_models_there_are_none(tmp_path: Path) -> None:
    provenance = describe(tmp_path / "nothing")
    assert provenance.models == {}
    assert provenance.service == __version__


def test_the_shipped_models_are_named() -> None:
    assert set(describe().models) == {
        path.name for path in (Path(__file__).parents[1] / "models").iterdir() if path.is_dir()
    }
