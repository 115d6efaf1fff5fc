"""Writing a practice: begin, one step at a time, what is left, check, preview, files, import."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from nhpf.errors import InvalidInput, NhpfError, NotPermitted
from nhpf_web.core.views import signed_in
from nhpf_web.organisations.queries import organisations_where
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works import actions, queries
from nhpf_web.what_works.forms import AddFile, Begin, ImportFile, StepForm
from nhpf_web.what_works.models import Version
from nhpf_web.what_works.rules import (
    FIELDS,
    REPEATING,
    STEPS,
    Act,
    Answer,
    Step,
    is_begun,
    read_rows,
    step,
    step_after,
    unanswered,
)
from nhpf_web.what_works.views.asking import (
    PRACTICES,
    account,
    find,
    sent,
    sent_files,
    trail_to,
    version_for,
    visitor,
)
from nhpf_web.what_works.views.practices import shown, spoken

either = require_http_methods(["GET", "HEAD", "POST"])
MINUTES = 20
# What a link may say that a new practice is about, each on a step of its own.
ABOUT = ("prevention", "areas", "subtypes")


def _own(request: HttpRequest) -> Any:
    """Return the organisations for which this person describes practices."""
    found = organisations_where(visitor(request), Right.DESCRIBE_PRACTICE)
    if not found:
        raise PermissionDenied
    return found


@either
@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a practice with its title; what an address says it is about is kept with it."""
    form = Begin(sent(request), organisations=_own(request))
    if form.is_valid():
        version = actions.begin(
            organisation=form.cleaned_data["organisation"].slug,
            title=form.cleaned_data["title"],
            by=account(request),
        )
        for held, values in _about(request):
            actions.save_step(version, held, values, by=account(request))
        return redirect("what_works:write", version.practice.permanent_id)
    about = [spoken(FIELDS[name], said) for _, values in _about(request)
             for name, said in values.items()]  # fmt: skip
    context = {
        "form": form,
        "trail": PRACTICES,
        "minutes": MINUTES,
        "steps": STEPS,
        "about": [words for said in about for words in said],
    }
    return render(request, "what_works/practices/begin.html", context)


def _about(request: HttpRequest) -> list[tuple[Step, dict[str, Answer]]]:
    """Return the steps whose answers the address gives: what a link from a gap is about."""
    found = []
    for name in ABOUT:
        known = queries.options()[FIELDS[name].options]
        if said := [one for one in request.GET.getlist(name) if one in known]:
            held = next(one for one in STEPS if FIELDS[name] in one.fields)
            answers: dict[str, Answer] = {name: said}
            found.append((held, answers))
    return found


def _task(version: Version, held: Step) -> dict[str, Any]:
    missing = {field.name for field in unanswered(version.answers)}
    is_done = not missing & {field.name for field in held.fields}
    begun = is_begun(held, version.answers)
    return {
        "step": held,
        "is_done": is_done and begun,
        "words": ("Completed" if begun else "Optional")
        if is_done
        else ("Begun" if begun else "Not started"),
    }


@require_safe
@signed_in
def write(request: HttpRequest, practice: str) -> HttpResponse:
    """Show every step of the form and what is left."""
    version = version_for(request, find(practice), Act.CHANGE)
    tasks = [_task(version, held) for held in STEPS]
    left = [task for task in tasks if task["words"] in ("Not started", "Begun")]
    context = {
        "version": version,
        "next": left[0]["step"] if left else None,
        "untouched": len(left) == len(tasks) or not any(version.answers.values()),
        "bank": [task for task in tasks if task["step"] not in REPEATING],
        "repeating": [task for task in tasks if task["step"] in REPEATING],
        "left": len(left),
        "trail": trail_to(version),
    }
    return render(request, "what_works/practices/write.html", context)


@either
@signed_in
def write_step(request: HttpRequest, practice: str, step_slug: str) -> HttpResponse:
    """Ask one step's questions and keep the answers."""
    held = step(step_slug)
    if held is None:
        raise Http404
    version = version_for(request, find(practice), Act.CHANGE)
    form = StepForm(sent(request), step=held, answers=version.answers)
    if form.is_valid() and _kept(request, version, held, form):
        return _onward(request, version, held)
    context = {
        "form": form,
        "step": held,
        "version": version,
        "number": STEPS.index(held) + 1,
        "total": len(STEPS),
        "left": len(unanswered(version.answers)),
        "trail": [*trail_to(version), ("What is left", _address(version, "write/"))],
    }
    return render(request, "what_works/practices/step.html", context)


