"""Searches that an organisation keeps under a name, and the marks that content has changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

LONGEST_QUERY = 2000


class SavedView(models.Model):
    """One search with its filters, kept by an organisation for its people."""

    reference = models.SlugField(max_length=40, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=LONGEST_QUERY, help_text="As the address writes it.")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="views_saved"
    )
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "name"], name="saved_view_name_once_an_organisation"
            ),
            models.CheckConstraint(condition=~models.Q(query=""), name="saved_view_asks_something"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Change(models.Model):
    """A mark that published content may have changed: their sum is cheap to ask for.

    It is written in the transaction that changes the content, so both are seen at once or neither.
    A row of its own keeps no other writer waiting; drawn at random, no two sets have one sum.
    """

    mark = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Return the mark."""
        return str(self.mark)
