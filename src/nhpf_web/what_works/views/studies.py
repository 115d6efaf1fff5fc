"""Putting studies forward, one or a table of them, and deciding whether they count."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from nhpf.errors import DamagedData, NhpfError
from nhpf.evidence import Study as Measured
from nhpf.evidence import read_study_table
from nhpf_web.core.views import signed_in
from nhpf_web.organisations.queries import organisations_where
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.actions import studies as actions
from nhpf_web.what_works.forms.studies import (
    Decide,
    DecideTogether,
    PutForward,
    StudyTableFile,
    ways_of,
)
from nhpf_web.what_works.models import LiveSynthesis, Study
from nhpf_web.what_works.queries import studies, syntheses
from nhpf_web.what_works.rules import plain_name
from nhpf_web.what_works.rules.studies import (
    BIAS_WORDS,
    DESIGN_WORDS,
    STUDY_MOVES,
    StudyAct,
    StudyState,
)
from nhpf_web.what_works.views.asking import Trail, account, sent, sent_files, visitor
from nhpf_web.what_works.views.syntheses import EVIDENCE, find_synthesis

either = require_http_methods(["GET", "HEAD", "POST"])
DONE = {
    StudyAct.APPROVE: "Approved. The synthesis is pooled again.",
    StudyAct.SCREEN_OUT: "Screened out, with your reason.",
    StudyAct.HOLD: "On hold, with your reason.",
    StudyAct.REOPEN: "Open again: it does not count until somebody decides.",
}
HEADINGS = {
    StudyAct.APPROVE: "Approve this study",
    StudyAct.SCREEN_OUT: "Screen this study out",
    StudyAct.HOLD: "Put this study on hold",
    StudyAct.REOPEN: "Reopen this study",
}


def _trail(live: LiveSynthesis) -> Trail:
    return [*EVIDENCE, (live.outcome, f"/what-works/evidence/{live.permanent_id}/")]


def _own(request: HttpRequest) -> Any:
    """Return the organisations for which this person puts studies forward; refuse if none."""
    found = organisations_where(visitor(request), Right.ADD_STUDY)
    if not found:
        raise PermissionDenied
    return found


def _described(form: Any) -> actions.Described:
    names = ("design", "risk_of_bias", "source", "address", "interests")
    return actions.Described(**{name: form.cleaned_data[name] for name in names})


@either
@signed_in
def put_forward(request: HttpRequest, synthesis: str) -> HttpResponse:
    """Ask for one study, show what it would change, and put it forward."""
    live = find_synthesis(synthesis)
    ways = ways_of(live)
    way = request.GET.get("given", "")
    way = way if way in ways else _usual(ways)
    form = PutForward(sent(request), live=live, way=way, organisations=_own(request))
    preview = None
    if form.is_valid():
        row = form.cleaned_data["row"]
        try:
            if "preview" in request.POST:
                actions.check_can_bear(live, [row])
                preview = syntheses.would_change(live, also=[row])
            else:
                _put(request, live, form, [row])
                messages.success(request, "Put forward. Somebody without an interest decides.")
                return redirect("what_works:synthesis", live.permanent_id)
        except NhpfError as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form, "live": live, "preview": preview, "way": way, "trail": _trail(live),
        "ways": [(name, words) for name, words in ways.items() if name != way],
    }  # fmt: skip
    return render(request, "what_works/studies/put_forward.html", context)


def _usual(ways: dict[str, str]) -> str:
    """Return the way in which studies mostly report: events, means, else the effect itself."""
    return next(name for name in ("counts", "means", "effect") if name in ways)


def _put(request: HttpRequest, live: LiveSynthesis, form: Any, rows: list[Measured]) -> int:
    new = actions.put_forward(
        live,
        rows,
        _described(form),
        organisation=form.cleaned_data["organisation"].slug,
        by=account(request),
    )
    return len(new)


@either
@signed_in
def bring_in(request: HttpRequest, synthesis: str) -> HttpResponse:
    """Put each row of a study table forward, or none where one of them is wrong."""
    live = find_synthesis(synthesis)
    form = StudyTableFile(
        sent(request), sent_files(request), live=live, organisations=_own(request)
    )  # fmt: skip
    if form.is_valid():
        try:
            given = form.cleaned_data
            rows = _read(given["file"], live, columns=given["columns"])
            new = _put(request, live, form, rows)
        except NhpfError as refusal:
            form.add_error("file", str(refusal))
        else:
            many = f"{new} {'study is' if new == 1 else 'studies are'} put forward."
            messages.success(request, f"{many} Somebody without an interest decides.")
            return redirect("what_works:synthesis", live.permanent_id)
    context = {
        "form": form,
        "caption": live.outcome,
        "heading": "Put a table of studies forward",
        "why": "Every row is put forward, or none where one of them is wrong.",
        "button": "Put them forward",
        "trail": _trail(live),
    }
    return render(request, "what_works/practices/form.html", context)


def _read(file: Any, live: LiveSynthesis, *, columns: dict[str, str]) -> list[Measured]:
    """Return the studies of an uploaded table.

    Raises
    ------
    DamagedData
        Names the file, row and column.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / plain_name(file.name)
        path.write_bytes(file.read())
        table = read_study_table(path, measure=live.measure, columns=columns)
    for one in table.studies:
        if one.outcome not in ("", live.outcome):
            raise DamagedData(
                "The row is of another outcome than the synthesis.",
                where=f"{path.name}, row {one.row}, column outcome",
                next_step="Leave the row out, or put it forward in a synthesis of that outcome.",
            )
    return list(table.studies)


