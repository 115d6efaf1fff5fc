"""Proposals, the decisions on them, and linked workstreams."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from nhpf_web.cycle.actions import proposals as actions
from nhpf_web.cycle.forms.proposals import ChangeProposal, Decide, LinkWork, StartProposal
from nhpf_web.cycle.models import LinkedWork, Proposal
from nhpf_web.cycle.queries import proposals as queries
from nhpf_web.cycle.rules.proposals import DECISIONS, ProposalMove
from nhpf_web.cycle.views.steps import HOME, account, attempt, either, need, step
from nhpf_web.organisations.queries import may, organisations_where
from nhpf_web.organisations.rules import OWNER_SLUG, Right

TRAIL = [HOME, ("Proposals", "/how-we-are-doing/proposals/")]
WORDS = {
    ProposalMove.CHANGE: "Change",
    ProposalMove.PROPOSE: "Hand it in",
    ProposalMove.WITHDRAW: "Take it back",
    ProposalMove.DEFER: "Defer",
    ProposalMove.ACCEPT: "Accept",
    ProposalMove.DECLINE: "Decline",
}


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """List the proposals that this visitor may see."""
    context = {
        "proposals": queries.visible_to(request.user),
        "can_propose": organisations_where(request.user, Right.PROPOSE).exists(),
        "trail": [HOME],
    }
    return render(request, "cycle/proposals.html", context)


def _find(request: HttpRequest, proposal_slug: str) -> Proposal:
    return get_object_or_404(queries.visible_to(request.user), slug=proposal_slug)


@require_safe
def proposal(request: HttpRequest, proposal_slug: str) -> HttpResponse:
    """Show one proposal with its evidence and what was decided."""
    held = _find(request, proposal_slug)
    context = {
        "proposal": held,
        "answers": queries.answers_of(held),
        "can_keep": may(request.user, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG),
        "moves": [(move, WORDS[move]) for move in queries.moves_for(request.user, held)],
        "trail": TRAIL,
    }
    return render(request, "cycle/proposal.html", context)


@either
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Begin a proposal."""
    own = organisations_where(account(request), Right.PROPOSE)
    if not own:
        raise PermissionDenied
    # A gap of the gap map says in its link what is to be proposed.
    told = {name: request.GET.get(name, "") for name in ("kind", "title")}
    form = StartProposal(request.POST or None, organisations=own, initial=told)
    if form.is_valid():
        made = actions.draft(
            form.cleaned_data["organisation"],
            kind=form.cleaned_data["kind"],
            title=form.cleaned_data["title"],
            by=account(request),
        )
        return redirect("cycle:move_proposal", made.slug, ProposalMove.CHANGE)
    why = "It is a draft of your organisation until it is handed in."
    return step(
        request, form, heading="Propose a change of the framework", why=why, trail=TRAIL,
        button="Continue",
    )  # fmt: skip


@either
@login_required
def move(request: HttpRequest, proposal_slug: str, act_slug: str) -> HttpResponse:
    """Change a proposal, hand it in, take it back, or decide on it."""
    held = _find(request, proposal_slug)
    if act_slug not in set(ProposalMove):
        raise Http404
    chosen = ProposalMove(act_slug)
    if chosen in DECISIONS:
        need(request, Right.RUN_CYCLE)
    else:
        need(request, Right.PROPOSE, organisation=held.organisation.slug)
    by, data = account(request), request.POST if request.method == "POST" else None
    form: Form | ChangeProposal
    if chosen in DECISIONS:
        form = Decide(data)
        why = "The reasons are published with the decision."
    elif chosen is ProposalMove.CHANGE:
        form = ChangeProposal(data, instance=held)
        why = "What matters most is what is known of its impact on homicide."
    else:
        form = Form(data)
        why = "Everybody can read it once it is handed in."

    def act() -> None:
        match chosen:
            case ProposalMove.CHANGE:
                actions.change(held, form.cleaned_data, by=by)
            case ProposalMove.PROPOSE:
                actions.propose(held, by=by)
            case ProposalMove.WITHDRAW:
                actions.withdraw(held, by=by)
            case _:
                actions.decide(held, chosen, reasons=form.cleaned_data["reasons"], by=by)

    if attempt(form, act):
        messages.success(request, f"{WORDS[chosen]}: done.")
        return redirect("cycle:proposal", proposal_slug)
    trail = [*TRAIL, (held.title, f"/how-we-are-doing/proposals/{proposal_slug}/")]
    heading = f"{WORDS[chosen]}: {held.title}"
    return step(request, form, heading=heading, why=why, trail=trail, button=WORDS[chosen])


@require_safe
def linked_work(request: HttpRequest) -> HttpResponse:
    """List other workstreams."""
    context = {
        "works": queries.linked_work(),
        "can_keep": may(request.user, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG),
        "trail": [HOME],
    }
    return render(request, "cycle/linked_work.html", context)


@either
@login_required
def link(request: HttpRequest) -> HttpResponse:
    """Link another workstream."""
    need(request, Right.KEEP_FRAMEWORK)
    form = LinkWork(request.POST or None)
    if attempt(form, lambda: actions.link(**form.cleaned_data, by=account(request))):
        messages.success(request, "The workstream is linked.")
        return redirect("cycle:linked_work")
    trail = [HOME, ("Other workstreams", "/how-we-are-doing/linked-work/")]
    why = "Readers find it beside the framework and read it where it is."
    return step(request, form, heading="Link a workstream", why=why, trail=trail)


@require_http_methods(["POST"])
@login_required
def unlink(request: HttpRequest, work_id: int) -> HttpResponse:
    """Take a link away."""
    need(request, Right.KEEP_FRAMEWORK)
    work = get_object_or_404(LinkedWork, pk=work_id)
    if attempt(Form(request.POST), partial(actions.unlink, work, by=account(request))):
        messages.success(request, "The link is removed.")
    return redirect("cycle:linked_work")
