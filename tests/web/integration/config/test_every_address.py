"""Every address of the service, visited by nobody and by a user of another organisation.

North Police holds a draft, people and a log. Whoever does not belong there may find none of its
words at any address, and may change none of it by any form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from nhpf import evidence
from nhpf.framework import load_edition
from nhpf_web.audit.actions import record
from nhpf_web.audit.rules import Verb
from nhpf_web.cycle.actions import phases, proposals, returns
from nhpf_web.cycle.actions.drafts import load_draft
from nhpf_web.cycle.models import Activity, Cycle, Phase, Proposal, Revision
from nhpf_web.equality import actions
from nhpf_web.equality.models import Assessment, Effect, Mitigation
from nhpf_web.organisations.actions import appoint, framework_owner, open_organisation
from nhpf_web.organisations.models import Membership, Organisation, User
from nhpf_web.organisations.rules import Kind, Role
from nhpf_web.plans import actions as plans
from nhpf_web.plans.models import Problem
from nhpf_web.plans.queries import Start
from nhpf_web.plans.rules import ASKED
from nhpf_web.profiles.models import LookedAt
from nhpf_web.profiles.queries import place_with_code, release
from nhpf_web.what_works import actions as what_works
from nhpf_web.what_works.actions.research import proposals as proposals_of_studies
from nhpf_web.what_works.actions.studies import Described, put_forward
from nhpf_web.what_works.actions.syntheses import open_synthesis
from nhpf_web.what_works.models import Attachment, Decision, Practice, Remark, Study, Version
from nhpf_web.what_works.rules.research.checking import PAGES

SECRET = "kestrel"  # in every text of North Police that is not public
ANSWERS = {200, 302, 400, 403, 404, 405}
NAMES_OF_NORTH = {"slug": "north", "reference": f"eia-{SECRET}"}
NAMES_OF_CYCLE = {
    "cycle_slug": "cycle-one",
    "number": 1,
    "what": "begin",
    "gate": "profile",
    "step_slug": "what",
    "act_slug": "change",
    "edition_name": "2026",
    "entry_id": "ar-knife",
    "identity": "ar-knife",
    "part_slug": "words",
    "row": 0,
}
RESEARCH = ("questions/", "calls/", "proposals/", "outputs/")
# A value for each part of an address. A new part needs one here: else the walk fails.
VALUES = NAMES_OF_NORTH | {
    "uidb36": "1",
    "key": "set-password",
    "place": "E23000001-metropolitan-police",
    "figure_id": "homicide-by-year",
    "ending": "csv",
    "kind": "toolkit",
    "name": "tk-hot-spot",
    "source_id": "S_SEED",
    "number": 1,
    "step_slug": "problem",
    "act_slug": "publish",
    "deed": "adopt",
    "document": "profile",
    "form": "json",
    "register": "proposals",
    "page_slug": PAGES[0].slug,
    "row_id": "ar-safeguarding",
    "level": "primary",
    "table": "london_knife_crime_count",
    "signal_id": "e09000023-homicide-count-2025-cusum",
}


@dataclass(frozen=True, slots=True)
class Address:
    """One address with values in it."""

    route: str
    path: str


def addresses(values: dict[str, object]) -> Iterator[Address]:
    """Yield every address that the service has, filled with these values."""
    for pattern, parents in _patterns(get_resolver()):
        chain = [*parents, pattern]
        route = "".join(str(one.pattern) for one in chain)
        path = "/" + "".join(_filled(one, values) for one in chain)
        yield Address(route, path)


def _patterns(
    resolver: URLResolver, parents: tuple[URLResolver, ...] = ()
) -> Iterator[tuple[URLPattern, tuple[URLResolver, ...]]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one, (*parents, one))
        else:
            yield one, parents


def _filled(one: URLPattern | URLResolver, values: dict[str, object]) -> str:
    pattern = one.pattern
    if not hasattr(pattern, "converters") or not hasattr(pattern, "_route"):
        return f"password/reset/key/{values['uidb36']}-{values['key']}/"
    path = str(pattern._route)
    for name, converter in pattern.converters.items():
        value = values[_key(name, path)]
        before, rest = path.split("<", 1)
        path = before + converter.to_url(value) + rest.split(">", 1)[1]
    return path


def _key(name: str, path: str) -> str:
    """Return which value stands for a part whose name several addresses use."""
    if name == "slug" and "change" in path:
        return "part"
    if name == "kind":
        return "register" if "<register:" in path else "document" if "documents" in path else name
    is_research = name == "reference" and path.startswith(RESEARCH)
    return "study_reference" if is_research else name


@pytest.fixture
def values(db: None) -> dict[str, object]:
    """North Police with a draft, people and a log, and South Police with a person of every role."""
    north = open_organisation("north", name="North Police", kind=Kind.FORCE, area_code="E23000001")
    south = open_organisation("south", name="South Police", kind=Kind.FORCE)
    ann = appoint(f"{SECRET}-ann", north, Role.EDITOR)
    draft = actions.draft(
        organisation="north", title=SECRET, kind="edition", identity=SECRET, by=ann
    )
    draft.mitigations.create(action=SECRET, owner=SECRET, due="2027-01-01")
    record(Verb.DISCLOSURE, f"thing:{SECRET}", who=SECRET, organisation="north", reason=SECRET)
    LookedAt.objects.create(
        organisation=north, signal=str(VALUES["signal_id"]), found=SECRET, looked_by=ann,
        looked_on=date(2026, 3, 1), role=SECRET, release="r", sentence=SECRET,
    )  # fmt: skip
    for role in Role:
        appoint("eve", south, role)
    return (
        VALUES
        | _cycle_of(north, ann)
        | _practice_of(north)
        | _study_of(north)
        | {
            "problem_id": _problem_of(north),
            "membership_id": Membership.objects.get(user=ann).pk,
            "mitigation_id": draft.mitigations.get().pk,
            "figure": draft.figures.values_list("pk", flat=True).first() or 0,
            "part": "people",
            "release_id": release().id,
        }
    )


def _cycle_of(north: Organisation, ann: User) -> dict[str, object]:
    """Return values for the cycle: the owner's, and North Police's unsent return and draft."""
    editor = appoint("edith", framework_owner(), Role.EDITOR)
    load_draft(load_edition("2026"))
    cycle = phases.open_cycle(name="Cycle one", started=date(2026, 1, 1), by=editor)
    returns.ask(cycle, [north], due=date(2090, 1, 1), by=editor)
    answer = cycle.returns.get()
    activity = returns.describe(answer, title=SECRET, by=ann)
    proposal = proposals.draft(north, kind="area", title=SECRET, by=ann)
    work = proposals.link(
        title="Other", owner="Others", address="https://example.org/", what="x", by=editor
    )
    return NAMES_OF_CYCLE | {
        "answer_id": answer.pk,
        "activity_id": activity.pk,
        "proposal_slug": proposal.slug,
        "work_id": work.pk,
    }


def _practice_of(north: Organisation) -> dict[str, object]:
    """Return values for practices: a draft of North Police with a file and a question."""
    ann = appoint(f"{SECRET}-writer", north, Role.CONTRIBUTOR)
    version = what_works.begin(organisation="north", title=SECRET, by=ann)
    file = version.attachments.create(name=f"{SECRET}.csv", kind="csv", size=1, sha256="0")
    remark = version.practice.remarks.create(
        organisation=north, text=SECRET, made_by=ann, answer_due="2027-01-01"
    )
    return {
        "practice": version.practice.permanent_id,
        "file_id": file.pk,
        "remark_id": remark.pk,
    }


def _problem_of(north: Organisation) -> int:
    """Return the id of a problem that North Police works on."""
    ann = appoint(f"{SECRET}-analyst", north, Role.ANALYST)
    place = place_with_code(north.area_code)
    assert place is not None
    said = dict.fromkeys(ASKED, SECRET) | {"areas": [], "precursor": ""}
    return plans.take_up(Start(place), said, organisation=north, release=SECRET, by=ann).pk


def _study_of(north: Organisation) -> dict[str, object]:
    """Return values for studies: one that North Police put forward and nobody has decided on."""
    ann = appoint(f"{SECRET}-researcher", north, Role.RESEARCHER)
    editor = appoint("edith", framework_owner(), Role.EDITOR)
    live = open_synthesis(
        intervention="iv-hsp", outcome="Robbery", measure="", good="lower", method="REML",
        standing="synthetic, for demonstration", source="Made up", address="",
        design="randomised", risk_of_bias="not assessed", by=editor,
    )  # fmt: skip
    given = {"effect": -0.2, "variance": 0.1}
    row = evidence.Study(study=SECRET, effect=evidence.Effect(-0.2, 0.1), given=given)
    described = Described(
        design="randomised", risk_of_bias="not assessed", source=SECRET, address=""
    )
    (study,) = put_forward(live, [row], described, organisation="north", by=ann)
    wanted = proposals_of_studies.begin(organisation="north", title=SECRET, by=ann)
    return {
        "synthesis": live.permanent_id,
        "study_id": study.pk,
        "study_reference": wanted.reference,
    }


def visitor(who: str) -> Client:
    """Return a browser of nobody, or of eve, who holds every role of another organisation."""
    client = Client(raise_request_exception=False)
    if who == "eve":
        client.force_login(
            User.objects.get(username="eve"),
            backend="nhpf_web.organisations.actions.signing_in.SignIn",
        )
    return client


def held() -> list[object]:
    """Return everything that North Police keeps."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (
            *(Assessment, Effect, Mitigation, Membership),
            *(Activity, Cycle, Phase, Proposal, Revision),
            *(Attachment, Practice, Remark, Version),
            *(Decision, Problem, Study),
        )
    ]


