"""Bringing practices in from a file, as drafts of one's own organisation."""

from __future__ import annotations

from django.db import transaction

from nhpf.errors import InvalidInput
from nhpf_web.organisations.queries import Account, check_may
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works.actions.drafting import check_answers, new_practice, next_number
from nhpf_web.what_works.models import Practice, Version
from nhpf_web.what_works.rules import Row, answers_of, number_of


@transaction.atomic
def import_practices(rows: list[Row], *, organisation: str, by: Account) -> tuple[Version, ...]:
    """Write every row as a draft, or none at all.

    A row keeps its permanent id where this service does not have it yet; a row without one gets
    the next number. Nothing comes in published: it goes the way that every practice goes.

    Raises
    ------
    NotPermitted
        Where no role of the person allows it.
    InvalidInput
        With the number of the row that cannot be kept, and why.
    """
    check_may(by, Right.DESCRIBE_PRACTICE, organisation=organisation)
    new = []
    for number, row in enumerate(rows, 1):
        try:
            new.append(_import(row, organisation=organisation, by=by))
        except InvalidInput as fault:
            raise InvalidInput(
                fault.what, where=f"practice {number} of the file", next_step="Nothing was kept."
            ) from None
    return tuple(new)


def _import(row: Row, *, organisation: str, by: Account) -> Version:
    answers = answers_of(row)
    if not answers.get("title"):
        raise InvalidInput("It has no title.")
    check_answers(answers)
    permanent_id = str(row.get("permanent_id") or "")
    if permanent_id:
        number = number_of(permanent_id)
        if Practice.objects.filter(number=number).exists():
            raise InvalidInput(f"The number {number} is a practice’s here already.")
    else:
        number = next_number()
    return new_practice(
        number,
        organisation=organisation,
        answers=answers,
        by=by,
        permanent_id=permanent_id,
    )
