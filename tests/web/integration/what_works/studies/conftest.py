"""A synthesis, whoever puts studies forward and whoever decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from nhpf import evidence
from nhpf_web.organisations.actions import open_organisation
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import OWNER_SLUG, Kind, Role
from nhpf_web.what_works.actions.studies import Described, decide, put_forward
from nhpf_web.what_works.actions.syntheses import open_synthesis
from nhpf_web.what_works.models import LiveSynthesis, Study
from nhpf_web.what_works.rules.studies import StudyAct, StudyState

OPENED: dict[str, Any] = {
    "intervention": "iv-hsp",
    "outcome": "Violence at treated places",
    "measure": "OR",
    "good": "lower",
    "method": "DL",
    "hartung_knapp": False,
    "standing": "transcribed from the review",
    "source": "A review (2020)",
    "address": "https://example.org/review",
    "design": "randomised",
    "risk_of_bias": "low",
    "bias_reason": "Because",
    "harms": "None were found where they were looked for",
    "cost": "Ten pounds",
    "cost_band": "low",
}
DESCRIBED = Described(
    design="randomised",
    risk_of_bias="low",
    source="Smith and others (2024), A trial",
    address="https://example.org/trial",
)
LEADS_TO = {
    StudyState.APPROVED: StudyAct.APPROVE,
    StudyState.SCREENED_OUT: StudyAct.SCREEN_OUT,
    StudyState.ON_HOLD: StudyAct.HOLD,
}


def measured(name: str, value: float = -0.4, variance: float = 0.01) -> evidence.Study:
    """A British study with its effect."""
    return evidence.Study(
        study=name,
        effect=evidence.Effect(value, variance),
        country="UK",
        given={"effect": value, "variance": variance},
    )


@dataclass
class Table:
    """A synthesis with the people around it."""

    live: LiveSynthesis
    writer: User
    editor: User
    assessor: User
    college: User

    def put(self, *rows: evidence.Study, described: Described = DESCRIBED) -> tuple[Study, ...]:
        return put_forward(self.live, rows, described, organisation="north", by=self.writer)

    def decide(self, studies: tuple[Study, ...], act: StudyAct = StudyAct.APPROVE) -> None:
        decide(studies, act, by=self.assessor, reason="Fit for it", has_no_interest=True)

    def in_state(self, state: StudyState) -> Study:
        """Put one study forward and bring it where it should stand."""
        held = self.put(measured(f"Stands {state}"))
        if state in LEADS_TO:
            self.decide(held, LEADS_TO[state])
        return Study.objects.get(pk=held[0].pk)


@pytest.fixture
def table(person: Callable[..., User], force: Organisation) -> Table:
    """North Police puts forward; the owner and the College decide."""
    owner = open_organisation(OWNER_SLUG, name="Framework owner", kind=Kind.NPCC_PORTFOLIO)
    college = open_organisation("college", name="The College", kind=Kind.COLLEGE)
    editor = person("edd", Role.EDITOR, at=owner)
    return Table(
        live=open_synthesis(**OPENED, by=editor),
        writer=person("ann", Role.RESEARCHER),
        editor=editor,
        assessor=person("una", Role.ASSESSOR, at=owner),
        college=person("col", Role.ASSESSOR, at=college),
    )
