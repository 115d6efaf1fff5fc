"""How the search reads, ranks and corrects: pure, so that every database finds the same."""

from nhpf_web.search.rules.excerpts import Piece, excerpt
from nhpf_web.search.rules.ranking import Document, Hit, Index
from nhpf_web.search.rules.spelling import Suggestion, suggest
from nhpf_web.search.rules.synonyms import SynonymGroup, Synonyms, read_synonyms

__all__ = [
    "Document",
    "Hit",
    "Index",
    "Piece",
    "Suggestion",
    "SynonymGroup",
    "Synonyms",
    "excerpt",
    "read_synonyms",
    "suggest",
]
