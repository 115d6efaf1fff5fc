"""Rules that every app shares: the navigation, moves between states, the pages of a form."""

from nhpf_web.core.rules.navigation import SECTIONS, TO_COME, Section, Way, Word, navigation
from nhpf_web.core.rules.states import led_to
from nhpf_web.core.rules.steps import FormPage

__all__ = [
    "SECTIONS",
    "TO_COME",
    "FormPage",
    "Section",
    "Way",
    "Word",
    "led_to",
    "navigation",
]
