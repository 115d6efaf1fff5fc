"""Forms: whom a restricted document is given to, what was found about a signal, e-mail."""

from nhpf_web.profiles.forms.documents import GiveDocument
from nhpf_web.profiles.forms.signals import ChooseDigest, SayFound

__all__ = ["ChooseDigest", "GiveDocument", "SayFound"]
