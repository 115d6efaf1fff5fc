"""The log's one table. A row is written once; the model and the database refuse all else."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone

from nhpf.errors import NotPermitted
from nhpf_web.audit.rules import LONGEST_REASON, Verb


def refuse() -> NoReturn:
    """Say why no entry changes.

    Raises
    ------
    NotPermitted
        Always.
    """
    raise NotPermitted("The log is only added to: no entry is changed or deleted.")


class Entries(models.QuerySet["Entry"]):
    """Entries to read; changing and deleting them is refused."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        refuse()

    def delete(self) -> NoReturn:
        """Refuse."""
        refuse()

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        refuse()


class Entry(models.Model):
    """One thing that somebody did to one record.

    Person and organisation are kept as words: the log outlives accounts and organisations.
    """

    when = models.DateTimeField(default=timezone.now, editable=False)
    who = models.CharField(max_length=150)
    organisation = models.CharField(max_length=100)
    verb = models.CharField(
        max_length=12, choices=[(verb.value, verb.capitalize()) for verb in Verb]
    )
    subject = models.CharField(max_length=200, help_text="The record: its kind and its id.")
    recipient = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    objects = Entries.as_manager()

    class Meta:
        ordering = ("-when", "-id")
        indexes = (models.Index(fields=["organisation", "-when"], name="entry_by_organisation"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(verb__in=[str(verb) for verb in Verb]), name="entry_verb_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(who="") & ~models.Q(organisation="") & ~models.Q(subject=""),
                name="entry_names_who_and_what",
            ),
        )

    def __str__(self) -> str:
        """Return the entry as a sentence."""
        return f"{self.verb} of {self.subject} by {self.who}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry; refuse to change one that stands."""
        if not self._state.adding:
            refuse()
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        refuse()