def text_of(answer: HttpResponse | StreamingHttpResponse) -> str:
    """Return a page or a file as text."""
    content = b"".join(answer) if isinstance(answer, StreamingHttpResponse) else answer.content
    return content.decode(errors="replace")


@pytest.mark.parametrize("who", ["nobody", "eve"])
def test_no_address_shows_another_organisations_words(values: dict[str, object], who: str) -> None:
    faults = []
    for address in addresses(values):
        answer = visitor(who).get(address.path)
        asked = {text for text in map(str, values.values()) if text in address.path}
        shown = text_of(answer)
        for text in asked:  # an error page may repeat the address that was asked for
            shown = shown.replace(text, "")
        if answer.status_code not in ANSWERS or SECRET in shown:
            faults.append(f"{address.route}: {answer.status_code}")
        if "restricted" in address.path and answer.status_code == 200:
            faults.append(f"{address.route}: a restricted page was shown")
    assert faults == []


@pytest.mark.parametrize("who", ["nobody", "eve"])
def test_no_form_changes_what_another_organisation_holds(
    values: dict[str, object], who: str
) -> None:
    before, faults = held(), []
    answers = {"reason": "x", "is_read": "on", "username": "eve", "role": "auditor"}
    for address in addresses(values):
        answer = visitor(who).post(address.path, answers)
        if answer.status_code not in ANSWERS:
            faults.append(f"{address.route}: {answer.status_code}")
    assert faults == []
    assert held() == before


