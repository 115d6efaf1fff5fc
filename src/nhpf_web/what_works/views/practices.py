"""Reading practices: the list, a practice and its versions, files, exports, one's own work."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhpf_web.equality import queries as equality
from nhpf_web.organisations.queries import (
    communities_of,
    is_framework_editor,
    organisations_where,
    unread_of,
)
from nhpf_web.organisations.queries import (
    visible_to as organisations_of,
)
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works import queries
from nhpf_web.what_works.models import Attachment, Practice, Version
from nhpf_web.what_works.queries.innovation import stage_shown
from nhpf_web.what_works.rules import (
    BY_CODE,
    FIELDS,
    REPEATING,
    TYPES,
    WHOLE,
    Act,
    Answer,
    Chosen,
    Field,
    Group,
    Kind,
    State,
    answers,
    as_csv,
    as_json,
    chips,
    choose,
    group_of,
)
from nhpf_web.what_works.rules.innovation import LADDER, is_reached
from nhpf_web.what_works.views.asking import (
    PRACTICES,
    account,
    find,
    find_version,
    visitor,
)

ON_A_PAGE = 25
MOST_NOTICES = 5
HEADINGS = {
    "theme": "Theme",
    "area": "Area of focus",
    "prevention": "Prevention level",
    "toolkit": "Toolkit",
    "intervention": "Intervention",
    "subtype": "Kind of homicide",
    "finding": "What was found",
}
WRITING = {Act.CHANGE, Act.SUBMIT}


def _labels() -> dict[str, dict[str, str]]:
    offered = {name: dict(queries.options()[name]) for name in HEADINGS}
    # Assessors always say both what was found and how: nothing else is published.
    return offered | {"finding": {finding.code: finding.words for finding in WHOLE}}


def _tags(version: Version) -> dict[str, frozenset[str]]:
    held: dict[str, set[str]] = {"finding": {version.finding}}
    for tag in version.tags.all():
        held.setdefault(tag.vocabulary, set()).add(tag.value)
    return {name: frozenset(values) for name, values in held.items()}


@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """List what is published, narrowed by the filters in the address; stale entries come last."""
    labels = _labels()
    chosen = choose(dict(request.GET.lists()), known=labels)
    held = [(version, _tags(version)) for version in queries.published().prefetch_related("tags")]
    matched = [version for version, tags in held if answers(tags, chosen)]
    tagged = [tags for _, tags in held]
    context = {
        "chosen": chosen,
        "groups": _groups(labels, tagged, chosen),
        "chips": chips(chosen, labels),
        "page": Paginator(matched, ON_A_PAGE).get_page(request.GET.get("page")),
        "matched": len(matched),
        "total": len(held),
        "can_describe": organisations_where(visitor(request), Right.DESCRIBE_PRACTICE).exists(),
        "trail": PRACTICES[:1],
    }
    return render(request, "what_works/practices/list.html", context)


def _groups(
    labels: dict[str, dict[str, str]], tagged: list[dict[str, frozenset[str]]], chosen: Chosen
) -> list[Group]:
    return [
        group_of(name, heading=HEADINGS[name], labels=values, tagged=tagged, chosen=chosen)
        for name, values in labels.items()
    ]


@require_safe
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """Hand out everything that is published, or one's own organisations' practices."""
    own = queries.visible_to(visitor(request)).filter(
        practice__organisation__in=organisations_of(visitor(request))
    )
    rows = queries.rows_of(own if "mine" in request.GET else queries.published())
    text, kind = (
        (as_csv(rows), "text/csv") if ending == "csv" else (as_json(rows), "application/json")
    )
    return HttpResponse(
        text,
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="OFFICIAL-practices.{ending}"'},
    )


@require_safe
def practice(request: HttpRequest, practice: str) -> HttpResponse:
    """Show a practice; where it is no longer published, say what became of it."""
    held = find(practice)
    if held.permanent_id != practice:
        # The number alone finds it: but only for those who may know that it exists.
        seen = queries.version_to_show(held, visitor(request)) or queries.was_published(held)
        if seen:
            return redirect("what_works:practice", held.permanent_id, permanent=True)
    version = queries.version_to_show(held, visitor(request))
    if version is None:
        return _gone(request, held)
    return render(request, "what_works/practices/practice.html", shown(request, version))


def _gone(request: HttpRequest, held: Practice) -> HttpResponse:
    once = queries.was_published(held)
    if once is None:
        raise Http404
    context = {"version": once, "trail": PRACTICES}
    return render(request, "what_works/practices/gone.html", context)


@require_safe
def version(request: HttpRequest, practice: str, number: int) -> HttpResponse:
    """Show one version, as it was cited."""
    held = find_version(request, find(practice), number)
    return render(request, "what_works/practices/practice.html", shown(request, held))


def shown(request: HttpRequest, version: Version, *, is_preview: bool = False) -> dict[str, Any]:
    """Return what a practice's page shows this visitor."""
    user, held = visitor(request), version.practice
    acts = () if is_preview else queries.acts_of(user, version)
    remarks = queries.remarks_visible_to(user).filter(practice=held)
    return {
        "version": version,
        "practice": held,
        "is_preview": is_preview,
        "is_late": version.standing == State.REVIEW_DUE,
        "is_example": held.organisation.is_demonstration,
        "finding": BY_CODE.get(version.finding),
        "claimed": BY_CODE.get(str(version.answers.get("finding"))),
        "answers": {name: spoken(FIELDS[name], answer) for name, answer in _told(version)},
        "linked": _linked(version),
        "repeating": [_depths(version, step.fields, step.title) for step in REPEATING],
        "acts": [act for act in acts if act not in WRITING],
        "can_write": Act.CHANGE in acts,
        "can_begin_equality": Act.CONFIRM_EQUALITY in acts and queries.has_interest(
            account(request), version
        ),
        "equality": equality.about(queries.SUBJECT, version.label, user=user).filter(
            organisation=held.organisation
        ),
        "signed": queries.signed_assessment(version),
        "ratings": queries.ratings_visible_to(user, version),
        "progress": queries.progress(version),
        "objections": version.objections.all() if not _is_public_only(user, version) else [],
        "questions": remarks.filter(is_comment=False),
        "comments": remarks.filter(is_comment=True),
        "versions": queries.visible_to(user).filter(practice=held).order_by("-number"),
        "permanent_address": request.build_absolute_uri(f"/what-works/{held.permanent_id}/"),
        "trail": PRACTICES,
        **_innovation(version),
        **_uses(request, version),
    }  # fmt: skip