def _kept(request: HttpRequest, version: Version, held: Step, form: StepForm) -> bool:
    try:
        actions.save_step(version, held, form.answers(), by=account(request))
    except (InvalidInput, NotPermitted) as fault:
        form.add_error(None, str(fault))
        return False
    return True


def _onward(request: HttpRequest, version: Version, held: Step) -> HttpResponse:
    """Lead on to the next step, or to the list of steps where the person wants to stop."""
    messages.success(request, f"Saved: {held.title}.")
    after = step_after(held.slug)
    if "stop" in request.POST or after is None:
        return redirect("what_works:write", version.practice.permanent_id)
    return redirect("what_works:write_step", version.practice.permanent_id, after.slug)


def _address(version: Version, rest: str) -> str:
    return f"/what-works/{version.practice.permanent_id}/{rest}"


@either
@signed_in
def check(request: HttpRequest, practice: str) -> HttpResponse:
    """Show every answer before the practice is submitted."""
    version = version_for(request, find(practice), Act.SUBMIT)
    fault = ""
    if request.method == "POST":
        try:
            actions.submit(version, by=account(request))
        except (InvalidInput, NotPermitted) as refusal:
            fault = str(refusal)
        else:
            messages.success(request, "Submitted. An editor now asks two assessors.")
            return redirect("what_works:practice", version.practice.permanent_id)
    context = {
        "version": version,
        "steps": [(held, _answers(version, held)) for held in STEPS],
        "missing": unanswered(version.answers),
        "fault": fault,
        "trail": [*trail_to(version), ("What is left", _address(version, "write/"))],
    }
    return render(request, "what_works/practices/check.html", context)


def _answers(version: Version, held: Step) -> list[tuple[Any, Any]]:
    return [(field, spoken(field, version.answers.get(field.name, ""))) for field in held.fields]


@require_safe
@signed_in
def preview(request: HttpRequest, practice: str) -> HttpResponse:
    """Show a draft as readers would see it."""
    version = version_for(request, find(practice), Act.CHANGE)
    context = shown(request, version, is_preview=True)
    return render(request, "what_works/practices/practice.html", context)


@either
@signed_in
def add_file(request: HttpRequest, practice: str) -> HttpResponse:
    """Take a file into quarantine."""
    version = version_for(request, find(practice), Act.CHANGE)
    form = AddFile(sent(request), sent_files(request))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.attach(version, name=file.name, content=file.read(), by=account(request))
        except NhpfError as fault:
            form.add_error("file", str(fault))
        else:
            messages.success(request, "The file is kept. Nobody can open it before publication.")
            return redirect("what_works:write", version.practice.permanent_id)
    context = {
        "form": form,
        "heading": "Add a file",
        "button": "Add this file",
        "trail": [*trail_to(version), ("What is left", _address(version, "write/"))],
    }
    return render(request, "what_works/practices/form.html", context)


@require_http_methods(["POST"])
@signed_in
def remove_file(request: HttpRequest, practice: str, file_id: int) -> HttpResponse:
    """Take a file out of a draft."""
    version = version_for(request, find(practice), Act.CHANGE)
    actions.detach(get_object_or_404(version.attachments, pk=file_id), by=account(request))
    messages.success(request, "The file is removed.")
    return redirect("what_works:write", version.practice.permanent_id)


@either
@signed_in
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring practices in from a file, as drafts."""
    form = ImportFile(sent(request), sent_files(request), organisations=_own(request))
    if form.is_valid():
        new = _brought_in(request, form)
        if new is not None:
            messages.success(request, f"{new} practice{'s' * (new != 1)} came in as drafts.")
            return redirect("what_works:mine")
    context = {
        "form": form,
        "heading": "Bring practices in from a file",
        "button": "Bring them in",
        "trail": PRACTICES,
    }
    return render(request, "what_works/practices/form.html", context)


def _brought_in(request: HttpRequest, form: BaseForm) -> int | None:
    file, organisation = form.cleaned_data["file"], form.cleaned_data["organisation"]
    ending = "json" if str(file.name).casefold().endswith(".json") else "csv"
    try:
        rows = read_rows(file.read().decode("utf-8-sig"), ending=ending)
        new = actions.import_practices(rows, organisation=organisation.slug, by=account(request))
    except UnicodeDecodeError:
        form.add_error("file", "The file is not written in UTF-8.")
    except (InvalidInput, NotPermitted) as fault:
        form.add_error("file", str(fault))
    else:
        return len(new)
    return None
