"""A practice, its versions, what they are tagged with and the files that belong to them."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils import timezone

from nhpf.records.store import data_root
from nhpf_web.what_works.rules import BY_CODE, OPEN, STATE_WORDS, TYPES, Answers, State, standing


def _uploads() -> FileSystemStorage:
    """Return the folder of uploads, which no address of the service leads to."""
    return FileSystemStorage(location=data_root() / "uploads", file_permissions_mode=0o600)


class Practice(models.Model):
    """What a force or partner did; its permanent id never changes."""

    number = models.PositiveIntegerField(unique=True)
    permanent_id = models.SlugField(max_length=100, unique=True)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practices_begun"
    )
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        """Return the permanent id."""
        return self.permanent_id


class Version(models.Model):
    """One state of the words about a practice, and where it stands on its way to readers."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.SlugField(max_length=110, unique=True, help_text="Permanent id and version.")
    state = models.CharField(
        max_length=20, default=State.DRAFT.value, choices=[(one.value, one.value) for one in State]
    )
    title = models.CharField(max_length=120)
    answers: models.JSONField[Answers, Answers] = models.JSONField(default=dict)
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="practices_written")
    saved_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=30, blank=True, help_text="What the assessors found.")
    is_fit = models.BooleanField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practices_published",
    )
    published_under = models.SlugField(
        max_length=100, blank=True, help_text="The equality assessment that was signed for it."
    )
    review_due = models.DateField(null=True, blank=True)
    reason = models.CharField(
        max_length=200, blank=True, help_text="Why it was sent back or withdrawn."
    )

    class Meta:
        ordering = ("-practice__number", "-number")
        constraints = (
            models.UniqueConstraint(fields=["practice", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(state=str(State.PUBLISHED)),
                name="version_published_once",
            ),
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(state__in=[str(state) for state in OPEN]),
                name="version_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in State]), name="version_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=str(State.PUBLISHED))
                | Q(
                    published_at__isnull=False,
                    published_by__isnull=False,
                    review_due__isnull=False,
                    is_fit=True,
                )
                & ~Q(published_under="")
                & ~Q(finding=""),
                name="version_published_wholly_or_not",
            ),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def standing(self) -> State:
        """Where it stands today; a published version falls due by its date alone."""
        return standing(self.state, review_due=self.review_due, today=timezone.localdate())

    @property
    def finding_words(self) -> str:
        """What the assessors found, in words."""
        return BY_CODE[self.finding].words if self.finding else "Not assessed yet"

    @property
    def standing_words(self) -> str:
        """Where it stands, as people are told."""
        return STATE_WORDS[self.standing]


class Tag(models.Model):
    """One value of one vocabulary that a version is found by."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="tags")
    vocabulary = models.CharField(max_length=20)
    value = models.CharField(max_length=100)

    class Meta:
        indexes = (models.Index(fields=["vocabulary", "value"], name="tag_by_value"),)
        constraints = (
            models.UniqueConstraint(fields=["version", "vocabulary", "value"], name="tag_once"),
        )

    def __str__(self) -> str:
        """Return the vocabulary and the value."""
        return f"{self.vocabulary}: {self.value}"


class Attachment(models.Model):
    """A file of a version: in quarantine until the version is published."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=4, choices=[(kind, kind.upper()) for kind in TYPES])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(storage=_uploads)
    is_released = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name
