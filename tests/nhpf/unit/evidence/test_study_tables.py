"""Study tables: the three ways to give an effect, and what is wrong named by row and column."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

import pytest

from nhpf.errors import CannotTell, DamagedData, InvalidInput, NhpfError, PersonalData
from nhpf.evidence import pool, pool_outcomes, read_study_table, with_new
from nhpf.evidence.study_tables import MOST_ROWS

EFFECTS = "study,effect,variance\nAble (2001),-0.3,0.04\nBaker (2004),-0.1,0.02\n"
COUNTS = (
    "study,events_treatment,n_treatment,events_control,n_control\n"
    "Able (2001),10,100,20,100\nBaker (2004),5,50,8,50\n"
)
MEANS = (
    "study,mean_treatment,sd_treatment,n_treatment,mean_control,sd_control,n_control\n"
    "Able (2001),10,2,30,12,2,30\nBaker (2004),11,3,40,12,3,40\n"
)


def written(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_an_effect_is_taken_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, EFFECTS)
    table = read_study_table(path)
    assert [study.name for study in table.studies] == ["Able (2001)", "Baker (2004)"]
    first = table.studies[0].effect
    assert first is not None
    assert (first.value, first.variance) == (-0.3, 0.04)
    assert table.measure.code == ""
    assert table.files[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (table.files[0].name, table.files[0].rows) == ("table.csv", 2)


def test_a_standard_error_is_squared(tmp_path: Path) -> None:
    table = read_study_table(written(tmp_path, "study,effect,se\nAble (2001),-0.3,0.2\n"))
    effect = table.studies[0].effect
    assert effect is not None
    assert effect.variance == pytest.approx(0.04)


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        (None, math.log(10 * 80 / (90 * 20))),
        ("OR", math.log(10 * 80 / (90 * 20))),
        ("RR", math.log(0.5)),
        ("RD", -0.1),
    ],
)
def test_counts_give_the_measure_that_is_stated(
    tmp_path: Path, measure: str | None, value: float
) -> None:
    effect = read_study_table(written(tmp_path, COUNTS), measure=measure).studies[0].effect
    assert effect is not None
    assert effect.value == pytest.approx(value)


def test_means_give_hedges_g(tmp_path: Path) -> None:
    effect = read_study_table(written(tmp_path, MEANS)).studies[0].effect
    assert effect is not None
    assert effect.value == pytest.approx(-(1 - 3 / (4 * 58 - 1)), rel=1e-4)


def test_semicolons_a_mark_and_capitals_are_read(tmp_path: Path) -> None:
    text = (
        "\ufeffStudy;Effect;SE;Country\r\nÅberg (2001);0.1;0.1;UK\r\n\r\nBaker (2004);.2;1e-1;\r\n"
    )
    table = read_study_table(written(tmp_path, text))
    assert [study.study for study in table.studies] == ["Åberg (2001)", "Baker (2004)"]
    assert [study.is_uk for study in table.studies] == [True, False]
    assert [study.row for study in table.studies] == [1, 3]


def test_other_columns_are_moderators_and_a_year_joins_the_name(tmp_path: Path) -> None:
    text = "study,year,effect,se,setting\nAble,2001,0.1,0.1,prison\nAble,2004,0.1,0.1,NA\n"
    table = read_study_table(written(tmp_path, text))
    assert [study.name for study in table.studies] == ["Able, 2001", "Able, 2004"]
    assert [study.moderators for study in table.studies] == [{"setting": "prison"}, {"setting": ""}]


def test_columns_of_other_names_are_told(tmp_path: Path) -> None:
    text = "author,yi,vi\nAble (2001),-0.3,0.04\nAble (2001),-0.1,0.02\n"
    columns = {"study": "author", "cluster": "author", "effect": "yi", "variance": "vi"}
    table = read_study_table(written(tmp_path, text), columns=columns)
    assert [study.cluster for study in table.studies] == ["Able (2001)"] * 2


def test_names_of_authors_are_citations(tmp_path: Path) -> None:
    text = "study,effect,se\nDavid Farrington (2016),0.1,0.1\nMichigan D.O.C.,0.1,0.1\n"
    assert len(read_study_table(written(tmp_path, text)).studies) == 2


E_ROW = "study,effect,variance\nAble (2001),-0.3,0.04\n"
C_ROW = COUNTS.rsplit("Baker", 1)[0]
M_ROW = MEANS.rsplit("Baker", 1)[0]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("effect,variance\n1,1\n", "header"),
        ("study,effect\nAble (2001),1\n", "header"),
        ("study,events_treatment,n_treatment,n_control\nAble (2001),1,2,3\n", "header"),
        ("study,effect,variance,se\nAble (2001),1,1,1\n", "header"),
        ("study,effect,variance,Effect\nAble (2001),1,1,1\n", "column 4"),
        ("study,effect,,variance\nAble (2001),1,1,1\n", "header"),
        (E_ROW + ",0.1,0.1\n", "row 2, column study"),
        (E_ROW + "Baker (2004),,0.1\n", "row 2, column effect"),
        (E_ROW + "Baker (2004),NA,0.1\n", "row 2, column effect"),
        (E_ROW + "Baker (2004),NaN,0.1\n", "row 2, column effect"),
        (E_ROW + "Baker (2004),inf,0.1\n", "row 2, column effect"),
        (E_ROW + "Baker (2004),1e999,0.1\n", "row 2, column effect"),
        (E_ROW + "Baker (2004),secret,0.1\n", "row 2, column effect"),
        (E_ROW + 'Baker (2004),"0,5",0.1\n', "row 2, column effect"),
        (E_ROW + "Baker (2004),0.5,0\n", "row 2, column variance"),
        (E_ROW + "Baker (2004),0.5,-0.1\n", "row 2, column variance"),
        (E_ROW + "Baker (2004),0.5,1e-300\n", "row 2, column variance"),
        ("study,effect,se\nBaker (2004),0.5,0\n", "row 1, column se"),
        ("study,effect,se\nBaker (2004),0.5,-1\n", "row 1, column se"),
        (E_ROW + "Baker (2004),0.5\n", "row 2"),
        (E_ROW + "\nBaker (2004),0.5,0.1,9\n", "row 3"),
        (E_ROW + '"Baker (2004),0.5,0.1\n', "row 2"),
        (E_ROW + "Able (2001),0.5,0.1\n", "row 2, column study"),
        (E_ROW + " ABLE  (2001),0.5,0.1\n", "row 2, column study"),
        (E_ROW + "=cmd(),0.5,0.1\n", "row 2, column study"),
        (E_ROW + "Ba\u200bker,0.5,0.1\n", "row 2, column study"),
        (C_ROW + "Baker (2004),5,-50,8,50\n", "row 2, column n_treatment"),
        (C_ROW + "Baker (2004),5,0,8,50\n", "row 2, column n_treatment"),
        (C_ROW + "Baker (2004),5,50,8.5,50\n", "row 2, column events_control"),
        (C_ROW + "Baker (2004),5,50,51,50\n", "row 2, column events_control"),
        (C_ROW + "Baker (2004),51,50,8,50\n", "row 2, column events_treatment"),
        (M_ROW + "Baker (2004),11,0,40,12,3,40\n", "row 2, column sd_treatment"),
        (M_ROW + "Baker (2004),11,3,40,12,3,1\n", "row 2, column n_control"),
        ("study,year,effect,se\nAble,20011,1,1\n", "row 1, column year"),
        ("study,outcome,effect,se\nAble,,1,1\n", "row 1, column outcome"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_never_quoted(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(DamagedData) as caught:
        read_study_table(written(tmp_path, text))
    assert caught.value.where.startswith("table.csv")
    assert caught.value.where.endswith(where)
    assert "secret" not in str(caught.value)
    assert "0,5" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("study,effect,se\nable@example.org,1,1\n", "row 1, column study"),
        ("study,effect,se\nAble 07700 900123,1,1\n", "row 1, column study"),
        ("study,effect,se,setting\nAble (2001),1,1,David Smith\n", "row 1, column setting"),
        ("study,effect,se,victim name\nAble (2001),1,1,x\n", "column 4"),
    ],
)
def test_what_points_to_a_person_is_refused(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(PersonalData) as caught:
        read_study_table(written(tmp_path, text))
    assert caught.value.where == f"table.csv, {where}"
    assert not any(word in str(caught.value) for word in ("example.org", "900123", "Smith"))


@pytest.mark.parametrize(
    ("text", "given", "kind"),
    [
        (EFFECTS, {"measure": "HR"}, InvalidInput),
        (MEANS, {"measure": "OR"}, InvalidInput),
        (COUNTS, {"measure": "SMD"}, InvalidInput),
        (EFFECTS, {"columns": {"effect": "yi"}}, InvalidInput),
        (EFFECTS, {"columns": {"weight": "effect"}}, InvalidInput),
        ("study,effect,se\nAble (2001),51,1\n", {"measure": "OR"}, DamagedData),
        ("%PDF-1.4", {}, DamagedData),
        ("", {}, DamagedData),
        ("study,effect,se\n", {}, DamagedData),
        ("study,effect,se\n" + "Able,1,1\n" * (MOST_ROWS + 1), {"columns": {"cluster": "study"}},
         DamagedData),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    tmp_path: Path, text: str, given: dict[str, object], kind: type[NhpfError]
) -> None:
    with pytest.raises(kind):
        read_study_table(written(tmp_path, text), **given)  # type: ignore[arg-type]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        read_study_table(tmp_path / "none.csv")


def test_one_study_is_not_pooled(tmp_path: Path) -> None:
    table = read_study_table(written(tmp_path, E_ROW))
    for method in ("REML", "EE"):
        with pytest.raises(CannotTell):
            pool(table, method=method)
    with pytest.raises(CannotTell):
        pool(read_study_table(written(tmp_path, C_ROW)), method="MH")


def test_an_outcome_of_one_study_says_so_beside_another(tmp_path: Path) -> None:
    text = "study,outcome,effect,se\nA,arrest,1,1\nB,arrest,2,1\nA,harm,1,1\n"
    table = read_study_table(written(tmp_path, text))
    with pytest.raises(InvalidInput):
        pool(table)
    arrest, harm = pool_outcomes(table)
    assert str(arrest).startswith("arrest: ")
    assert "at least 2 studies" in harm.why  # type: ignore[union-attr]


def test_new_studies_join_and_no_study_twice(tmp_path: Path) -> None:
    held = read_study_table(written(tmp_path, EFFECTS))
    new = read_study_table(
        written(tmp_path, "study,effect,se\nCole (2009),0.1,0.1\n", name="new.csv")
    )
    both = with_new(held, new)
    assert [study.study[:4] for study in both.studies] == ["Able", "Bake", "Cole"]
    assert [file.name for file in both.files] == ["table.csv", "new.csv"]
    with pytest.raises(DamagedData) as caught:
        with_new(both, new)
    assert caught.value.where == "new.csv, row 1, column study"
    with pytest.raises(InvalidInput):
        with_new(held, read_study_table(written(tmp_path, COUNTS)))


def test_a_table_with_outcomes_does_not_join_one_without(tmp_path: Path) -> None:
    held = read_study_table(written(tmp_path, EFFECTS))
    text = "study,outcome,effect,se\nCole (2009),arrest,0.1,0.1\n"
    with pytest.raises(InvalidInput):
        with_new(held, read_study_table(written(tmp_path, text)))
