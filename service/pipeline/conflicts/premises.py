"""One event in premises of two kinds: at home or in hospital, in a car or in a hotel.

Names of places are compared by ``places``; here it is the common nouns.
"""

from __future__ import annotations

from service.pipeline.alignment.premises import Knowledge, setting_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts import whereabouts
from service.pipeline.conflicts.findings import Finding


def compare(workspace: Workspace, known: Knowledge) -> list[Finding]:
    """Events that are set in premises of kinds that exclude each other."""
    lexicon = workspace.background.lexicon
    return whereabouts.compare(
        workspace,
        lambda event: setting_of(event, lexicon, known),
        lambda one, other: known.exclude(one.answer, other.answer),
        "place-premises",
    )