def test_the_walk_finds_every_public_page(values: dict[str, object]) -> None:
    """The values are real: what is public opens, so that a page behind it would be seen."""
    private = (
        "accounts/",
        "audit/",
        "equality/",
        "how-we-are-doing/prop",
        "organisations/",
        "what-we-do/problems/",
        "what-works/<practice:",
        "what-works/evidence/<slug:synthesis>/studies/",
        *(f"what-works/research/{part}<slug:reference>/" for part in RESEARCH),
        "what-works/research/<register:",
    )
    closed = [
        address.route
        for address in addresses(values)
        if not address.route.startswith(private)
        and "restricted" not in address.route
        and visitor("nobody").get(address.path).status_code not in {200, 302, 405}
    ]
    assert closed == []


def test_the_walk_would_see_a_leak(values: dict[str, object]) -> None:
    """The author's own visit finds the words that others must not find."""
    client = Client()
    client.force_login(
        User.objects.get(username=f"{SECRET}-ann"),
        backend="nhpf_web.organisations.actions.signing_in.SignIn",
    )
    seen = [
        address.route
        for address in addresses(values)
        if address.route.startswith("equality/")
        and SECRET in text_of(client.get(address.path)).replace(f"eia-{SECRET}", "")
    ]
    assert "equality/<slug:reference>/" in seen
    assert "equality/" in seen