def _innovation(version: Version) -> dict[str, Any]:
    """Return where an assessed version stands between an idea and what is done everywhere."""
    if not version.published_at:
        return {}
    stage = stage_shown(version)
    return {
        "innovation": stage,
        "ladder": [(rung, is_reached(rung, stage)) for rung in LADDER],
    }


def _is_public_only(user: Any, version: Version) -> bool:
    return not queries.parties_of(user, version) and not (
        user.is_authenticated and queries.has_interest(user, version)
    )


def _told(version: Version) -> list[tuple[str, Answer]]:
    return [(name, answer) for name, answer in version.answers.items() if name in FIELDS]


def spoken(field: Field, answer: Answer) -> Any:
    """Return an answer in words: a choice as its words, several as a list of them."""
    if field.kind == Kind.ONE:
        return _labels_of(field).get(str(answer), answer)
    if field.kind == Kind.SEVERAL:
        return [_labels_of(field).get(one, one) for one in answer]
    return answer


def _labels_of(field: Field) -> dict[str, str]:
    return dict(queries.options()[field.options])


def _linked(version: Version) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the entries of the framework that a version is tagged with, with their addresses."""
    found = []
    for name in ("themes", "areas", "toolkits", "interventions"):
        field = FIELDS[name]
        ids = version.answers.get(name, ())
        links = [(queries.address(one), _labels_of(field).get(one, one)) for one in ids]
        found.append((field.label, links))
    return [(label, links) for label, links in found if links]


def _depths(version: Version, fields: tuple[Field, ...], title: str) -> dict[str, Any]:
    texts = [version.answers.get(field.name, "") for field in fields]
    return {"title": title, "sentence": texts[0], "deeper": [text for text in texts[1:] if text]}


def _uses(request: HttpRequest, version: Version) -> dict[str, Any]:
    """Return what others did with a practice, and what this visitor may do with it."""
    user, held = visitor(request), version.practice
    is_read = version.state == State.PUBLISHED and queries.readable().filter(pk=version.pk).exists()
    own = held.organisation.slug
    leads = organisations_where(user, Right.ADOPT_PRACTICE).exclude(slug=own)
    describes = organisations_where(user, Right.DESCRIBE_PRACTICE)
    adopted = held.adoptions.values("organisation")
    return {
        "adoptions": held.adoptions.select_related("organisation"),
        "replications": held.replications.select_related("organisation"),
        "can_adopt": is_read and leads.exclude(pk__in=adopted).exists(),
        "can_replicate": is_read and describes.exclude(slug=own).exists(),
        "can_ask": is_read and organisations_of(user).exclude(slug=own).exists(),
        "can_comment": is_read and communities_of(user).exclude(slug=own).exists(),
        "can_follow": is_read and organisations_of(user).exists(),
        "can_answer": describes.filter(slug=own).exists(),
        "is_followed": user.is_authenticated and held.follows.filter(user=user).exists(),
        "today": timezone.localdate(),
    }


@require_safe
def download(request: HttpRequest, practice: str, number: int, file_id: int) -> FileResponse:
    """Hand out a file of a published version, as a download and nothing else."""
    version = find_version(request, find(practice), number)
    held = get_object_or_404(
        Attachment, pk=file_id, version=version, is_released=True,
        version__in=queries.readable(),
    )  # fmt: skip
    return FileResponse(
        held.content.open("rb"),
        as_attachment=True,
        filename=f"OFFICIAL-{held.name}",
        content_type=TYPES[held.kind],
        headers={"Content-Security-Policy": "default-src 'none'; sandbox"},
    )


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person."""
    user = account(request)
    context = {
        "work": queries.work_of(user),
        "overdue_mitigations": equality.overdue_for(user),
        "lapsed_assessments": equality.lapsed_for(user),
        "unread": unread_of(user)[:MOST_NOTICES],
        "is_editor": is_framework_editor(user),
        "can_describe": organisations_where(user, Right.DESCRIBE_PRACTICE).exists(),
        "today": timezone.localdate(),
        "trail": PRACTICES,
    }
    return render(request, "what_works/practices/mine.html", context)