def _find(request: HttpRequest, live: LiveSynthesis, study_id: int) -> Study:
    return get_object_or_404(
        studies.studies_visible_to(visitor(request)), synthesis=live, pk=study_id
    )


@require_safe
def study(request: HttpRequest, synthesis: str, study_id: int) -> HttpResponse:
    """Show a study, what was decided about it and, to who decides, what approving would change."""
    live = find_synthesis(synthesis)
    held = _find(request, live, study_id)
    acts = studies.acts_on_study(visitor(request), held)
    context = _about(held) | {
        "live": live,
        "study": held,
        "acts": acts,
        "decisions": held.decisions.select_related("decided_for"),
        "trail": _trail(live),
    }
    if StudyAct.APPROVE in acts:
        context["preview"], context["why_not"] = syntheses.would_change_or_why_not(
            live, {held.pk: StudyState.APPROVED}
        )
    return render(request, "what_works/studies/study.html", context)


def _about(held: Study) -> dict[str, Any]:
    return {
        "design": DESIGN_WORDS[held.design],
        "bias": BIAS_WORDS[held.risk_of_bias],
        "interests": held.interests.all(),
    }


def _act_of(slug: str) -> StudyAct:
    for act in StudyAct:
        if slug == act.replace(" ", "-"):
            return act
    raise Http404


@either
@signed_in
def decide(request: HttpRequest, synthesis: str, study_id: int, act_slug: str) -> HttpResponse:
    """Show what a decision would change, ask why, and decide."""
    live, act = find_synthesis(synthesis), _act_of(act_slug)
    held = _find(request, live, study_id)
    if act not in studies.acts_on_study(visitor(request), held):
        raise PermissionDenied
    form = Decide(sent(request))
    if form.is_valid() and _decided(request, form, [held], act):
        return redirect("what_works:synthesis", live.permanent_id)
    to = STUDY_MOVES[StudyState(held.state)][act]
    preview, why_not = syntheses.would_change_or_why_not(live, {held.pk: to})
    context = _about(held) | {
        "form": form, "live": live, "study": held, "preview": preview, "why_not": why_not,
        "heading": HEADINGS[act], "button": act.capitalize(), "trail": _trail(live),
    }  # fmt: skip
    return render(request, "what_works/studies/decide.html", context)


def _decided(request: HttpRequest, form: Any, held: list[Study], act: StudyAct) -> bool:
    try:
        actions.decide(
            held,
            act,
            by=account(request),
            reason=form.cleaned_data["reason"],
            has_no_interest=form.cleaned_data["has_no_interest"],
        )
    except NhpfError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, DONE[act])
    return True


@either
@signed_in
def decide_together(request: HttpRequest, synthesis: str) -> HttpResponse:
    """Decide on several studies at once, such as those of one table."""
    live = find_synthesis(synthesis)
    waiting = studies.waiting_for(visitor(request)).filter(synthesis=live)
    if not studies.is_decider(visitor(request)):
        raise PermissionDenied
    form = DecideTogether(sent(request), studies=waiting)
    if form.is_valid():
        act, chosen = StudyAct(form.cleaned_data["act"]), list(form.cleaned_data["studies"])
        if _decided(request, form, chosen, act):
            return redirect("what_works:synthesis", live.permanent_id)
    states = dict.fromkeys(waiting.values_list("pk", flat=True), StudyState.APPROVED)
    preview, why_not = syntheses.would_change_or_why_not(live, states) if states else (None, "")
    context = {
        "form": form, "live": live, "waiting": waiting, "preview": preview, "why_not": why_not,
        "heading": "Decide on several studies", "button": "Decide", "trail": _trail(live),
    }  # fmt: skip
    return render(request, "what_works/studies/decide.html", context)
