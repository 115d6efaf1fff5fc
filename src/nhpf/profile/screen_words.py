"""What the screen asks of the local check, and what it must not be taken for."""

from __future__ import annotations

OURS = (
    "Which areas of focus a sub-type leads to is this project’s reading of what the sub-types "
    "are; the local check decides."
)
CHECKS = (
    "Is it one incident with several victims? The table says how many victims died in such "
    "incidents.",
    "Did recording change: a new crime system, a reclassification after court, a late record?",
    "Do the same place, the same kind of evening or the same service stand behind several deaths?",
    "Do near misses and hospital attendances of the same kind say the same?",
    "What do the reviews after these deaths already recommend, and what became of it?",
    "What is being done about it now, where, and by whom?",
)
NOBODY = (
    "This says which kind of homicide to look into. It says nothing of who may be next, and no "
    "person, family or address may be inferred from it."
)
