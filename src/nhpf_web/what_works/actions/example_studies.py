"""Two made-up syntheses for the demonstration: each page, table and file of them says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from nhpf import evidence
from nhpf.errors import NotPermitted
from nhpf_web.organisations.actions import demonstration_account
from nhpf_web.organisations.queries import Account
from nhpf_web.organisations.rules import Role
from nhpf_web.what_works.actions.studies import Described, decide, put_forward
from nhpf_web.what_works.actions.syntheses import open_synthesis
from nhpf_web.what_works.models import LiveSynthesis
from nhpf_web.what_works.queries.syntheses import effect_from, syntheses
from nhpf_web.what_works.rules.studies import StudyAct, SynthesisStanding

MADE_UP = "Made up for the demonstration: no such study was done."
UK, ABROAD = "United Kingdom", "Elsewhere (made up)"
Row = tuple[str, str, dict[str, float]]


def _effect(value: float, se: float) -> dict[str, float]:
    return {"effect": value, "se": se}


def _counts(*cells: float) -> dict[str, float]:
    names = ("events_treatment", "n_treatment", "events_control", "n_control")
    return dict(zip(names, cells, strict=True))


@dataclass(frozen=True, slots=True)
class Example:
    """A synthesis with its studies by what is decided about them."""

    opened: dict[str, Any]
    approved: tuple[Row, ...]
    screened_out: Row
    on_hold: Row
    waiting: Row


EXAMPLES = (
    Example(
        {
            "intervention": "iv-hsp",
            "outcome": "Violent crime at treated places (synthetic example)",
            "measure": "RR",
            "good": "lower",
            "method": "REML",
            "hartung_knapp": True,
            "design": "randomised",
            "risk_of_bias": "some",
            "bias_reason": "Made up: officers knew which places were treated.",
            "harms": "Made up: two of the studies asked residents, and trust did not fall.",
            "cost": "Made up: overtime of patrols.",
            "cost_band": "medium",
        },
        (
            ("Example A (2014)", UK, _effect(-0.22, 0.09)),
            ("Example B (2015)", UK, _effect(-0.10, 0.07)),
            ("Example C (2016)", ABROAD, _effect(-0.31, 0.12)),
            ("Example D (2017)", ABROAD, _effect(-0.05, 0.06)),
            ("Example E (2018)", UK, _effect(-0.15, 0.10)),
            ("Example F (2018)", ABROAD, _effect(-0.41, 0.18)),
            ("Example G (2019)", ABROAD, _effect(-0.18, 0.08)),
            ("Example H (2020)", UK, _effect(-0.12, 0.11)),
            ("Example I (2021)", ABROAD, _effect(-0.02, 0.13)),
            ("Example J (2022)", UK, _effect(-0.26, 0.15)),
        ),
        ("Example K (2022)", ABROAD, _effect(-0.90, 0.30)),
        ("Example L (2023)", UK, _effect(-0.08, 0.20)),
        ("Example M (2025)", UK, _effect(0.06, 0.08)),
    ),
    Example(
        {
            "intervention": "iv-scared",
            "outcome": "Young people who offend again (synthetic example)",
            "measure": "OR",
            "good": "lower",
            "method": "MH",
            "hartung_knapp": False,
            "design": "randomised",
            "risk_of_bias": "some",
            "bias_reason": "Made up: how people were allotted was told for half of the studies.",
            "harms": "Made up: the outcome itself is a harm.",
            "cost": "",
            "cost_band": "low",
        },
        (
            ("Example N (1991)", ABROAD, _counts(31, 60, 18, 58)),
            ("Example O (1994)", ABROAD, _counts(44, 101, 33, 98)),
            ("Example P (2003)", UK, _counts(52, 120, 39, 124)),
        ),
        ("Example Q (1989)", ABROAD, _counts(9, 40, 12, 22)),
        ("Example R (2006)", UK, _counts(14, 50, 13, 51)),
        ("Example S (2011)", UK, _counts(20, 88, 23, 90)),
    ),
)


@transaction.atomic
def make_example_syntheses() -> tuple[str, ...]:
    """Make two synthetic syntheses with studies in every state and a history.

    Returns
    -------
    tuple of str
        The permanent ids that were made: none where there are some already, or no accounts.

    Raises
    ------
    NotPermitted
        In production.
    """
    if settings.NHPF_IS_PRODUCTION:
        raise NotPermitted("Synthetic syntheses are refused where NHPF_ENV is production.")
    writer = demonstration_account(Role.RESEARCHER)
    editor = demonstration_account(Role.EDITOR)
    if writer is None or editor is None or syntheses().exists():
        return ()
    return tuple(_made(one, writer=writer, editor=editor).permanent_id for one in EXAMPLES)


def _made(example: Example, *, writer: Account, editor: Account) -> LiveSynthesis:
    live = open_synthesis(
        **example.opened, source=MADE_UP, address="", standing=SynthesisStanding.SYNTHETIC,
        by=editor,
    )  # fmt: skip
    *first, last = example.approved
    steps = (
        (first, StudyAct.APPROVE, "Made up: allotted by lot, and the outcome was counted blind."),
        ([last], StudyAct.APPROVE, "Made up: allotted by lot, with a protocol written before."),
        ([example.screened_out], StudyAct.SCREEN_OUT, "Made up: nothing was compared."),
        ([example.on_hold], StudyAct.HOLD, "Made up: the full text is awaited."),
    )
    for rows, act, reason in steps:
        new = put_forward(
            live, _studies(rows, live), DESCRIBED, organisation="university", by=writer
        )
        decide(new, act, by=editor, reason=reason, has_no_interest=True)
    waiting = _studies([example.waiting], live)
    put_forward(live, waiting, DESCRIBED, organisation="university", by=writer)
    return live


DESCRIBED = Described(design="randomised", risk_of_bias="some", source=MADE_UP, address="")


def _studies(rows: list[Row], live: LiveSynthesis) -> list[evidence.Study]:
    held = []
    for name, country, given in rows:
        effect, counts = effect_from(given, live.measure)
        held.append(
            evidence.Study(study=name, effect=effect, counts=counts, country=country, given=given)
        )
    return held
