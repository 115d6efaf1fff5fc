"""A card for each method: what it answers, what it needs, where it fails, what shows it right.

The cards are files beside this one. Records of algorithmic transparency are made from them.
"""

from nhpf.methods.cards.reading import Check, MethodCard, load_cards
from nhpf.methods.cards.validation import validation_book

__all__ = ["Check", "MethodCard", "load_cards", "validation_book"]
