"""Files of a practice: checked before they are kept, in quarantine until it is published."""

from __future__ import annotations

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.db import transaction

from nhpf.errors import InvalidInput
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.queries import Account
from nhpf_web.what_works.actions.moving import held_for, log
from nhpf_web.what_works.models import Attachment, Version
from nhpf_web.what_works.rules import MOST, Act, check_upload, plain_name


@transaction.atomic
def attach(version: Version, *, name: str, content: bytes, by: Account) -> None:
    """Keep a file with a draft, where no reader reaches it yet.

    Raises
    ------
    InvalidInput
        Where it is of no type that is taken, too large, one too many, or there already.
    PersonalData
        Where it holds a column or a value that points to a person.
    """
    held, _ = held_for(version, Act.CHANGE, by=by)
    kind = check_upload(name, content)
    digest = hashlib.sha256(content).hexdigest()
    if held.attachments.count() >= MOST:
        raise InvalidInput(f"A practice has at most {MOST} files.")
    if held.attachments.filter(sha256=digest).exists():
        raise InvalidInput("This file is here already.")
    Attachment.objects.create(
        version=held,
        name=plain_name(name),
        kind=kind,
        size=len(content),
        sha256=digest,
        # The folder's name for it is ours: nothing of the uploader's name is a path.
        content=ContentFile(content, name=uuid.uuid4().hex),
    )
    held.writers.add(by)
    log(held, Verb.COLLECTION, by=by, reason=f"File added: {kind}")


@transaction.atomic
def detach(attachment: Attachment, *, by: Account) -> None:
    """Take a file out of a draft, and off the disk where no other version has it."""
    held, _ = held_for(attachment.version, Act.CHANGE, by=by)
    stored, place = attachment.content.name, attachment.content.storage
    attachment.delete()
    if not Attachment.objects.filter(content=stored).exists():
        transaction.on_commit(lambda: place.delete(str(stored)))
    log(held, Verb.ERASURE, by=by, reason="File removed")
