"""Pages of studies: published figures, what a new study changes, tables in and out, lists."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from tests.web.integration.what_works.studies.conftest import OPENED, measured

from nhpf.errors import NotPermitted
from nhpf.evidence import pool, read_study_table
from nhpf_web.audit.models import Entry
from nhpf_web.organisations.models import User
from nhpf_web.what_works.actions.syntheses import appraise, open_synthesis
from nhpf_web.what_works.models import Decision, LiveSynthesis, Study
from nhpf_web.what_works.queries.rated import how_many, ratings
from nhpf_web.what_works.rules.studies import CATEGORY_WORDS, JUDGED, StudyAct, StudyState

if TYPE_CHECKING:
    from django.test import Client
    from tests.web.integration.what_works.studies.conftest import Table

ROOT = Path(__file__).parents[5]
TABLES = Path(os.environ.get("NHPF_SHARED", ROOT.parent / "shared")) / "evidence" / "meta_studies"
published = pytest.mark.skipif(
    not TABLES.is_dir(),
    reason="The study tables stand beside the project and are not here (set NHPF_SHARED).",
)
AsUser = Callable[[User], "Client"]
ABOUT = {
    "organisation": "north",
    "design": "randomised",
    "risk_of_bias": "low",
    "source": "The review",
    "address": "https://example.org/review",
}
ONE = ABOUT | {"study": "New (2025)", "country": "UK", "effect": "0.5", "variance": "0.01"}


def page(live: LiveSynthesis, rest: str = "") -> str:
    return f"/what-works/evidence/{live.permanent_id}/{rest}"


def send_table(browser: Client, live: LiveSynthesis, text: str, *, columns: str = "") -> Any:
    file = SimpleUploadedFile("studies.csv", text.encode())
    return browser.post(page(live, "import/"), ABOUT | {"file": file, "columns": columns})


COUNTS = ("events_treatment", "n_treatment", "events_control", "n_control")
PUBLISHED = [
    # Scared Straight: Mantel and Haenszel, as published.
    ("scared_straight_petrosino_2013.csv", "OR", "MH", "", "1.68 (95% interval 1.20 to 2.36)"),
    # Achievement: two samples share a study, so the plain pooled figure is the published one.
    (
        "academic_achievement_youth_offending_lankester_2025.csv", "", "REML",
        "effect=fisher_z\nse=se_z", "-0.21 (95% interval -0.29 to -0.12)",
    ),
    # Cognitive behavioural therapy: one author stands twice with other samples.
    (
        "cbt_landenberger_lipsey_2005.csv", "OR", "DL",
        "effect=log_or_nonrecidivism\nse=se_log_or\ncluster=study",
        "1.53 (95% interval 1.35 to 1.73)",
    ),
]  # fmt: skip


@published
@pytest.mark.parametrize(("name", "measure", "method", "columns", "expected"), PUBLISHED)
def test_published_tables_brought_in_by_the_page_give_the_published_figure(
    table: Table,
    as_user: AsUser,
    name: str,
    measure: str,
    method: str,
    columns: str,
    expected: str,
) -> None:
    opened = OPENED | {"measure": measure, "method": method, "outcome": f"Of {name[:10]}"}
    live = open_synthesis(**opened, by=table.editor)
    text = (TABLES / name).read_text(encoding="utf-8")
    sent = send_table(as_user(table.writer), live, text, columns=columns)
    assert sent.status_code == 302
    waiting = Study.objects.filter(synthesis=live)
    assert waiting.count() == len(text.strip().splitlines()) - 1
    deciding = as_user(table.assessor)
    assert "What approving all of them would change" in deciding.get(page(live, "decide/")).text
    chosen = {"studies": [one.pk for one in waiting], "act": "approve"}
    done = deciding.post(
        page(live, "decide/"), chosen | {"reason": "In the review", "has_no_interest": "on"}
    )
    assert done.status_code == 302
    assert expected in deciding.get(page(live)).text


def test_adding_a_study_shows_before_and_after_on_the_page(
    table: Table, as_user: AsUser, client: Client
) -> None:
    table.decide(table.put(measured("First (2020)", -0.5), measured("Second (2021)", -0.3)))
    before = client.get(page(table.live)).text
    assert "Odds ratio 0.67" in before
    writing, deciding = as_user(table.writer), as_user(table.assessor)
    form = page(table.live, "put-forward/?given=effect")
    seen = writing.post(form, ONE | {"preview": "1"}).text
    assert "What it would change if it were approved" in seen
    assert "was 0.67" in seen
    assert Study.objects.count() == 2
    assert writing.post(form, ONE).status_code == 302
    new = Study.objects.get(name="New (2025)")
    assert client.get(page(table.live)).text == before, "what waits counts for nothing"
    shown = deciding.get(page(table.live, f"studies/{new.pk}/")).text
    assert "What approving it would change" in shown
    answer = deciding.post(
        page(table.live, f"studies/{new.pk}/do/approve/"),
        {"reason": "Allotted by lot", "has_no_interest": "on"},
    )
    assert answer.status_code == 302
    after = client.get(page(table.live)).text
    assert "The odds ratio was 0.67" in after
    assert "and is 0.90" in after
    assert "The conclusion changed: it could be told from chance, and now it cannot." in after
    kept = Decision.objects.first()
    assert kept is not None
    assert (kept.before["studies"], kept.after["studies"]) == (2, 3)
    assert kept.before["category"] == "helps"
    assert kept.after["category"] == "inconclusive"
    # Reopened, it counts no longer, and the history holds both.
    deciding.post(
        page(table.live, f"studies/{new.pk}/do/reopen/"),
        {"reason": "An erratum came out", "has_no_interest": "on"},
    )
    again = client.get(page(table.live)).text
    assert "Odds ratio 0.67" in again
    assert again.count("Before and after decision") == 6
    assert Entry.objects.filter(reason__startswith="reopen: An erratum").exists()


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("B (2001),x,0.1", "row 2, column effect"),
        ("B (2001),0.1,0", "row 2, column variance"),
        ("B (2001),0.1", "row 2"),
        ("=B,0.1,0.1", "row 2, column study"),
        ("A (2000),0.1,0.1", "row 2, column study"),
    ],
)
def test_a_malformed_table_names_file_row_and_column_and_nothing_is_half_written(
    table: Table, as_user: AsUser, row: str, where: str
) -> None:
    text = f"study,effect,variance\nA (2000),0.1,0.1\n{row}\n"
    answer = send_table(as_user(table.writer), table.live, text)
    assert answer.status_code == 200
    assert f"studies.csv, {where}" in answer.text
    assert "Error:" in answer.text
    assert Study.objects.count() == 0


@pytest.mark.parametrize("rest", ["import/", "put-forward/"])
def test_a_form_that_nobody_sent_has_no_fault_yet(table: Table, as_user: AsUser, rest: str) -> None:
    text = as_user(table.writer).get(page(table.live, rest)).text
    assert "There is a problem" not in text
    assert "checked" in text


@pytest.mark.parametrize("columns", ["effect", "effect=", "size=yi", "effect=nowhere"])
def test_a_wrong_name_of_a_column_is_refused(table: Table, as_user: AsUser, columns: str) -> None:
    text = "study,yi,variance\nA (2000),0.1,0.1\n"
    answer = send_table(as_user(table.writer), table.live, text, columns=columns)
    assert "There is a problem" in answer.text
    assert Study.objects.count() == 0
    right = send_table(as_user(table.writer), table.live, text, columns="effect=yi\n")
    assert right.status_code == 302


def test_a_row_of_another_outcome_is_named(table: Table, as_user: AsUser) -> None:
    text = "study,outcome,effect,variance\nA (2000),Theft,0.1,0.1\n"
    answer = send_table(as_user(table.writer), table.live, text)
    assert "studies.csv, row 1, column outcome" in answer.text
    assert Study.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"study": ""}, "Name the study."),
        ({"effect": "much"}, "“Effect” is not a number"),
        ({"variance": "-1"}, "“Variance of the effect” must be above zero"),
        ({"year": "24"}, "“Year of publication” is not a year"),
        ({"address": "nowhere"}, "Enter a whole address"),
        ({"source": ""}, "Cite the publication."),
        ({"design": ""}, "Say how it was designed."),
        ({"country": "Ring 07700 900123"}, "a telephone number"),
    ],
)
def test_a_wrong_study_is_refused_at_its_field(
    table: Table, as_user: AsUser, changed: dict[str, str], words: str
) -> None:
    answer = as_user(table.writer).post(
        page(table.live, "put-forward/?given=effect"), ONE | changed
    )
    assert words in answer.text
    assert "There is a problem" in answer.text
    assert Study.objects.count() == 0


def test_the_effect_is_given_as_counts_means_or_itself_where_the_measure_bears_it(
    table: Table, as_user: AsUser
) -> None:
    browser = as_user(table.writer)
    counts = {
        "events_treatment": "5",
        "n_treatment": "50",
        "events_control": "9",
        "n_control": "48",
    }
    given = ABOUT | {"study": "Counts (2024)"} | counts
    assert browser.post(page(table.live, "put-forward/"), given).status_code == 302
    assert Study.objects.get().given["events_control"] == 9
    means = open_synthesis(
        **(OPENED | {"measure": "SMD", "outcome": "Harm, in points"}), by=table.editor
    )
    form = browser.get(page(means, "put-forward/")).text
    assert "Standard deviation of the treated group" in form
    assert "?given=counts" not in form
    values = zip(("mean", "sd", "n"), ("1.5", "2", "40"), strict=True)
    both = {f"{one}_{arm}": value for one, value in values for arm in ("treatment", "control")}
    answer = browser.post(page(means, "put-forward/"), ABOUT | {"study": "Means (2024)"} | both)
    assert answer.status_code == 302
    assert set(Study.objects.get(synthesis=means).given) == set(both)


def test_the_study_table_makes_the_figure_again(
    table: Table, client: Client, tmp_path: Path
) -> None:
    table.decide(table.put(measured("First (2020)", -0.5), measured("Second (2021)", -0.1, 0.04)))
    table.decide(table.put(measured("Bad (2022)", -5)), StudyAct.SCREEN_OUT)
    table.put(measured("Waits (2023)", -5))
    answer = client.get(page(table.live, "study-table.csv"))
    assert "OFFICIAL-sy-" in answer["Content-Disposition"]
    file = tmp_path / "table.csv"
    file.write_bytes(answer.content)
    found = pool(read_study_table(file, measure="OR"), method="DL")
    assert len(found.studies) == 2
    assert found.interval_in_words() in client.get(page(table.live)).text
    listed = client.get(page(table.live, "studies.csv")).text
    assert "Bad (2022)" in listed
    assert "Waits (2023)" not in listed


def test_every_study_is_listed_with_its_reason(table: Table, client: Client) -> None:
    for state in StudyState:
        table.in_state(state)
    text = client.get(page(table.live)).text
    for state in (StudyState.APPROVED, StudyState.SCREENED_OUT, StudyState.ON_HOLD):
        assert f"Stands {state}" in text
    assert "Stands put forward" not in text
    assert text.count("Fit for it") >= 3


def test_ratings_hide_nothing_and_narrow_by_what_was_found(table: Table, client: Client) -> None:
    table.decide(table.put(measured("Bad (2022)", -5)), StudyAct.SCREEN_OUT)
    held = ratings()
    assert len(held) == how_many()
    assert {one.category for one in held} >= {"helps", "harmful", "inconclusive", "screened out"}
    for category in CATEGORY_WORDS:
        expected = [one for one in held if one.category == category]
        answer = client.get(f"/what-works/evidence/?category={category}")
        assert f"{len(expected)} of {len(held)} ratings match" in answer.text
        rows = list(
            csv.DictReader(
                io.StringIO(
                    client.get(f"/what-works/evidence/ratings.csv?category={category}").text
                )
            )
        )
        assert len(rows) == len(expected)
        assert all(row["why"] and row["source"] and row["kind"] for row in rows)
    both = client.get("/what-works/evidence/?intervention=iv-hsp&kind=live").text
    assert "Screened out" in both
    assert table.live.outcome in both


def test_the_intervention_and_its_syntheses_lead_to_each_other(
    table: Table, client: Client
) -> None:
    entry = client.get("/what-works/iv-hsp/").text
    assert page(table.live) in entry
    assert 'href="#syntheses"' in entry
    assert "/what-works/iv-hsp/" in client.get(page(table.live)).text
    assert "/what-works/evidence/" in client.get("/what-works/").text


def test_what_waits_stands_on_the_work_page(table: Table, as_user: AsUser) -> None:
    table.put(measured("A (2024)"))
    deciding = as_user(table.assessor).get("/what-works/practices/mine/").text
    assert "Studies to decide on" in deciding
    assert "A (2024)" in deciding
    own = as_user(table.writer).get("/what-works/practices/mine/").text
    assert "Studies that you put forward" in own
    assert "Studies to decide on" not in own


def test_an_editor_opens_a_synthesis_by_page(table: Table, as_user: AsUser) -> None:
    given = OPENED | {"outcome": "Robbery", "hartung_knapp": "", "worthwhile": ""}
    assert as_user(table.writer).post("/what-works/evidence/begin/", given).status_code == 403
    browser = as_user(table.editor)
    wrong = browser.post("/what-works/evidence/begin/", given | {"bias_reason": ""})
    assert "needs its reason" in wrong.text
    assert browser.post("/what-works/evidence/begin/", given).status_code == 302
    assert LiveSynthesis.objects.get(outcome="Robbery").method == "DL"


@pytest.mark.django_db
def test_the_examples_are_marked_synthetic_on_page_table_and_download(client: Client) -> None:
    call_command("demonstration", verbosity=0)
    call_command("example_studies")
    call_command("example_studies")
    assert LiveSynthesis.objects.count() == 2
    for live in LiveSynthesis.objects.all():
        text = client.get(page(live)).text
        assert "Synthetic, for demonstration" in text
        assert "(synthetic, for demonstration)" in text
        answer = client.get(page(live, "study-table.csv"))
        assert "OFFICIAL-synthetic-" in answer["Content-Disposition"]
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert {row["standing"] for row in rows} == {"synthetic, for demonstration"}
    assert "Egger" in client.get(page(LiveSynthesis.objects.get(intervention="iv-hsp"))).text
    assert all(one.is_synthetic for one in ratings() if one.kind == "live"), (
        "the demonstration shows nothing as a real synthesis"
    )


@pytest.mark.django_db
def test_production_has_no_synthetic_syntheses(settings: Any) -> None:
    settings.NHPF_IS_PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("example_studies")


def test_an_editor_judges_the_studies_anew_and_the_history_says_so(
    table: Table, as_user: AsUser, client: Client
) -> None:
    table.decide(table.put(measured("First (2020)", -0.5), measured("Second (2021)", -0.3)))
    judged = {name: OPENED[name] for name in JUDGED} | {"reason": "A reader wrote in"}
    worse = judged | {"risk_of_bias": "high", "bias_reason": "Half of the people were lost"}
    assert as_user(table.assessor).post(page(table.live, "appraise/"), worse).status_code == 403
    with pytest.raises(NotPermitted):
        appraise(table.live, by=table.assessor, **worse)
    browser = as_user(table.editor)
    said = browser.post(page(table.live, "appraise/"), worse | {"harms": "Ring 07700 900123"})
    assert "telephone number" in said.text
    assert browser.post(page(table.live, "appraise/"), worse).status_code == 302
    text = client.get(page(table.live)).text
    assert "the studies were judged anew" in text
    assert "Half of the people were lost" in text
    kept = Decision.objects.first()
    assert kept is not None
    assert (kept.before["certainty"], kept.after["certainty"]) == ("moderate", "very low")
    assert kept.before["estimate"] == kept.after["estimate"]
