"""The moves of a version by page: each act of the table is one address with one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nhpf.errors import NhpfError
from nhpf_web.core.views import signed_in
from nhpf_web.organisations.queries import Account
from nhpf_web.what_works import actions
from nhpf_web.what_works.forms import FORMS
from nhpf_web.what_works.models import Version
from nhpf_web.what_works.rules import Act
from nhpf_web.what_works.views.asking import account, find, sent, trail_to, version_for

Does = Callable[[Version, Account, Mapping[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says before an act, on its button and after it."""

    heading: str
    why: str
    button: str
    done: str
    does: Does


def _with(action: Callable[..., object], **fixed: Any) -> Does:
    return lambda version, by, given: action(version, **fixed, by=by, **given)


def _on(action: Callable[..., object], act: Act) -> Does:
    return lambda version, by, given: action(version, act, by=by, **given)


PAGES: Mapping[Act, Page] = {
    Act.SEND_BACK: Page(
        "Send it back to its writers", "It becomes their draft again, with your reason on it.",
        "Send it back", "It is a draft again.", _with(actions.send_back),
    ),
    Act.ASSIGN: Page(
        "Choose assessors", "They do not see each other’s answers until both are in.",
        "Ask them", "The assessors are asked.",
        lambda version, by, given: actions.assign(version, list(given["assessors"]), by=by),
    ),
    Act.DECLINE: Page(
        "Decline to assess", "An editor asks somebody else. No reason counts against you.",
        "Decline", "You declined.", _with(actions.decline),
    ),
    Act.RATE: Page(
        "Assess this practice",
        "Judge what the evidence bears, not whether you like it. Nobody but you reads your answer"
        " before the other assessor’s is in.",
        "Give this assessment", "Your assessment is in.", _with(actions.rate),
    ),
    Act.ACCEPT: Page(
        "Accept the assessment", "Its equality impact assessment comes next.",
        "Accept it", "The assessment is accepted.", _with(actions.accept),
    ),
    Act.DISPUTE: Page(
        "Dispute the assessment", "An editor replies within 28 days.",
        "Send the dispute", "The dispute is sent.", _on(actions.object_to, Act.DISPUTE),
    ),
    Act.ANSWER: Page(
        "Answer the dispute", "The owner reads your reasons and may appeal.",
        "Send the answer", "The answer is sent.", _on(actions.reply_to, Act.ANSWER),
    ),
    Act.APPEAL: Page(
        "Appeal", "An editor who did not answer the dispute decides within 14 days.",
        "Send the appeal", "The appeal is sent.", _on(actions.object_to, Act.APPEAL),
    ),
    Act.DECIDE: Page(
        "Decide the appeal", "Your decision is the last.",
        "Send the decision", "The appeal is decided.", _on(actions.reply_to, Act.DECIDE),
    ),
    Act.CONFIRM_EQUALITY: Page(
        "Confirm the equality impact assessment",
        "This checks that the assessment of this version, or its screen, is signed and stands.",
        "Confirm it", "Recorded. An editor can publish now.", _with(actions.confirm_equality),
    ),
    Act.PUBLISH: Page(
        "Publish", "Everybody can read it from now on, and open its files. Read them first.",
        "Publish", "The practice is published.", _with(actions.publish),
    ),
    Act.REVIEW: Page(
        "Confirm that it still holds",
        "Read it once more. If anything has changed, begin a new version instead.",
        "It still holds", "Confirmed. The next review is in 18 months.", _with(actions.review),
    ),
    Act.RENEW: Page(
        "Begin a new version",
        "It starts with today’s words and goes the whole way again. What is published stays so.",
        "Begin", "The new version is a draft.", _with(actions.renew),
    ),
    Act.WITHDRAW: Page(
        "Withdraw", "Its address stays and says that it was withdrawn, with your reason.",
        "Withdraw", "It is withdrawn.", _with(actions.withdraw),
    ),
}  # fmt: skip


def act_of(slug: str) -> Act:
    """Return the act of an address."""
    for act in FORMS:
        if slug == act.replace(" ", "-"):
            return act
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def act(request: HttpRequest, practice: str, act_slug: str) -> HttpResponse:
    """Ask what an act needs to know, and do it."""
    chosen = act_of(act_slug)
    version = version_for(request, find(practice), chosen)
    page = PAGES[chosen]
    form = FORMS[chosen](sent(request), version=version)
    if form.is_valid():
        try:
            page.does(version, account(request), form.cleaned_data)
        except NhpfError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, page.done)
            return redirect(_after(version, chosen))
    context = {
        "form": form,
        "heading": page.heading,
        "why": page.why,
        "button": page.button,
        "caption": version.title,
        "trail": trail_to(version),
    }
    return render(request, "what_works/practices/form.html", context)


def _after(version: Version, chosen: Act) -> str:
    """Return where to go: whoever may no longer see the practice goes back to their own work."""
    if chosen in (Act.DECLINE, Act.SEND_BACK):
        return "/what-works/practices/mine/"
    rest = "write/" if chosen == Act.RENEW else ""
    return f"/what-works/{version.practice.permanent_id}/{rest}"


@require_http_methods(["POST"])
@signed_in
def begin_equality(request: HttpRequest, practice: str) -> HttpResponse:
    """Begin the equality assessment of a version, or its screen."""
    version = version_for(request, find(practice), Act.CONFIRM_EQUALITY)
    try:
        reference = actions.begin_equality(
            version, by=account(request), is_screen="screen" in request.POST
        )
    except NhpfError as refusal:
        messages.warning(request, str(refusal))
        return redirect("what_works:practice", version.practice.permanent_id)
    return redirect("equality:assessment", reference)
