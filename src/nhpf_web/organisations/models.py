"""Organisations, accounts and memberships."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower

from nhpf_web.organisations.rules import KIND_NAMES, Kind, Role


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

    class Meta(AbstractUser.Meta):
        constraints = (
            models.UniqueConstraint(Lower("username"), name="user_name_unique_in_any_case"),
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
