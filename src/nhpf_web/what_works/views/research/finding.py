"""Which record of the register a page is about; to those who may not see it there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from nhpf.errors import NhpfError
from nhpf_web.organisations.queries import Visitor
from nhpf_web.what_works.models import Call, Output, Question, StudyProposal
from nhpf_web.what_works.queries import research as queries
from nhpf_web.what_works.views.asking import Trail, visitor

Record = Question | Call | StudyProposal | Output
REGISTER: Trail = [("What works", "/what-works/"), ("Research", "/what-works/research/")]
VISIBLE: Mapping[str, Callable[[Visitor], QuerySet[Any]]] = {
    "questions": queries.questions_visible_to,
    "calls": queries.calls_visible_to,
    "proposals": queries.proposals_visible_to,
    "outputs": queries.outputs_visible_to,
}


def find(request: HttpRequest, kind: str, reference: str) -> Any:
    """Return the record of a reference that the visitor may see."""
    held = queries.with_reference(VISIBLE[kind](visitor(request)), reference)
    if held is None:
        raise Http404
    return held


def trail_to(record: Record) -> Trail:
    """Return the breadcrumbs of a page under a record."""
    return [*REGISTER, (record.title, record.path)]


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do what a form asks; a refusal becomes its error, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        act()
    except NhpfError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def asked(request: HttpRequest, form: BaseForm, **context: Any) -> HttpResponse:
    """Show one form on a page of its own."""
    return render(request, "what_works/practices/form.html", {"form": form, **context})
