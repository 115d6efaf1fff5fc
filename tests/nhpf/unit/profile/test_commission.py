"""A commission names roles and nobody, and a fault in its file is said with the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nhpf.errors import InvalidInput, PersonalData
from nhpf.framework import Edition
from nhpf.profile import build
from nhpf.profile.commission import Activity, Commission, Owner
from nhpf.profile.commission_file import read_commission
from nhpf.profile.documents import Documents
from nhpf.records import Release, find_area
from nhpf.reports.tree import Figure, Paragraph, Report

Write = Callable[[str], Path]
HOW_TO = Path(__file__).parents[4] / "docs/how-to/make-a-profile.md"
DUTY = Activity(
    title="Knife crime education",
    areas=("ar-knife",),
    level="primary",
    owner="Education lead, violence reduction unit",
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "commission.toml"
        path.write_text(text, "utf-8")
        return path

    return written


def texts(report: Report, section: str) -> str:
    found = next(each for each in report.sections if each.id == section)
    return " ".join(each.text for each in found.blocks if isinstance(each, Paragraph))


def rows(report: Report, id: str) -> list[tuple[object, ...]]:
    return [
        row
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Figure) and block.id == id
        for row in block.table.rows
    ]


def test_the_example_of_the_how_to_is_a_commission(write: Write, edition: Edition) -> None:
    example = HOW_TO.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    found = read_commission(write(example))
    found.check_entries(edition)
    assert found.review == date(2027, 3, 31)
    assert found.activity
    assert {each.level for each in found.activity} == {"primary", "secondary", "tertiary"}
    assert found.owner_of("ar-knife") != "to be named"
    assert found.owner_of("ar-gun") == "to be named"


@pytest.mark.parametrize(
    ("field", "text", "what"),
    [
        ("author", "Sarah Jones, analyst", "a name"),
        ("owner", "Mr Smith", "a name after a title"),
        ("asked_by", "head.of.crime@essex.police.uk", "an e-mail address"),
        ("scope", "the case of PNC 12/345678X", "a PNC number"),
        ("purpose", "to visit 14 Acacia Avenue", "a home address"),
    ],
)
def test_a_person_is_refused_and_not_repeated(field: str, text: str, what: str) -> None:
    with pytest.raises(PersonalData) as refused:
        Commission(**{field: text})  # type: ignore[arg-type]
    assert what in str(refused.value)
    assert field in refused.value.where
    assert text not in str(refused.value)


def test_a_person_is_refused_within_lists_and_tables() -> None:
    with pytest.raises(PersonalData, match="partners 2"):
        Commission(partners=("Essex County Council", "Sarah Jones"))
    with pytest.raises(PersonalData, match=r"activity 1\.owner"):
        Commission(
            activity=(Activity(title="A", areas=("ar-gun",), level="primary", owner="David Brown"),)
        )


def test_roles_desks_and_bodies_are_taken() -> None:
    for role in (
        "Head of Crime, Essex Police",
        "Detective Superintendent, homicide prevention",
        "Director of Public Health, Southend-on-Sea City Council",
        "Violence and Vulnerability Unit",
        "Community Safety Partnership chair",
    ):
        assert Commission(owner=role).owner == role


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("purpos = 'x'", "Did you mean purpose"),
        ("review = '2027-03-31'", "A date is needed"),
        ("author = 3", "A text is needed"),
        ("questions = 'one'", "A list of texts is needed"),
        ("activity = 'none'", "A list of tables is needed"),
        ("[[activity]]\ntitle = 'A'\nareas = ['ar-gun']", "Something is missing: level"),
        ("[[activity]]\ntitle = 'A'\nareas = ['ar-gun']\nlevel = 'late'", "is not known"),
        ("[[activity]]\ntitle = 'A'\nareas = []\nlevel = 'primary'", "which areas of focus"),
        ("author = ", "no TOML file"),
    ],
)
def test_a_fault_is_said_with_its_place_and_next_step(write: Write, text: str, says: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_commission(write(text))
    assert says in str(refused.value)
    assert refused.value.where
    assert refused.value.next_step


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_commission(tmp_path / "none.toml")


def test_an_area_of_focus_that_is_not_in_the_framework_is_refused(
    release: Release, edition: Edition
) -> None:
    given = Commission(owners=(Owner(area="ar-nothing", role="Head of Crime"),))
    with pytest.raises(InvalidInput, match="ar-nothing"):
        build(find_area("Kent Police", release), release=release, edition=edition, commission=given)


def test_what_is_given_stands_in_the_document(release: Release, edition: Edition) -> None:
    given = Commission(
        asked_by="Chief Officer Group",
        author="Strategic analysis desk",
        owner="Head of Crime",
        version="1.2",
        review=date(2027, 3, 31),
        activity=(DUTY,),
        owners=(Owner(area="ar-knife", role="Lead for knife crime"),),
    )
    report = build(
        find_area("Kent Police", release), release=release, edition=edition, commission=given
    )
    cover = texts(report, "cover")
    assert "Author: Strategic analysis desk." in cover
    assert "Version: 1.2." in cover
    assert "31 March 2027" in cover
    assert "Asked for by: Chief Officer Group." in texts(report, "reference")
    assert [row[2] for row in rows(report, "activity-by-level")] == [DUTY.title]
    done = {(row[1], row[2]): row[3] for row in rows(report, "gaps-by-level")}
    assert done["Knife crime", "Primary"] == DUTY.title
    assert done["Knife crime", "Tertiary"] == "nothing named"
    knife = next(row for row in rows(report, "recommended") if row[1] == "Knife crime")
    assert knife[3:5] == ("Lead for knife crime", "2027-03-31")


def test_nothing_named_is_not_the_same_as_not_asked(release: Release, edition: Edition) -> None:
    kent = find_area("Kent Police", release)
    asked = build(kent, release=release, edition=edition, commission=Commission(activity=()))
    unasked = build(kent, release=release, edition=edition)
    assert {row[3] for row in rows(asked, "gaps-by-level")} == {"nothing named"}
    assert {row[3] for row in rows(unasked, "gaps-by-level")} == {"not known"}


def test_another_commission_is_another_document(
    release: Release, edition: Edition, tmp_path: Path
) -> None:
    kent = find_area("Kent Police", release)

    def content(commission: Commission | None) -> bytes:
        return Documents(
            kent,
            release=release,
            edition=edition,
            signed={},
            root=tmp_path,
            commission=commission,
        ).content("json")

    first = content(None)
    given = content(Commission(review=date(2027, 3, 31), activity=(DUTY,)))
    assert given != first
    assert content(Commission(review=date(2027, 3, 31), activity=(DUTY,))) == given
