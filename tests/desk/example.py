"""The example that the desk page brings: the folder of the command line's example, as a request.

``python -m tests.desk.example`` writes it anew when the folder has changed.
"""

from __future__ import annotations

import json
from pathlib import Path

from service.api import desk
from service.commands.articles import read_articles

FOLDER = Path(__file__).parents[2] / "examples" / "kapal-selat-bali"
FILE = desk.FOLDER / "example.json"


def encode() -> str:
    request = json.loads(read_articles([FOLDER]).body)
    return json.dumps(request, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(encode(), encoding="utf-8")
