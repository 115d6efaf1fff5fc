"""What the research register holds about an entry of the framework or a practice."""

from __future__ import annotations

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context

from nhpf_web.organisations.queries import organisations_where
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.queries import research as queries

register = template.Library()
MOST = 5


@register.inclusion_tag("what_works/research/about.html", takes_context=True)
def research_about(context: Context, identity: str) -> dict[str, object]:
    """Show the outputs and the questions about a permanent id, and a link to ask one.

    Who is not signed in is asked to on the way; who may not ask is shown no link.
    """
    user = context.get("user") or AnonymousUser()
    is_asker = organisations_where(user, Right.ASK_RESEARCH).exists()
    return {
        "identity": identity,
        "outputs": queries.outputs_about(identity)[:MOST],
        "questions": queries.questions_about(identity)[:MOST],
        "can_ask": is_asker or not user.is_authenticated,
    }
