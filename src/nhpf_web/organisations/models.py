"""Organisations, accounts and memberships."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower

from nhpf_web.organisations.rules import (
    KIND_NAMES,
    LONGEST_ADDRESS,
    LONGEST_NOTICE,
    Kind,
    Role,
)


class Organisation(models.Model):
    """A body that takes part; everything kept here belongs to one."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(
        max_length=20, choices=[(kind.value, KIND_NAMES[kind]) for kind in Kind]
    )
    area_code = models.CharField(max_length=9, blank=True)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=[str(kind) for kind in Kind]),
                name="organisation_kind_known",
            ),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class User(AbstractUser):
    """An account: a person, or a drafting desk that nobody can sign in as."""

    is_demonstration = models.BooleanField(default=False)
    is_emailed = models.BooleanField(
        default=False, help_text="Whether this person asked for notices by e-mail."
    )

    class Meta(AbstractUser.Meta):
        constraints = (
            models.UniqueConstraint(Lower("username"), name="user_name_unique_in_any_case"),
            models.CheckConstraint(
                condition=~models.Q(is_emailed=True, email=""), name="user_emailed_has_address"
            ),
        )

    def __str__(self) -> str:
        """Return the name that others see."""
        return self.get_full_name() or self.username

    def organisations_as(self, role: str) -> frozenset[str]:
        """Return the slugs of the organisations in which this person holds a role."""
        held = self.memberships.filter(role=role)
        return frozenset(held.values_list("organisation__slug", flat=True))


class Membership(models.Model):
    """One role of one person in one organisation."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(
        max_length=30, choices=[(role.value, role.capitalize()) for role in Role]
    )

    class Meta:
        ordering = ("user__username", "role")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="membership_role_once"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[str(role) for role in Role]),
                name="membership_role_known",
            ),
        )

    def __str__(self) -> str:
        """Return who is what where."""
        return f"{self.user}: {self.role}, {self.organisation}"


class Notice(models.Model):
    """Something that a person is told of, with the page that it is about; only theirs to read."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30)
    text = models.CharField(max_length=LONGEST_NOTICE)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When it went by e-mail.")

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=["user", "read_at"], name="notice_of_person_unread"),)
        constraints = (
            models.UniqueConstraint(
                fields=["user", "kind", "text", "address"],
                condition=models.Q(read_at__isnull=True),
                name="notice_unread_once",
            ),
        )

    def __str__(self) -> str:
        """Return the text."""
        return self.text
