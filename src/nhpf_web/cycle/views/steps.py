"""What the pages with forms share: who may, and a refusal shown at the form."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest
from django.views.decorators.http import require_http_methods

from nhpf.errors import EditionFault, InvalidInput, NotPermitted
from nhpf_web.equality.views.writing import account, step
from nhpf_web.organisations.queries import may
from nhpf_web.organisations.rules import OWNER_SLUG, Right

__all__ = ["HOME", "account", "attempt", "either", "need", "step"]
HOME = ("How we are doing", "/how-we-are-doing/")
either = require_http_methods(["GET", "HEAD", "POST"])


def need(request: HttpRequest, right: Right, *, organisation: str = OWNER_SLUG) -> None:
    """Stop a user who may not do this.

    Raises
    ------
    PermissionDenied
        Where no role in that organisation allows it.
    """
    if not may(account(request), right, organisation=organisation):
        raise PermissionDenied


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do what a form asks; a refusal becomes its error, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        act()
    except (EditionFault, InvalidInput, NotPermitted) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
