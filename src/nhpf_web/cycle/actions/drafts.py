"""Writing the working draft: loading what an edition has, revising, renaming, scheduling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from nhpf.errors import InvalidInput
from nhpf.framework import Edition, Entry, Source, record_text
from nhpf.framework.entries import KINDS
from nhpf_web.audit.actions import record as log_entry
from nhpf_web.audit.rules import LONGEST_REASON, Verb
from nhpf_web.cycle.actions.logging import log
from nhpf_web.cycle.models import Record, Renamed, Revision
from nhpf_web.cycle.queries.drafts import held_by, latest
from nhpf_web.cycle.queries.editions import is_assessed, today_edition
from nhpf_web.cycle.rules.editions import check_can_schedule
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import OWNER_SLUG, Right

COMMAND_LINE = "command line"
LINKS = ("themes", "areas", "toolkits", "interventions", "drivers")


@transaction.atomic
def load_draft(edition: Edition, *, who: str = COMMAND_LINE) -> int:
    """Bring the records of an edition into the draft; what is there is left as it is.

    Returns
    -------
    int
        How many records were new.
    """
    held = set(Record.objects.values_list("identity", flat=True))
    held |= set(Renamed.objects.values_list("identity", flat=True))
    found: list[tuple[str, Any]] = [
        *((one.kind, one) for one in edition.entries.values()),
        *(("source", one) for one in edition.sources.values()),
        *(("assessment", one) for one in edition.assessments.values()),
    ]
    new = [(kind, one) for kind, one in found if one.id not in held]
    records = Record.objects.bulk_create([Record(identity=one.id, kind=kind) for kind, one in new])
    Revision.objects.bulk_create(
        Revision(
            record=record,
            number=1,
            text=record_text(one),
            who=who,
            reason=f"From edition {edition.name}",
        )
        for record, (_, one) in zip(records, new, strict=True)
    )
    for one in edition.renames.values():
        Renamed.objects.get_or_create(
            identity=one.id, defaults={"now": one.now, "since": one.since, "reason": one.reason}
        )
    if new:
        log_entry(
            Verb.COLLECTION, f"edition:{edition.name}", who=who, organisation=OWNER_SLUG,
            reason=f"{len(new)} records into the working draft",
        )  # fmt: skip
    return len(new)


@transaction.atomic
def revise(record: Record, changed: Entry | Source, *, by: Account, reason: str = "") -> Revision:
    """Write a new revision of a record.

    Raises
    ------
    NotPermitted
        Where the person is no editor of the framework's owner.
    InvalidInput
        Where nothing is changed.
    """
    check_may(by, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)
    held = Record.objects.select_for_update().get(pk=record.pk)
    last, text = latest(held), record_text(changed)
    if text == last.text:
        raise InvalidInput("Nothing was changed.")
    made = Revision.objects.create(
        record=held, number=last.number + 1, text=text, who=by.username, reason=reason
    )
    _log(Verb.ALTERATION, held, by=by, reason=f"Revision {made.number}. {reason}".strip())
    return made


@transaction.atomic
def add(kind: str, made: Entry | Source, *, by: Account, reason: str = "") -> Record:
    """Add a record with a permanent id that nothing has or had.

    Raises
    ------
    InvalidInput
        Where the id is taken, was renamed, or does not begin as its kind's ids do.
    """
    check_may(by, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)
    _check_free(made.id, kind)
    record = Record.objects.create(identity=made.id, kind=kind)
    Revision.objects.create(
        record=record, number=1, text=record_text(made), who=by.username, reason=reason
    )
    _log(Verb.COLLECTION, record, by=by, reason=reason)
    return record


def _check_free(identity: str, kind: str) -> None:
    prefix = "S_" if kind == "source" else KINDS[kind][0]
    if not identity.startswith(prefix) or identity == prefix:
        raise InvalidInput(f"An id of this kind begins with {prefix}.")
    taken = Record.objects.filter(identity=identity) or Renamed.objects.filter(identity=identity)
    if taken:
        raise InvalidInput("This id is taken: permanent ids are never used twice.")


@transaction.atomic
def rename(record: Record, identity: str, *, by: Account, reason: str) -> None:
    """Give an entry another permanent id; the old one leads to it, and links follow.

    Raises
    ------
    InvalidInput
        Where the new id is taken, or the record is no entry.
    """
    check_may(by, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)
    held = Record.objects.select_for_update().get(pk=record.pk)
    entry = held_by(latest(held))
    if not isinstance(entry, Entry):
        raise InvalidInput("Only entries of the framework are renamed.")
    _check_free(identity, held.kind)
    old, held.identity = held.identity, identity
    held.save(update_fields=["identity"])
    Renamed.objects.create(identity=old, now=identity, since=timezone.localdate(), reason=reason)
    revise(held, replace(entry, id=identity), by=by, reason=f"Renamed from {old}")
    for other in Record.objects.filter(kind__in=KINDS).prefetch_related("revisions"):
        _follow(other, old, identity, by=by)


def _follow(record: Record, old: str, now: str, *, by: Account) -> None:
    entry = held_by(latest(record))
    if isinstance(entry, Entry) and old in entry.links:
        links: dict[str, Any] = {
            name: tuple(now if id == old else id for id in getattr(entry, name)) for name in LINKS
        }
        revise(record, replace(entry, **links), by=by, reason=f"{old} is now {now}")


@transaction.atomic
def schedule(revision: Revision, day: date, *, by: Account) -> None:
    """Say from which day readers see a revision.

    Raises
    ------
    InvalidInput
        Where the day has passed.
    NotPermitted
        Where neither the entry nor its edition has a signed equality assessment.
    """
    check_may(by, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)
    check_can_schedule(
        day,
        today=timezone.localdate(),
        is_assessed=is_assessed(revision.record.identity, today_edition().name, revision.text),
    )
    revision.publish_on = day
    revision.save(update_fields=["publish_on"])
    _log(
        Verb.DISCLOSURE,
        revision.record,
        by=by,
        reason=f"Revision {revision.number} from {day.isoformat()}",
    )


def _log(verb: Verb, record: Record, *, by: Account, reason: str) -> None:
    subject = f"entry:{record.identity}"
    log(verb, subject, by=by, organisation=OWNER_SLUG, reason=reason[:LONGEST_REASON])
