"""What came out of research: offered, listed where it bears, retracted openly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from nhpf.errors import InvalidInput
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.actions.research.registering import (
    decided,
    held_still,
    log,
    move_of,
    own_organisation,
    registered,
    subject,
    words,
)
from nhpf_web.what_works.models import Bearing, Output
from nhpf_web.what_works.queries import research as queries
from nhpf_web.what_works.rules.research.outputs import (
    OUTPUT_KINDS,
    OUTPUTS,
    OutputAct,
    OutputState,
)


@transaction.atomic
def offer(*, organisation: str, values: Mapping[str, Any], by: Account) -> Output:
    """Put an output into the register; an editor checks what it bears on before it is listed.

    Parameters
    ----------
    values : mapping
        kind, title, area, subtype, level, citation, address, found; proposal, questions, practices
        and entries (permanent ids) that it bears on.
    """
    check_may(by, Right.ADD_STUDY, organisation=organisation)
    home = own_organisation(organisation, by=by)
    held = registered(Output, home, _told(values, organisation=organisation), by=by)
    _bear(held, values)
    log(held, Verb.COLLECTION, by=by)
    return held


@transaction.atomic
def change(output: Output, values: Mapping[str, Any], *, by: Account) -> None:
    """Set the words of an output that is not listed yet."""
    held = _moved(output, OutputAct.CHANGE, by=by)
    for name, value in _told(values, organisation=held.organisation.slug).items():
        setattr(held, name, value)
    held.save()
    _bear(held, values)
    log(held, Verb.ALTERATION, by=by)


def _told(values: Mapping[str, Any], *, organisation: str) -> dict[str, Any]:
    if values.get("kind") not in OUTPUT_KINDS:
        raise InvalidInput("Say what kind of output it is.")
    study = values.get("proposal")
    if study is not None and study.organisation.slug != organisation:
        raise InvalidInput("An output is of one’s own study, or of none in the register.")
    citation = str(values.get("citation") or "").strip()
    # A citation names its authors: everything else names nobody.
    if not citation:
        raise InvalidInput("Give the citation.")
    return {
        **subject(values),
        "kind": values["kind"],
        "citation": citation[:2000],
        "address": _address(values.get("address")),
        "found": words(values.get("found"), what="what it found"),
        "proposal": study,
    }


def _address(given: object) -> str:
    where = str(given or "").strip()
    if where and not where.startswith(("https://", "http://")):
        raise InvalidInput("The address begins with https://.")
    return where


def _bear(held: Output, values: Mapping[str, Any]) -> None:
    entries = list(values.get("entries") or ())
    known = {one for offered in queries.entries_offered().values() for one, _ in offered}
    if any(one not in known for one in entries):
        raise InvalidInput("An entry that it bears on is not in the framework.")
    held.questions.set(values.get("questions") or ())
    held.practices.set(values.get("practices") or ())
    held.bearings.all().delete()
    Bearing.objects.bulk_create([Bearing(output=held, entry=one) for one in dict.fromkeys(entries)])


@transaction.atomic
def list_output(output: Output, *, reason: str, by: Account) -> None:
    """List an output: it stands on the pages of what it bears on from now on."""
    _decide(output, OutputAct.LIST, reason=reason, by=by)


@transaction.atomic
def decline(output: Output, *, reason: str, by: Account) -> None:
    """Decline an output with the reason."""
    _decide(output, OutputAct.DECLINE, reason=reason, by=by)


@transaction.atomic
def retract(output: Output, *, reason: str, by: Account) -> None:
    """Retract a listed output; it stays in the register with the reason."""
    _decide(output, OutputAct.RETRACT, reason=reason, by=by)


def _decide(output: Output, act: OutputAct, *, reason: str, by: Account) -> None:
    held = _moved(output, act, by=by)
    decided(held, words(reason, what="the reasons"), by=by)
    held.save()
    log(held, Verb.ALTERATION, by=by, reason=f"Decided: {act}")


def _moved(output: Output, act: OutputAct, *, by: Account) -> Output:
    held = held_still(output)
    held.state = move_of(held, OUTPUTS, OutputState(held.state), act, by=by).to
    return held
