"""Text to words and stems, the same for what is indexed and for what is asked."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from snowballstemmer import stemmer

# "A&E" is one word here; a hyphen and an apostrophe part or join as readers expect.
_WORD = re.compile(r"[a-z0-9]+(?:&[a-z0-9]+)*")
_APOSTROPHES = re.compile(r"['’]")
_STOP_WORDS = frozenset(
    word
    for line in (
        ("a", "an", "and", "are", "as", "at", "be", "by", "does", "do", "for", "from", "had"),
        ("has", "have", "how", "in", "into", "is", "it", "its", "of", "on", "or", "our", "that"),
        ("the", "their", "them", "they", "this", "to", "was", "we", "were", "what", "when"),
        ("where", "which", "who", "why", "will", "with"),
    )
    for word in line
)


def words(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a text without accents; stop words stay."""
    folded = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return tuple(_WORD.findall(_APOSTROPHES.sub("", plain.lower())))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of one lower-case word (Snowball, English)."""
    # A stemmer holds the word it works on, so each call has its own: threads share nothing.
    return str(stemmer("english").stemWord(word))


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, in order."""
    return tuple(stem(word) for word in words(text) if word not in _STOP_WORDS)
