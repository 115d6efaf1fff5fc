"""Tell whether a header or a value points to a person; where one does, nothing of the file is kept.

The rules err towards refusing: a false alarm costs a look at one column, a miss costs a person's
privacy. They find forms (numbers, addresses, titles, given names before another name), not every
name that there is, so free text is taken only where a contract allows it, and stays restricted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from nhpf.records.importing.matching import plain

FOLDER = Path(__file__).parent

HEADERS = {
    "a name": r".*(sur|fore)names?|(full |first |fore|last |sur|middle |maiden |nick|given |family "
    r"|known as )name\w*"
    r"|names?|(victim|suspect|offender|accused|deceased|patient|witness|officer|nominal|person|"
    r"child|perpetrator|complainant|informant|next of kin|contact|street|subject)s? ?names?"
    r"|name of (the )?(victim|suspect|offender|deceased|patient|person|child)|initials|alias(es)?",
    "a date of birth": r"(.* )?(dob|d\.o\.b\.?|date of birth|birth ?date|born( on)?|birthday)",
    "a telephone number": r"(.* )?(tele)?phone( ?(no|num|number))?|mobile( ?(no|num|number))?|tel"
    r"( ?no)?|contact (no|number)",
    "an e-mail address": r"(.* )?e[- ]?mail( address)?",
    "a home address": r"(.* )?(home |house |residential |full )?(address( line)? ?\d?|addr\d?)"
    r"|(home |house |victim |patient )?post ?code( of (home|residence))?|uprn|house (no|number)",
    "an NHS number": r"nhs( ?(no|num|number|id))?|hospital (no|number)|mrn|patient (id|no|number)",
    "a police reference to a person": r"pnc( ?(id|no|number))?|cro( ?(id|no|number))?|custody"
    r"( (record|ref|reference))?( ?(no|num|number|id))?|nominal( ?(id|ref|no|number))?|urn"
    r"|(suspect|offender|victim|person|accused|witness) (id|ref|reference|urn|no|number)|niche id"
    r"|arrest summons (no|number)|asn",
    "a national insurance number": r"nino|ni ?(no|number)|national insurance( ?(no|number))?",
    "a passport or licence number": r"(passport|driving licence|driver) ?(no|number|licence)?",
    "a vehicle's registration": r"vrm|vrn|number plate|(vehicle )?registration( ?(no|number))?",
}

POSTCODE = r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKPSTUW]? ?[0-9][ABD-HJLNP-UW-Z]{2})\b"
VALUES = {
    "an e-mail address": r"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}",
    "a telephone number": r"(?:\+44|\b0044|\b0)(?:[ ()-]?[0-9]){9,10}\b",
    "an NHS number": r"\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b",
    "a national insurance number": r"\b[A-CEGHJ-PR-TW-Z]{2} ?(?:[0-9]{2} ?){3}[A-D]\b",
    "a PNC number": r"\b(?:19|20)?[0-9]{2}/[0-9]{1,7}[A-Z]\b",
    "a custody number": r"\b[0-9]{0,2}[A-Z]{1,4}/[0-9]{2,8}/[0-9]{2,4}\b",
    "a full postcode": POSTCODE,
    "a date of birth": r"(?i)\b(?:dob|d\.o\.b\.?|born|date of birth)\b.{0,12}[0-9]",
    "a name after a title": r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Lady|PC|DC|DS|DI|PS|Sgt|Cllr)\.? "
    r"(?:[A-Z]\.? ?)?[A-Z][a-zà-ÿ'’-]{2,}",
    "a name": r"\b(?i:named|called|name is|known as|aka) [A-Z][a-zà-ÿ'’-]+ [A-Z][a-zà-ÿ'’-]+",
}
TWO_NAMES = r"\b([A-Z][a-zà-ÿ'’-]+|[A-Z]{2,}),? +(?:[A-Z]\.? +)?([A-Z][a-zà-ÿ'’-]+|[A-Z]{2,})\b"
HOME = (
    r"\b[0-9]{1,4}[A-Za-z]?,? (?:[A-Z][A-Za-zà-ÿ'’-]* ){1,3}(?i:street|st|road|rd|avenue|ave|lane|"
    r"ln|close|court|drive|way|place|square|gardens|grove|terrace|crescent|hill|row|walk|mews|park)\b"
)
SURNAME_FIRST = r"\b[A-Z]{2,}, ([A-Z][a-zà-ÿ'’-]+)"


@cache
def _words(file: str) -> frozenset[str]:
    text = (FOLDER / file).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.casefold().split())


def given_names() -> frozenset[str]:
    """Return given names in common use in England and Wales, in small letters."""
    return _words("given_names.txt")


def place_words() -> frozenset[str]:
    """Return words after which a given name was that of a street, a place or a body."""
    return _words("place_words.txt")


def personal_header(header: str) -> str:
    """Return what a column of this name would hold of a person, such as "an NHS number", or ""."""
    name = plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header).replace("-", " "))
    for what, form in HEADERS.items():
        if re.fullmatch(form, name):
            return what
    return ""


def personal_value(value: str) -> str:
    """Return what a value holds of a person, such as "a telephone number", or ""."""
    value = _bare(value)
    for what, form in VALUES.items():
        for found in re.finditer(form, value):
            if what != "an NHS number" or _checks(found.group()):
                return what
    return "a name" if _holds_name(value) else ""


def _bare(value: str) -> str:
    """Return a value without what hides its words: invisible and wide characters, accents."""
    if value.isascii():
        return value
    parts = unicodedata.normalize("NFKD", value)
    return "".join(each for each in parts if unicodedata.category(each) not in ("Cf", "Mn"))


def _checks(number: str) -> bool:
    """Whether the tenth digit is the check digit of an NHS number (modulus 11)."""
    digits = [int(each) for each in number if each.isdigit()]
    rest = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[9] == rest % 11 and rest != 10 and len(set(digits)) > 1


def _holds_name(value: str) -> bool:
    for found in re.finditer(rf"(?=({TWO_NAMES}))", value):
        first, second = found.group(2).casefold(), found.group(3).casefold()
        after = _capitals_after(value, found.end(1))
        if first in given_names() and not {second, after} & place_words():
            return True
    first_names = (found.group(1) for found in re.finditer(SURNAME_FIRST, value))
    return any(name.casefold() in given_names() for name in first_names)


def _capitals_after(value: str, at: int) -> str:
    """Return the next word if it is part of a name: James Cook University, not John Smith house."""
    word = (value[at:].split() or [""])[0].strip(",.;")
    return word.casefold() if word[:1].isupper() else ""


def home_address(value: str) -> bool:
    """Whether a text holds the number of a house and its road; "On or near" hides the house."""
    return not value.startswith("On or near") and bool(re.search(HOME, _bare(value)))


def suspicion() -> str:
    """Return one form, for the query engine, that every value must fit to be personal at all.

    It is looser than `personal_value`, which decides; it only spares most values the closer look.
    """
    return (
        r"@|[0-9]{2}|[0-9][A-Za-z]?,? ?[A-Z]|[A-Z][a-zà-ÿ'’-]+ +[A-Z]|[A-Z]{2,},? +[A-Z]"
        r"|(?i:named|called|known as|aka)|[^\x00-\x7f]"
    )
