"""What the research register holds about an entry of the framework or a practice."""

from __future__ import annotations

from django import template

from nhpf_web.what_works.queries import research as queries

register = template.Library()
MOST = 5


@register.inclusion_tag("what_works/research/about.html")
def research_about(identity: str) -> dict[str, object]:
    """Show the outputs and the questions about a permanent id, and a link to ask one."""
    return {
        "identity": identity,
        "outputs": queries.outputs_about(identity)[:MOST],
        "questions": queries.questions_about(identity)[:MOST],
    }
