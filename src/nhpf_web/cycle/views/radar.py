"""The radar: which practices spread before anybody independent has tested them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from nhpf.reports.charts import draw
from nhpf.reports.charts.specs import DotWhiskers, Point
from nhpf_web.cycle.queries import radar as queries
from nhpf_web.cycle.queries.radar import Blip
from nhpf_web.cycle.queries.returns import harmless
from nhpf_web.cycle.views.files import csv_file
from nhpf_web.cycle.views.steps import HOME
from nhpf_web.organisations.queries import may
from nhpf_web.organisations.rules import OWNER_SLUG, Right
from nhpf_web.what_works.queries import coverage, innovation
from nhpf_web.what_works.rules.innovation import LADDER, WATCHED

ON_A_PAGE = 25
COLUMNS = (
    "practice", "title", "stage", "areas_and_subtypes", "national_direction", "forces",
    "forces_last_12_months", "forces_before", "organisations_from_register", "outcome",
    "smallest_fall_seen", "next_step_needs",
)  # fmt: skip


@require_safe
@gzip_page
def radar(request: HttpRequest) -> HttpResponse:
    """Show the practices by area of focus, with how far they spread and what a trial would see."""
    said = queries.mentions()
    page = Paginator(queries.in_order(said), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = queries.blips(list(page.object_list), said)
    can_call = _can_call(request)
    context = {
        "page": page,
        "rows": [(one, _next(one, can_call=can_call)) for one in shown],
        "chart": _chart(shown),
        "alone": max(0, innovation.count_unsettled() - page.paginator.count),
        "ladder": LADDER,
        "can_call": can_call,
        "holds_examples": coverage.holds_examples(),
        "trail": [HOME],
    }
    return render(request, "cycle/radar.html", context)


def _can_call(request: HttpRequest) -> bool:
    """Whether the next step is offered as a call: also to whoever may yet sign in."""
    is_known = request.user.is_authenticated
    return not is_known or may(request.user, Right.CALL_FOR_RESEARCH, organisation=OWNER_SLUG)


def _next(blip: Blip, *, can_call: bool) -> str:
    about = {"about": blip.practice.permanent_id, "from": "radar"}
    form = reverse("what_works:begin_call" if can_call else "what_works:ask_question")
    return f"{form}?{urlencode(about)}"


def _chart(shown: Sequence[Blip]) -> dict[str, str] | None:
    """Draw a dot for each practice shown: stage by stage, by the number of forces that do it."""
    if not shown:
        return None
    points = tuple(
        Point(f"{str(stage).capitalize()}: {one.practice.title}", one.forces, emphasis=True)
        for stage in WATCHED
        for one in shown
        if one.stage.stage == stage
    )
    title = "Forces that do each practice, by its stage"
    reading = "; ".join(
        f"{stage}: {len(held)} practice{'s' * (len(held) != 1)}, in at most {max(held)} forces"
        for stage in WATCHED
        if (held := [one.forces for one in shown if one.stage.stage == stage])
    )
    chart = DotWhiskers(points, unit="forces", reference=0.0)
    svg = draw(chart, id="radar", title=title, description=f"{reading}.")
    return {"title": title, "reading": f"{reading[0].upper()}{reading[1:]}.", "svg": svg}


@require_safe
def radar_csv(_request: HttpRequest) -> HttpResponse:
    """Give the whole radar as CSV: one row a practice and outcome."""
    rows = [row for one in queries.every_blip(queries.mentions()) for row in _rows(one)]
    return csv_file([COLUMNS, *rows], name="radar")


def _rows(blip: Blip) -> list[list[Any]]:
    following = blip.stage.following
    return [
        [
            blip.practice.permanent_id,
            harmless(blip.practice.title),
            str(blip.stage.stage),
            "; ".join(one.title for one in blip.aims),
            "; ".join(f"{one.title}: {one.direction}" for one in blip.aims),
            blip.forces,
            blip.recent,
            blip.before,
            blip.mentions,
            sight.outcome,
            "" if sight.smallest is None else round(sight.smallest, 3),
            following.needs if following else "",
        ]
        for sight in blip.sights
    ]
