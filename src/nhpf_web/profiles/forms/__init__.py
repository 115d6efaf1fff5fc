"""Forms: what to see, whom a document is given to, what was found about a signal, e-mail."""

from nhpf_web.profiles.forms.choosing import (
    ChooseCovariates,
    ChooseSubtype,
    Explore,
    MapByYear,
)
from nhpf_web.profiles.forms.documents import GiveDocument
from nhpf_web.profiles.forms.signals import ChooseDigest, SayFound

__all__ = [
    "ChooseCovariates",
    "ChooseDigest",
    "ChooseSubtype",
    "Explore",
    "GiveDocument",
    "MapByYear",
    "SayFound",
]
