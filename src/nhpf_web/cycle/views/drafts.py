"""The working draft: writing, preview, revisions compared, scheduling, renaming."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from nhpf.framework import Assessment, Entry, Outcome, Source
from nhpf.framework.entries import KINDS
from nhpf_web.cycle.actions import drafts as actions
from nhpf_web.cycle.forms.drafts import (
    PART_FORMS,
    AddRecord,
    PartForm,
    RenameRecord,
    Schedule,
    SourceForm,
)
from nhpf_web.cycle.forms.outcomes import OutcomeForm
from nhpf_web.cycle.models import Record, Revision
from nhpf_web.cycle.queries import drafts as queries
from nhpf_web.cycle.queries.entries import parts_of
from nhpf_web.cycle.rules.editions import ENTRY_PARTS, Part, entry_part
from nhpf_web.cycle.views.steps import HOME, account, attempt, either, need, step
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.rules import KIND_NAMES

DRAFT = ("Working draft", "/how-we-are-doing/draft/")
TRAIL = [HOME, ("Editions", "/how-we-are-doing/editions/"), DRAFT]
OTHER_KINDS = {"source": "Sources", "assessment": "Assessments"}


@require_safe
@login_required
def draft(request: HttpRequest) -> HttpResponse:
    """List the working draft by kind, with what would keep it from being frozen."""
    need(request, Right.KEEP_FRAMEWORK)
    row = queries.being_written()
    edition = queries.draft_edition(row)
    kinds = {kind: names[1] for kind, names in KIND_NAMES.items()}
    context = {
        "row": row,
        "kinds": [(name, edition.of_kind(kind)) for kind, name in kinds.items()],
        "sources": list(edition.sources.values()),
        "faults": queries.faults_of(edition) if row else (),
        "trail": TRAIL[:-1],
    }
    return render(request, "cycle/draft.html", context)


def _find(request: HttpRequest, identity: str) -> Record:
    """Return a record of the draft; to those who do not write it there is none."""
    return get_object_or_404(queries.visible_to(request.user), identity=identity)


def _trail(record: Record) -> list[tuple[str, str]]:
    return [*TRAIL, (record.identity, f"/how-we-are-doing/draft/{record.identity}/")]


@require_safe
@login_required
def record(request: HttpRequest, identity: str) -> HttpResponse:
    """Show a record as it stands in the draft, and its revisions."""
    need(request, Right.KEEP_FRAMEWORK)
    held = _find(request, identity)
    now = queries.held_by(queries.latest(held))
    is_entry = isinstance(now, Entry)
    context = {
        "record": held,
        "now": now,
        "is_entry": is_entry,
        "parts": parts_of(now) if isinstance(now, Entry) else [],
        "outcomes": outcomes_of(now) if isinstance(now, Entry) else (),
        "changeable": _changeable(now),
        "revisions": list(held.revisions.order_by("-number")),
        "trail": TRAIL,
    }
    return render(request, "cycle/record.html", context)


def _changeable(held: Entry | Source | Assessment) -> list[Part]:
    match held:
        case Entry():
            return [
                part
                for part in ENTRY_PARTS
                if part.slug not in ("evidence", "emmie") or held.kind == "intervention"
            ]
        case Source():
            return [Part("source", "Source", "Readers open it from every fact that rests on it.")]
    return []


@either
@login_required
def change(request: HttpRequest, identity: str, part_slug: str) -> HttpResponse:
    """Change one part, after a preview if asked for."""
    need(request, Right.KEEP_FRAMEWORK)
    held = _find(request, identity)
    now = queries.held_by(queries.latest(held))
    if isinstance(now, Source) and part_slug == "source":
        return _change_source(request, held, now)
    part = entry_part(part_slug)
    if part is None or not isinstance(now, Entry) or part not in _changeable(now):
        raise Http404
    form = PART_FORMS[part_slug](request.POST or None, entry=now, edition=queries.draft_edition())
    if "preview" in request.POST:
        shown = form.changed() if form.is_valid() else None
        return _page(request, form, held, part, preview=shown)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        actions.revise(held, form.changed(), by=account(request), reason=reason)

    if attempt(form, act):
        messages.success(request, f"Saved: {part.title}.")
        return redirect("cycle:record", identity)
    return _page(request, form, held, part)


def _page(
    request: HttpRequest, form: PartForm, held: Record, part: Part, preview: Entry | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "record": held,
        "part": part,
        "preview": preview,
        "parts": parts_of(preview) if preview else [],
        "trail": _trail(held),
    }
    return render(request, "cycle/change.html", context)


@either
@login_required
def outcome(request: HttpRequest, identity: str, row: int) -> HttpResponse:
    """Change, add or remove one outcome of an intervention's evidence."""
    need(request, Right.KEEP_FRAMEWORK)
    held = _find(request, identity)
    now = queries.held_by(queries.latest(held))
    if not isinstance(now, Entry) or now.kind != "intervention" or row > len(outcomes_of(now)):
        raise Http404
    form = OutcomeForm(request.POST or None, entry=now, edition=queries.draft_edition(), row=row)

    def act() -> None:
        actions.revise(held, form.changed(), by=account(request), reason="An outcome")

    if attempt(form, act):
        messages.success(request, "The outcome is saved.")
        return redirect("cycle:record", identity)
    why = "What was found for one outcome; null and harmful results are listed like the others."
    heading = f"Outcome: {now.title}"
    return step(request, form, heading=heading, why=why, trail=_trail(held))


