"""Editions side by side: each page as it was, what changed, and freezing the next one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from nhpf.framework import Edition, compare_editions, edition_files
from nhpf_web.cycle.actions import editions as actions
from nhpf_web.cycle.forms.drafts import EditionHeader
from nhpf_web.cycle.models import Edition as Row
from nhpf_web.cycle.queries import drafts, entries
from nhpf_web.cycle.queries import editions as queries
from nhpf_web.cycle.views.drafts import TRAIL as DRAFT_TRAIL
from nhpf_web.cycle.views.steps import HOME, account, attempt, either, need, step
from nhpf_web.equality.queries import is_published
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.queries.emmie import emmie_shown
from nhpf_web.what_works.rules import KIND_NAMES

TRAIL = [HOME, ("Editions", "/how-we-are-doing/editions/")]


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """List the editions that stand, with ways to compare them."""
    context = {
        "editions": queries.standing(),
        "can_keep": drafts.may_keep(request.user),
        "trail": [HOME],
    }
    return render(request, "cycle/editions.html", context)


def _named(name: str) -> Edition:
    if name not in queries.standing_names():
        raise Http404
    return queries.edition_named(name)


@require_safe
@gzip_page
def edition(request: HttpRequest, edition_name: str) -> HttpResponse:
    """List the entries of one edition."""
    held = _named(edition_name)
    kinds = [(names[1], held.of_kind(kind)) for kind, names in KIND_NAMES.items()]
    context = {
        "held": held,
        "kinds": kinds,
        "is_assessed": is_published(f"edition-{edition_name}"),
        "trail": TRAIL,
    }
    return render(request, "cycle/edition.html", context)


@require_safe
def files(_request: HttpRequest, edition_name: str) -> HttpResponse:
    """Give an edition's files; the same edition gives the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for file, text in edition_files(_named(edition_name)).items():
            # Without a day of its own, so that nothing but the edition is in the bytes.
            archive.writestr(ZipInfo(f"{edition_name}/{file}"), text, compress_type=ZIP_DEFLATED)
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="nhpf-edition-{edition_name}.zip"'
    return answer


@require_safe
@gzip_page
def entry(request: HttpRequest, edition_name: str, entry_id: str) -> HttpResponse:
    """Show an entry as one edition has it; an id of an earlier edition leads to it."""
    held = _named(edition_name)
    now = held.resolve(entry_id)
    if now != entry_id and now in held.entries:
        return redirect("cycle:entry", edition_name, now)
    if now not in held.entries:
        raise Http404
    own = (f"Edition {edition_name}", f"/how-we-are-doing/editions/{edition_name}/")
    context = {"as_at": None, "trail": [*TRAIL, own]}
    return _entry_page(request, queries.Seen(held.entries[now], held, None), context)


@require_safe
@gzip_page
def entry_as_at(request: HttpRequest, entry_id: str) -> HttpResponse:
    """Show an entry as readers saw it on a day: ``?as-at=2027-03-31``, else today."""
    day = _day(request.GET.get("as-at", ""))
    seen = queries.seen_on(entry_id, day)
    if seen is None:
        first = queries.standing()[0]
        context = {"day": day, "first": first, "entry_id": entry_id, "trail": TRAIL}
        return render(request, "cycle/not_yet.html", context, status=404)
    return _entry_page(request, seen, {"as_at": day, "trail": TRAIL})


def _day(text: str) -> date:
    if not text:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _entry_page(
    request: HttpRequest, seen: queries.Seen, context: Mapping[str, object]
) -> HttpResponse:
    held = seen.entry
    outcomes, ratings = entries.findings_of(held, seen.edition)
    shown = {
        "outcomes": outcomes,
        "ratings": ratings,
        "rests_on": entries.rests_on(held, seen.edition),
        "emmie": emmie_shown(held, seen.edition),
        "seen": seen,
        "entry": held,
        "parts": entries.parts_of(held),
        "facts": entries.facts_of(held, seen.edition),
        "related": entries.related_in(held, seen.edition),
        "others": queries.standing(),
    }
    return render(request, "cycle/entry.html", {**shown, **context})


@require_safe
@gzip_page
def compare(request: HttpRequest) -> HttpResponse:
    """Say what changed from one edition to another."""
    names = [one.name for one in queries.standing()]
    ends = {"before": names[0], "after": names[-1]}
    asked = [request.GET.get(one, end) for one, end in ends.items()]
    if not set(asked) <= set(names):
        raise Http404
    before, after = (queries.edition_named(name) for name in asked)
    context = {
        "before": before,
        "after": after,
        "found": compare_editions(before, after),
        "trail": TRAIL,
    }
    return render(request, "cycle/compare_editions.html", context)


@either
@login_required
def header(request: HttpRequest) -> HttpResponse:
    """Begin the next edition, or change its header."""
    need(request, Right.KEEP_FRAMEWORK)
    row = drafts.being_written()
    form = EditionHeader(request.POST or None, instance=row)

    def act() -> None:
        actions.write_header(**form.cleaned_data, by=account(request))

    if attempt(form, act):
        messages.success(request, "The edition’s header is saved.")
        return redirect("cycle:draft")
    why = "The draft becomes this edition when it is frozen."
    heading = "The next edition"
    return step(request, form, heading=heading, why=why, trail=DRAFT_TRAIL)


@either
@login_required
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the edition that is being written."""
    need(request, Right.KEEP_FRAMEWORK)
    row = drafts.being_written()
    if row is None:
        raise Http404
    form = Form(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: actions.freeze(row, by=account(request))):
        messages.success(request, f"Edition {row.name} stands for ever.")
        return redirect("cycle:edition", row.name)
    return step(
        request, form, heading=f"Freeze edition {row.name}", why=_what_is_missing(row),
        trail=DRAFT_TRAIL, button="Freeze for ever",
    )  # fmt: skip


def _what_is_missing(row: Row) -> str:
    faults = len(drafts.faults_of(drafts.draft_edition(row)))
    said = [
        ""
        if is_published(f"edition-{row.name}")
        else "No signed equality assessment of it stands.",
        f"The check finds {faults} fault{'s' if faults > 1 else ''}." if faults else "",
    ]
    missing = " ".join(filter(None, said))
    return missing or "It is written as files and never changed again. The next edition follows it."
