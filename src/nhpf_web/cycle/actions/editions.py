"""Beginning an edition, freezing it for ever, and taking in one that was exported elsewhere."""

from __future__ import annotations

import shutil
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from django.db import transaction
from django.utils import timezone

from nhpf.errors import InvalidInput
from nhpf.framework import Edition, edition_names, write_edition
from nhpf.records.editions import edition_folder
from nhpf_web.audit.actions import record as log_entry
from nhpf_web.audit.rules import Verb
from nhpf_web.cycle.actions.assessments import assessment_record
from nhpf_web.cycle.actions.drafts import COMMAND_LINE, load_draft
from nhpf_web.cycle.actions.logging import log
from nhpf_web.cycle.models import Edition as Row
from nhpf_web.cycle.queries.drafts import broken_ids, draft_edition, faults_of
from nhpf_web.cycle.queries.editions import digest_of, standing
from nhpf_web.cycle.rules.editions import Standing, check_can_freeze
from nhpf_web.equality.queries import assessment_of
from nhpf_web.organisations.actions import framework_owner
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import OWNER_SLUG, Right

READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


@transaction.atomic
def write_header(
    *, name: str, title: str, summary: str, published: date, review_due: date, by: Account
) -> Row:
    """Begin the next edition, or change the header of the one that was begun.

    Raises
    ------
    InvalidInput
        Where the name is taken, or the dates cannot be.
    """
    check_may(by, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)
    if name in edition_names() or Row.objects.filter(name=name, standing=Standing.FROZEN).exists():
        raise InvalidInput("An edition of this name stands already.")
    if review_due <= published:
        raise InvalidInput("The review comes after the publication.")
    row = Row.objects.filter(standing=Standing.DRAFT).first() or Row(organisation=framework_owner())
    row.name, row.title, row.summary = name, title, summary
    row.published, row.review_due = published, review_due
    row.save()
    log(Verb.ALTERATION, f"edition:{name}", by=by, organisation=OWNER_SLUG, reason="Header")
    return row


@transaction.atomic
def freeze(row: Row, *, by: Account) -> Edition:
    """Write the edition as files, read-only for ever, with its own equality assessment.

    Raises
    ------
    NotPermitted
        Where no signed equality assessment of it stands, or it is frozen already.
    InvalidInput
        Where the check finds a fault, or an id of an earlier edition would lead nowhere.
    """
    check_may(by, Right.KEEP_FRAMEWORK, organisation=OWNER_SLUG)
    held = Row.objects.select_for_update(of=("self",)).get(pk=row.pk)
    edition = draft_edition(held)
    assessed = assessment_of(f"edition-{held.name}")
    if assessed is not None:
        own = assessment_record(assessed)
        edition = replace(edition, assessments={**edition.assessments, own.id: own})
    check_can_freeze(
        faults=[f"{one.id}: {one.what}" for one in faults_of(edition)],
        broken=broken_ids(edition, standing()),
        is_assessed=assessed is not None,
        is_taken=held.standing == Standing.FROZEN or held.name in edition_names(),
    )
    held.standing, held.digest = Standing.FROZEN, digest_of(edition)
    held.frozen_by, held.frozen_at = by, timezone.now()
    held.save()
    log(Verb.DISCLOSURE, f"edition:{held.name}", by=by, organisation=OWNER_SLUG, reason="Frozen")
    # Last: files cannot be taken back with the transaction.
    _write_for_ever(edition)
    return edition


@transaction.atomic
def take_in(edition: Edition) -> int:
    """Take in an edition that was exported elsewhere, from the command line.

    An edition of a name that stands here is left alone; its records join the working draft where
    the draft has none of their id.

    Returns
    -------
    int
        How many records of the draft are new.
    """
    new = load_draft(edition)
    if edition.name in edition_names() or Row.objects.filter(name=edition.name).exists():
        return new
    Row.objects.create(
        name=edition.name,
        organisation=framework_owner(),
        title=edition.title,
        summary=edition.summary,
        published=edition.published,
        review_due=edition.review_due,
        standing=Standing.FROZEN,
        digest=digest_of(edition),
        frozen_at=timezone.now(),
    )
    log_entry(
        Verb.COLLECTION, f"edition:{edition.name}", who=COMMAND_LINE, organisation=OWNER_SLUG,
        reason="Taken in from files",
    )  # fmt: skip
    _write_for_ever(edition)
    return new


def _write_for_ever(edition: Edition) -> None:
    """Write the files beside their place, make them read-only, and move them there at once."""
    folder = edition_folder(edition.name)
    if folder.exists():
        raise InvalidInput(f"The folder of edition {edition.name} holds files already.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(dir=folder.parent, prefix=".writing-"))
    try:
        for path in write_edition(edition, made):
            path.chmod(READ_ONLY)
        made.chmod(READ_ONLY | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH | stat.S_IWUSR)
        made.rename(folder)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        raise