def outcomes_of(entry: Entry) -> tuple[Outcome, ...]:
    """Return the outcomes of an entry's evidence."""
    return entry.evidence.outcomes if entry.evidence else ()


def _change_source(request: HttpRequest, held: Record, now: Source) -> HttpResponse:
    initial = {name: getattr(now, name) for name in ("title", "publisher", "year", "url", "note")}
    form = SourceForm(request.POST or None, initial=initial)
    by = account(request)
    if attempt(form, lambda: actions.revise(held, form.source(now.id), by=by)):
        messages.success(request, "Saved: the source.")
        return redirect("cycle:record", held.identity)
    why = "Readers open it from every fact that rests on it."
    return step(request, form, heading=now.title, why=why, trail=_trail(held))


@either
@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Add an entry or a source."""
    need(request, Right.KEEP_FRAMEWORK)
    form = AddRecord(request.POST or None)

    def act() -> None:
        said = form.cleaned_data
        made = _blank(said["kind"], said["identity"], said["title"])
        actions.add(said["kind"], made, by=account(request))

    if attempt(form, act):
        messages.success(request, "It is in the draft. Write its parts.")
        return redirect("cycle:record", form.cleaned_data["identity"])
    why = "Until its parts are written and checked it keeps an edition from being frozen."
    return step(request, form, heading="Add to the draft", why=why, trail=TRAIL, button="Add")


def _blank(kind: str, identity: str, title: str) -> Entry | Source:
    if kind == "source":
        return Source(identity, title, publisher="", year="")
    prefix, parts = KINDS[kind]
    return Entry(
        id=identity, kind=kind, title=title, slug=identity.removeprefix(prefix), summary="",
        order=99, text=dict.fromkeys(parts, ""), owner="", checker="", review_due=date.max,
    )  # fmt: skip


@either
@login_required
def rename(request: HttpRequest, identity: str) -> HttpResponse:
    """Give an entry another permanent id."""
    need(request, Right.KEEP_FRAMEWORK)
    held = _find(request, identity)
    if held.kind not in KINDS:
        raise Http404
    form = RenameRecord(request.POST or None)
    if attempt(form, lambda: actions.rename(held, **form.cleaned_data, by=account(request))):
        messages.success(request, "The id is changed; the old one leads to it.")
        return redirect("cycle:record", form.cleaned_data["identity"])
    why = "Every link follows, and every page that names the old id still opens."
    return step(request, form, heading=f"Rename {identity}", why=why, trail=_trail(held))


def _revision(held: Record, number: int) -> Revision:
    return get_object_or_404(held.revisions, number=number)


@either
@login_required
def schedule(request: HttpRequest, identity: str, number: int) -> HttpResponse:
    """Say from which day readers see a revision."""
    need(request, Right.KEEP_FRAMEWORK)
    held = _find(request, identity)
    revision = _revision(held, number)
    form = Schedule(request.POST or None)
    by = account(request)
    if attempt(form, lambda: actions.schedule(revision, **form.cleaned_data, by=by)):
        messages.success(request, "Readers see it from that day.")
        return redirect("cycle:record", identity)
    why = "Before that day readers see what stood; an edition published earlier leaves it out."
    heading = f"Schedule revision {number} of {identity}"
    return step(request, form, heading=heading, why=why, trail=_trail(held))


@require_safe
@login_required
def compare(request: HttpRequest, identity: str) -> HttpResponse:
    """Compare two revisions of a record, field by field."""
    need(request, Right.KEEP_FRAMEWORK)
    held = _find(request, identity)
    try:
        chosen = [_revision(held, int(request.GET.get(name, ""))) for name in ("before", "after")]
    except ValueError:
        raise Http404 from None
    context = {
        "record": held,
        "before": chosen[0],
        "after": chosen[1],
        "changes": queries.changes_between(*chosen),
        "trail": _trail(held),
    }
    return render(request, "cycle/compare_revisions.html", context)
