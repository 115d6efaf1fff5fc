"""Who may sign in, and how an account is opened: by an administrator, never by a visitor."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from nhpf_web.organisations.models import User
from nhpf_web.organisations.rules import may_sign_in


class SignIn(ModelBackend):
    """Name and password; asked again at every request, so that a closed account ends at once."""

    def user_can_authenticate(self, user: AbstractBaseUser | AnonymousUser | None) -> bool:
        """Whether this account may be used in this installation."""
        return isinstance(user, User) and may_sign_in(
            is_active=user.is_active,
            is_demonstration=user.is_demonstration,
            is_production=settings.NHPF_IS_PRODUCTION,
        )


class ClosedAccounts(DefaultAccountAdapter):
    """Nobody opens an account for themselves."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Return False: an organisation's administrator adds people."""
        return False
