"""Fifty queries of readers with what must come first, over the real edition, on either database.

The same table runs on SQLite and on PostgreSQL. What readers see there is equal, because the index
takes its documents in any order and no part of it asks the database to search.
"""

from __future__ import annotations

import random

import pytest
from django.test import Client

from nhpf_web.search import queries
from nhpf_web.search.rules import Analyser, Index

pytestmark = pytest.mark.django_db
QUERIES = {
    "plural": {
        "knives": "/what-works/ar-knife/",
        "stabbings": "/what-works/ar-knife/",
        "perpetrators": "/what-works/iv-dvpp/",
        "patrolling": "/what-works/tk-hot-spot/",
        "hot spots": "/what-works/tk-hot-spot/",
        "gangs": "/what-works/ar-gang/",
        "mentors": "/what-works/iv-mentor/",
        "domestic homicide reviews": "/what-works/tk-homicide-reviews/",
        "threats to life": "/what-works/ar-threat-to-life/",
    },
    "synonym": {
        "stabbing": "/what-works/ar-knife/",
        "shooting": "/what-works/ar-gun/",
        "teenagers": "/what-works/ar-youth/",
        "nightlife": "/what-works/ar-nte/",
        "drinking": "/what-works/ar-alcohol/",
        "psychiatric": "/what-works/ar-mental-health/",
        "cuckooing": "/what-works/ar-county-lines/",
        "casualty": "/what-works/tk-ae-navigators/",
        "pulling levers": "/what-works/iv-fd/",
        "bodycam": "/what-works/iv-bwv/",
        "murder rate": "/what-happens/indicators/#homicide-rate",
        "violence interrupters": "/what-works/iv-cure/",
    },
    "typo": {
        "stabing": "/what-works/ar-knife/",
        "knfie crime": "/what-works/ar-knife/",
        "alchohol": "/what-works/ar-alcohol/",
        "mentel health": "/what-works/ar-mental-health/",
        "county linse": "/what-works/ar-county-lines/",
        "offfender management": "/what-works/ar-offender/",
        "focussed deterrance": "/what-works/iv-fd/",
        "hot spot polcing": "/what-works/tk-hot-spot/",
        "Nortumbria": "/what-happens/E23000007-northumbria/",
    },
    "acronym": {
        "DHR": "/what-works/tk-homicide-reviews/",
        "DARDR": "/what-works/tk-homicide-reviews/",
        "VRU": "/what-works/tk-vru/",
        "MARAC": "/what-works/iv-marac/",
        "NTE": "/what-works/ar-nte/",
        "A&E": "/what-works/tk-ae-navigators/",
        "SVD": "/what-works/st-serious-violence-duty/",
        "IOM": "/what-works/ar-offender/",
        "CCTV": "/what-works/iv-cctv/",
        "YEF": "/what-works/tk-yef/",
        "CBT": "/what-works/iv-cbt/",
    },
    "accent": {
        "Kënt": "/what-happens/E23000032-kent/",
        "vïolence reduction unit": "/what-works/tk-vru/",
        "Crïme réduction toolkit": "/what-works/tk-crt/",
        "Cárdiff modél": "/what-works/iv-cardiff/",
    },
    "phrase": {
        '"hot spot"': "/what-works/tk-hot-spot/",
        '"county lines"': "/what-works/ar-county-lines/",
        "“threat to life”": "/what-works/ar-threat-to-life/",
        '"domestic homicide review"': "/what-works/tk-homicide-reviews/",
        '"sobriety tags"': "/what-works/iv-sobriety/",
        '"stop and search"': "/what-works/iv-stop/",
    },
}
TABLE = [
    pytest.param(query, first, id=f"{kind}: {query}")
    for kind, rows in QUERIES.items()
    for query, first in rows.items()
]


def test_there_are_fifty_of_six_kinds() -> None:
    assert len(TABLE) >= 50
    assert set(QUERIES) == {"plural", "synonym", "typo", "acronym", "accent", "phrase"}


@pytest.mark.parametrize(("query", "first"), TABLE)
def test_readers_words_find_the_subject_first(client: Client, query: str, first: str) -> None:
    answer = client.get("/search/", {"q": query})
    assert answer.context["found"][0]["address"] == first
    assert answer.context["found"][0]["reasons"], "the first result says why it is there"


def test_the_order_in_which_a_database_hands_documents_over_changes_nothing() -> None:
    index = queries.index()
    shuffled = list(index.documents)
    random.Random(7).shuffle(shuffled)
    other = Index(shuffled, Analyser(index.synonyms))
    for rows in QUERIES.values():
        for query in rows:
            here, there = index.search(query), other.search(query)
            assert [hit.document for hit in here] == [hit.document for hit in there], query
            assert here.counts == there.counts
