"""Roles and rights, decided without a database."""

from __future__ import annotations

import pytest

from nhpf.errors import NotPermitted
from nhpf_web.organisations.rules import (
    HOLDERS,
    KIND_NAMES,
    ROLE_MEANINGS,
    Kind,
    Right,
    Role,
    allows,
    check_allows,
    check_can_remove,
    may_sign_in,
)


def test_the_fourteen_roles_of_the_design_have_a_meaning() -> None:
    assert len(Role) == 14
    assert set(ROLE_MEANINGS) == set(Role)
    assert set(KIND_NAMES) == set(Kind)


@pytest.mark.parametrize("right", Right)
def test_each_right_belongs_to_some_role_and_not_to_all(right: Right) -> None:
    assert HOLDERS[right]
    assert HOLDERS[right] < set(Role)


def test_no_role_is_no_right() -> None:
    assert not any(allows([], right) for right in Right)


def test_a_refusal_names_the_role_that_is_needed() -> None:
    with pytest.raises(NotPermitted, match="organisation administrator"):
        check_allows([Role.READER, Role.AUDITOR], Right.MANAGE_PEOPLE)


def test_the_last_administrator_stays() -> None:
    with pytest.raises(NotPermitted, match="last administrator"):
        check_can_remove(Role.ADMINISTRATOR, holders=1)
    check_can_remove(Role.ADMINISTRATOR, holders=2)
    check_can_remove(Role.READER, holders=1)


@pytest.mark.parametrize(
    ("active", "demonstration", "production", "allowed"),
    [
        (True, False, True, True),
        (True, True, False, True),
        (True, True, True, False),
        (False, False, False, False),
    ],
)
def test_demonstration_accounts_end_where_production_begins(
    *, active: bool, demonstration: bool, production: bool, allowed: bool
) -> None:
    held = may_sign_in(is_active=active, is_demonstration=demonstration, is_production=production)
    assert held is allowed
