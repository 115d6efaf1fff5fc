"""Text to words and stems, the same for what is indexed and for what is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from snowballstemmer import stemmer

# "A&E" is one word here; a hyphen and an apostrophe part or join as readers expect.
_WORD = re.compile(r"[a-z0-9]+(?:&[a-z0-9]+)*")
_APOSTROPHES = re.compile(r"['’]")
_WRITTEN = re.compile(r"[\w&'’]+")
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


def fold(text: str) -> str:
    """Return a text in lower case, without accents and apostrophes."""
    if not text.isascii():
        parted = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return _APOSTROPHES.sub("", text).lower()


def words(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a text without accents; stop words stay."""
    return tuple(_WORD.findall(fold(text)))


def replace_words(text: str, replacement: Callable[[str], str]) -> str:
    """Return a folded text with each word replaced and all between the words kept."""
    return _WORD.sub(lambda found: replacement(found.group()), fold(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of one lower-case word (Snowball, English)."""
    # A stemmer holds the word it works on, so each call has its own: threads share nothing.
    return str(stemmer("english").stemWord(word))


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, in order."""
    return tuple(stem(word) for word in words(text) if word not in _STOP_WORDS)


def written_stems(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word that carries meaning as it is written, with its stem."""
    for part in _WRITTEN.findall(text):
        for word in words(part):
            if word not in _STOP_WORDS:
                yield part, stem(word)
