"""The seven homicide sub-types: by hand, and in SQL as in Python for every combination."""

from __future__ import annotations

from itertools import product

import pytest

from nhpf.records.contract import contract
from nhpf.records.engine import connect
from nhpf.records.subtypes import (
    AGE_GROUPS,
    CANNOT_BE_DERIVED,
    NONE_OF_THE_SEVEN,
    SUBTYPES,
    subtype,
    subtype_sql,
)

CASES = contract("homicide_cases")
AGES = (*CASES.field("victim_age_band").choices, None)
SEXES = (*CASES.field("victim_sex").choices, None)
FLAGS = ("yes", "no", "not known", None)
PLACES = (*CASES.field("place_type").choices, None)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("35 to 44", "female", "yes", "residential"), SUBTYPES[0]),
        (("16 to 17", "female", "yes", None), SUBTYPES[0]),
        (("75 and over", "male", "yes", "not known"), SUBTYPES[1]),
        (("13 to 15", "male", "no", "public space"), SUBTYPES[2]),
        (("13 to 19", "male", "no", "public space"), SUBTYPES[2]),
        (("20 to 24", "female", "no", "public space"), SUBTYPES[3]),
        (("25 to 34", "male", "no", "public space"), SUBTYPES[4]),
        (("65 to 74", "male", "no", "residential"), SUBTYPES[5]),
        (("under 1", "not known", "not known", "residential"), SUBTYPES[6]),
        (("0 to 15", "male", "no", "not known"), SUBTYPES[6]),
        # The national statistics call no killing of a child domestic.
        (("5 to 9", "female", "yes", "residential"), SUBTYPES[6]),
        (("13 to 15", "male", "yes", "public space"), SUBTYPES[2]),
        (("10 to 12", "female", "no", "public space"), NONE_OF_THE_SEVEN),
        (("18 to 24", "male", "no", "residential"), NONE_OF_THE_SEVEN),
        (("35 to 44", "male", "no", "other"), NONE_OF_THE_SEVEN),
        (("35 to 44", "male", "no", "not known"), CANNOT_BE_DERIVED),
        (("35 to 44", "not known", "yes", "residential"), CANNOT_BE_DERIVED),
        (("13 to 19", "female", "no", "residential"), CANNOT_BE_DERIVED),
        (("not known", "female", "no", "residential"), CANNOT_BE_DERIVED),
        (("0 to 15", "male", "no", None), CANNOT_BE_DERIVED),
    ],
)
def test_a_victim_has_the_subtype_that_the_definition_gives(
    fields: tuple[str, str, str, str], expected: str
) -> None:
    assert subtype(*fields) == expected


def test_sql_and_python_agree_over_every_combination_of_fields() -> None:
    combinations = list(product(AGES, SEXES, FLAGS, PLACES))
    with connect() as con:
        con.execute(
            "create table cases (victim_age_band varchar, victim_sex varchar, domestic varchar,"
            " place_type varchar)"
        )
        con.executemany("insert into cases values (?, ?, ?, ?)", combinations)
        found = con.execute(
            f"select victim_age_band, victim_sex, domestic, place_type, {subtype_sql()} from cases"
        ).fetchall()
    assert len(found) == 21 * 4 * 4 * 5
    assert [row for row in found if row[4] != subtype(*row[:4])] == []
    assert {row[4] for row in found} == {*SUBTYPES, NONE_OF_THE_SEVEN, CANNOT_BE_DERIVED}


def test_every_age_band_of_the_contract_has_its_groups() -> None:
    assert set(AGES) - {None} == {*AGE_GROUPS, "not known"}
