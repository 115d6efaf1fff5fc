"""What each kind of document needs of a release."""

from __future__ import annotations

from collections.abc import Mapping

NEEDS: Mapping[str, str] = {
    "profile": "Open data, which every release holds. More sections fill with a force’s own rows.",
    "screen": "Homicide cases of this area and of at least nine others, case by case.",
    "deaths": "Homicide cases; deaths and attendances that health and councils hold add to it.",
    "needs": "Open data; health, housing and schools data that partners hold add to it.",
}
