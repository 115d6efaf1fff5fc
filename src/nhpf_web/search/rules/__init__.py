"""How the search reads, ranks and corrects: pure, so that every database finds the same."""

from nhpf_web.search.rules.analysis import Analyser
from nhpf_web.search.rules.asking import Asked, ask
from nhpf_web.search.rules.documents import OVERDUE, OVERDUE_PRIOR, Document
from nhpf_web.search.rules.excerpts import Piece, excerpt
from nhpf_web.search.rules.ranking import KIND, Found, Hit, Index
from nhpf_web.search.rules.reasons import Reason, reasons
from nhpf_web.search.rules.spelling import Speller, Suggestion
from nhpf_web.search.rules.synonyms import SynonymGroup, Synonyms, read_synonyms

__all__ = [
    "KIND",
    "OVERDUE",
    "OVERDUE_PRIOR",
    "Analyser",
    "Asked",
    "Document",
    "Found",
    "Hit",
    "Index",
    "Piece",
    "Reason",
    "Speller",
    "Suggestion",
    "SynonymGroup",
    "Synonyms",
    "ask",
    "excerpt",
    "read_synonyms",
    "reasons",
]
