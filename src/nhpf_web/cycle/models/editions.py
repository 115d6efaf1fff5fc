"""The working draft of the framework, its revisions, and the editions frozen from it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from nhpf.errors import NotPermitted
from nhpf_web.cycle.rules.editions import Standing


class Record(models.Model):
    """One entry, source or assessment of the working draft, by its permanent id."""

    identity = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """Return the permanent id."""
        return self.identity


class Revision(models.Model):
    """A record as somebody left it: the text of its file in an edition. Its words never change."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    who = models.CharField(max_length=150)
    when = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=200, blank=True)
    publish_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["record", "number"], name="revision_numbered_once"),
        )

    def __str__(self) -> str:
        """Return the record and the number."""
        return f"{self.record}, revision {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new revision; of one that stands, only its day of publication changes."""
        if not self._state.adding and kwargs.get("update_fields") != ["publish_on"]:
            raise NotPermitted("A revision stands as it was written: write another.")
        super().save(*args, **kwargs)


class Renamed(models.Model):
    """An id that now leads to another."""

    identity = models.CharField(max_length=80, unique=True)
    now = models.CharField(max_length=80)
    since = models.DateField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        """Return both ids."""
        return f"{self.identity} → {self.now}"


class Edition(models.Model):
    """An edition that is being written, or stands for ever; its files are in the data folder."""

    name = models.SlugField(max_length=40, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    published = models.DateField("date of publication")
    review_due = models.DateField("review date")
    standing = models.CharField(
        max_length=6,
        default=Standing.DRAFT.value,
        choices=[(one.value, one.value) for one in Standing],
    )
    digest = models.CharField(max_length=64, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True
    )
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("published", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["standing"],
                condition=models.Q(standing="draft"),
                name="edition_one_draft",
            ),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write an edition that is not frozen."""
        stands = Edition.objects.filter(pk=self.pk, standing=Standing.FROZEN).exists()
        if stands:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete an edition that is not frozen."""
        if self.standing == Standing.FROZEN:
            _refuse()
        return super().delete(*args, **kwargs)


def _refuse() -> NoReturn:
    raise NotPermitted("A frozen edition stands for ever: begin the next one.")
