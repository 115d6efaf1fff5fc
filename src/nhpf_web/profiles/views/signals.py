"""Signals: of all that is watched, of one place, one by one, as a feed; and the backtest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from nhpf.reports.charts import draw
from nhpf_web.organisations.queries import organisations_where
from nhpf_web.organisations.rules import Right
from nhpf_web.profiles import rules
from nhpf_web.profiles.queries import looks, place_with_code
from nhpf_web.profiles.queries import signals as queries
from nhpf_web.profiles.queries.places import Place
from nhpf_web.profiles.views.outputs import TRAIL

if TYPE_CHECKING:
    from nhpf.signals import Bulletin, Signal

HERE = "/what-happens/signals/"
MOST = 5


@require_safe
@gzip_page
def signals(request: HttpRequest) -> HttpResponse:
    """Show the latest months of every force in which anything can be watched."""
    held = [(place, queries.bulletins_of(place)) for place in queries.watched_places()]
    context = _list(request, held) | {"place": None, "trail": [TRAIL]}
    return render(request, "profiles/signals.html", context)


@require_safe
@gzip_page
def signals_of(request: HttpRequest, place: str) -> HttpResponse:
    """Show the latest months of one place, with those below it."""
    held = place_or_redirect(request, place)
    if isinstance(held, HttpResponse):
        return held
    trail = [TRAIL, (held.name, held.address)]
    context = _list(request, [(held, queries.bulletins_of(held))])
    return render(request, "profiles/signals.html", context | {"place": held, "trail": trail})


def place_or_redirect(request: HttpRequest, place: str) -> Place | HttpResponse:
    """Return the place of an address, or the answer that leads to its one address."""
    held = place_with_code(rules.code_in(place) or "")
    if held is None:
        raise Http404
    canonical = rules.place(held.code, held.name)
    if place == canonical:
        return held
    return redirect(request.get_full_path().replace(place, canonical, 1), permanent=True)


def _list(request: HttpRequest, held: list[tuple[Place, tuple[Bulletin, ...]]]) -> dict[str, Any]:
    found = looks.findings_by_signal(request.user)
    parts = [
        {
            "place": place,
            "latest": bulletins[0] if bulletins else None,
            "months": [_month(each, found) for each in bulletins],
            "clusters": _clusters(place, bulletins),
            "unwatched": _reasons(bulletins),
        }
        for place, bulletins in held
    ]
    return {
        "parts": parts,
        "own": looks.visible_to(request.user)[:20],
        "may_look": organisations_where(request.user, Right.LOOK_AT_SIGNAL).exists(),
        "most": MOST,
    }


def _month(bulletin: Bulletin, found: dict[str, list[Any]]) -> dict[str, Any]:
    rows = [(each, found.get(each.id, [])) for each in bulletin.signals]
    return {"bulletin": bulletin, "rows": rows}


def _clusters(place: Place, bulletins: tuple[Bulletin, ...]) -> Any:
    if not bulletins:
        return None
    latest = bulletins[0]
    return queries.clusters_of(place, month=latest.month, room=MOST - len(latest.signals))


def _reasons(bulletins: Iterable[Bulletin]) -> list[tuple[str, int]]:
    """Return why indicators are not watched, and how many areas and indicators each concerns."""
    for each in bulletins:
        return sorted(Counter(one.reason for one in each.unwatched).items())
    return []


def found_or_404(signal_id: str) -> queries.FoundSignal:
    """Return the signal of an address."""
    found = queries.signal_with(signal_id)
    if found is None:
        raise Http404
    return found


@require_safe
@gzip_page
def signal(request: HttpRequest, signal_id: str) -> HttpResponse:
    """Show one signal with its chart, its check-list and, to one's own people, what was found."""
    found = found_or_404(signal_id)
    held = found.signal
    chart = held.figure.chart
    context = {
        "signal": held,
        "figure": held.figure,
        "place": found.place,
        "chart": chart
        and draw(chart, id="signal", title=held.sentence, description=held.figure.reading),
        "facts": facts(held),
        "looks": looks.found_about(request.user, held.id),
        "may_look": organisations_where(request.user, Right.LOOK_AT_SIGNAL).exists(),
        "trail": [TRAIL, ("Signals", HERE), (found.place.name, f"{found.place.address}signals/")],
    }
    return render(request, "profiles/signal.html", context)


def facts(held: Signal) -> list[tuple[str, str]]:
    """Return what stands beside the chart of a signal, each with its label."""
    from nhpf.reports.numerals import number
    from nhpf.reports.words import cell
    from nhpf.signals.watch import NAMES

    ratio = "not shown" if held.ratio is None else cell(held.ratio, "ratio")
    delay = f"{number(held.delay, 1)} {held.step}s" if math.isfinite(held.delay) else "not found"
    return [
        ("Recorded", cell(held.observed, "count")),
        ("Expected", number(held.expected, 1)),
        ("Recorded over expected", f"{ratio} over {held.span} {held.step}{'s' * (held.span > 1)}"),
        ("Watched by", f"{NAMES[held.detector]}. {held.because}"),
        ("False alarms as set", f"one in {number(held.run, 0)} {held.step}s at most"),
        ("A rise of a half is found after", f"{delay} on average"),
    ]


@require_safe
def feed(request: HttpRequest, place: str = "") -> HttpResponse:
    """Send the public signals of a place, or of all forces, as an Atom feed."""
    if place:
        held = place_or_redirect(request, place)
        if isinstance(held, HttpResponse):
            return held
        chosen, address, title = [held], f"{held.address}signals/", f"Signals in {held.name}"
    else:
        chosen, address, title = list(queries.watched_places()), HERE, "Signals"
    base = settings.NHPF_ADDRESS
    made = Atom1Feed(
        title=f"{title}: National Homicide Prevention Framework",
        link=f"{base}{address}",
        description="What was higher than its past explains; a reason to look, not a finding.",
        feed_url=f"{base}{request.path}",
        language="en-gb",
        author_name="National Homicide Prevention Framework",
        feed_guid=f"urn:nhpf:signals:{place or 'all'}",
    )
    for each in [
        one for area in chosen for month in queries.bulletins_of(area) for one in month.signals
    ]:
        when = datetime(each.month.year, each.month.month, 1, tzinfo=UTC)
        made.add_item(
            title=each.sentence,
            link=f"{base}{HERE}{each.id}/",
            description=each.figure.reading,
            unique_id=f"urn:nhpf:signal:{each.id}",
            pubdate=when,
            updateddate=when,
        )
    return HttpResponse(
        made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


@require_safe
@gzip_page
def backtest(request: HttpRequest) -> HttpResponse:
    """Show how the detectors did: the newest backtest here, else the one that was shipped."""
    from nhpf.signals.backtest_tables import tables_of

    kept = queries.latest_backtest()
    shipped = queries.shipped_backtest()
    result = kept.result if kept else shipped["result"]
    context = {
        "kept": kept,
        "shipped": shipped,
        "result": result,
        "tables": [(title, _headed(rows)) for title, rows in tables_of(result)],
        "trail": [TRAIL, ("Signals", HERE)],
    }
    return render(request, "profiles/backtest.html", context)


def _headed(rows: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "headings": [key.replace("_", " ").capitalize() for key in rows[0]] if rows else [],
        "rows": [list(row.values()) for row in rows],
    }
