"""The working draft and its revisions; editions frozen, taken in, compared, read as they were."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from nhpf.errors import EditionFault, InvalidInput, NotPermitted
from nhpf.framework import (
    Entry,
    Fact,
    Source,
    compare_editions,
    edition_files,
    load_edition,
    read_edition,
    record_text,
    write_edition,
)
from nhpf.records.editions import edition_folder
from nhpf_web.audit.models import Entry as Logged
from nhpf_web.cycle.actions import drafts
from nhpf_web.cycle.actions.editions import freeze, write_header
from nhpf_web.cycle.forms.outcomes import rating_lines, ratings_of
from nhpf_web.cycle.models import Edition, Record, Revision
from nhpf_web.cycle.queries.drafts import draft_edition, entry_of, held_by, latest
from nhpf_web.cycle.queries.editions import edition_named, seen_on
from nhpf_web.equality import actions as equality
from nhpf_web.equality.models import Assessment
from nhpf_web.equality.queries import is_published
from nhpf_web.equality.rules import CHARACTERISTICS, PARTS
from nhpf_web.organisations.models import Organisation, User
from nhpf_web.organisations.rules import Role

Person = Callable[..., User]
Browser = Callable[[User], Client]
HOME = "/how-we-are-doing/"
TODAY = timezone.localdate()
NEXT = TODAY + timedelta(days=30)


@pytest.fixture
def draft(owner: Organisation) -> None:
    drafts.load_draft(load_edition("2026"))


@pytest.fixture
def signed(owner: Organisation, person: Person) -> Callable[[str, str], Assessment]:
    """Sign an assessment of a subject, written by one person and signed by another."""

    def sign(kind: str, identity: str) -> Assessment:
        writer = person("wil", Role.EDITOR, at=owner)
        held = equality.draft(
            organisation=owner.slug, title=f"Of {identity}", kind=kind, identity=identity, by=writer
        )
        said = {"outcome": "adjust", "review_due": date(2090, 1, 1)}
        for part in PARTS:
            values = {name: said.get(name, "Said") for name in part.fields}
            equality.change_part(held, part, values, by=writer)
        effects = dict.fromkeys(CHARACTERISTICS, ("neutral", "Because"))
        equality.change_effects(held, effects, by=writer)
        equality.sign(held, by=person("lee", Role.EQUALITY_LEAD, at=owner))
        return held

    return sign


Signed = Callable[[str, str], Assessment]


def record(identity: str) -> Record:
    return Record.objects.get(identity=identity)


def now(identity: str) -> Entry:
    held = held_by(latest(record(identity)))
    assert isinstance(held, Entry)
    return held


def begun(editor: User, name: str = "2028") -> Edition:
    return write_header(
        name=name,
        title=f"Edition {name}",
        summary="The second.",
        published=NEXT,
        review_due=NEXT + timedelta(days=700),
        by=editor,
    )


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_exported_loaded_into_an_empty_installation_and_exported_again_is_byte_identical(
    db: None, tmp_path: Path
) -> None:
    shipped = replace(load_edition("2026"), name="2028", title="From elsewhere")
    write_edition(shipped, tmp_path / "one")
    call_command("load_draft", str(tmp_path / "one"), stdout=StringIO())
    # The frozen files, and the files that the draft's records make again.
    write_edition(edition_named("2028"), tmp_path / "two")
    write_edition(draft_edition(Edition.objects.get(name="2028")), tmp_path / "three")
    one = bytes_of(tmp_path / "one")
    assert len(one) > 80
    assert one == bytes_of(tmp_path / "two") == bytes_of(tmp_path / "three")
    assert one == bytes_of(edition_folder("2028"))


def test_loading_never_overwrites_a_draft(draft: None, editor: User) -> None:
    drafts.revise(record("ar-knife"), replace(now("ar-knife"), title="Knives"), by=editor)
    said = StringIO()
    call_command("load_draft", stdout=said)
    assert "0 new records" in said.getvalue()
    assert now("ar-knife").title == "Knives"
    assert record("ar-knife").revisions.count() == 2


def test_the_draft_of_an_edition_says_what_the_edition_says(draft: None) -> None:
    found = compare_editions(load_edition("2026"), draft_edition())
    assert (found.added, found.removed, found.changed) == ((), (), ())


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_only_editors_of_the_owner_write(
    draft: None, owner: Organisation, editor: User, person: Person, role: Role
) -> None:
    somebody = person("sam", role, at=owner)
    changed = replace(now("ar-knife"), title="Mine")
    row = begun(editor)
    for act in (
        lambda: drafts.revise(record("ar-knife"), changed, by=somebody),
        lambda: drafts.add("area", changed, by=somebody),
        lambda: drafts.rename(record("ar-knife"), "ar-knives", by=somebody, reason="x"),
        lambda: drafts.schedule(latest(record("ar-knife")), NEXT, by=somebody),
        lambda: begun(somebody),
        lambda: freeze(row, by=somebody),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert now("ar-knife").title == "Knife crime"


def test_an_editor_of_a_force_does_not_write(draft: None, person: Person) -> None:
    with pytest.raises(NotPermitted):
        drafts.revise(
            record("ar-knife"), replace(now("ar-knife"), title="x"), by=person("fe", Role.EDITOR)
        )


def test_a_revision_stands_as_it_was_written(draft: None, editor: User) -> None:
    made = drafts.revise(record("ar-knife"), replace(now("ar-knife"), title="Knives"), by=editor)
    made.text = "title = 'Other'"
    with pytest.raises(NotPermitted):
        made.save()
    assert "Knives" in Revision.objects.get(pk=made.pk).text
    with pytest.raises(InvalidInput, match="Nothing was changed"):
        drafts.revise(record("ar-knife"), replace(now("ar-knife")), by=editor)
    assert Logged.objects.filter(subject="entry:ar-knife", who="edith").count() == 1


def test_an_edition_is_not_frozen_unsigned_or_with_a_fault(
    draft: None, editor: User, signed: Signed
) -> None:
    row = begun(editor)
    with pytest.raises(NotPermitted, match="No signed equality assessment"):
        freeze(row, by=editor)
    drafts.revise(record("ar-knife"), replace(now("ar-knife"), summary=""), by=editor)
    signed("edition", "2028")
    with pytest.raises(InvalidInput, match="summary"):
        freeze(row, by=editor)
    assert not edition_folder("2028").exists()
    assert Edition.objects.get(name="2028").standing == "draft"


def test_a_change_of_the_draft_lapses_the_signature_of_its_edition(
    draft: None, editor: User, signed: Signed, client: Client
) -> None:
    row = begun(editor)
    held = signed("edition", "2028")
    drafts.revise(record("ar-knife"), replace(now("ar-knife"), title="Knives"), by=editor)
    with pytest.raises(NotPermitted, match="No signed equality assessment"):
        freeze(row, by=editor)
    assert "what it assesses has changed" in client.get(f"/equality/{held.reference}/").text
    assert not edition_folder("2028").exists()
    writer, lead = User.objects.get(username="wil"), User.objects.get(username="lee")
    equality.reopen(held, by=writer, reason="The draft changed")
    equality.sign(held, by=lead)
    freeze(row, by=editor)
    # The edition is what was signed for, though its files now hold the assessment too.
    assert is_published("edition-2028")


def test_an_entry_with_an_assessment_of_its_own_needs_one_of_its_new_words(
    draft: None, editor: User, signed: Signed
) -> None:
    signed("edition", "2026")
    held = signed("entry", "ar-knife")
    first = drafts.revise(record("ar-knife"), replace(now("ar-knife"), title="Knives"), by=editor)
    # That of the edition covers what never had its own, and does not stand in for one that lapsed.
    with pytest.raises(NotPermitted, match="No signed equality assessment"):
        drafts.schedule(first, TODAY, by=editor)
    other = drafts.revise(record("ar-gun"), replace(now("ar-gun"), title="Guns"), by=editor)
    drafts.schedule(other, TODAY, by=editor)
    equality.reopen(held, by=User.objects.get(username="wil"), reason="New words")
    with pytest.raises(NotPermitted, match="No signed equality assessment"):
        drafts.schedule(first, TODAY, by=editor)
    equality.sign(held, by=User.objects.get(username="lee"))
    drafts.schedule(first, TODAY, by=editor)
    seen = seen_on("ar-knife", TODAY)
    assert seen is not None
    assert seen.entry.title == "Knives"
    # A further draft does not take away what readers see under the signature.
    drafts.revise(record("ar-knife"), replace(now("ar-knife"), title="Blades"), by=editor)
    seen = seen_on("ar-knife", TODAY)
    assert seen is not None
    assert seen.entry.title == "Knives"


def test_a_frozen_edition_stands_for_ever(draft: None, editor: User, signed: Signed) -> None:
    row = begun(editor)
    drafts.revise(record("ar-knife"), replace(now("ar-knife"), title="Knives"), by=editor)
    signed("edition", "2028")
    freeze(row, by=editor)
    held = edition_named("2028")
    assert held.entry("ar-knife").title == "Knives"
    assert held.assessment_of("edition-2028") is not None
    assert bytes_of(edition_folder("2028")) == {
        name: text.encode() for name, text in edition_files(held).items()
    }
    assert {path.stat().st_mode & 0o222 for path in edition_folder("2028").rglob("*.toml")} == {0}
    frozen = Edition.objects.get(name="2028")
    with pytest.raises(NotPermitted):
        frozen.save()
    with pytest.raises(NotPermitted):
        frozen.delete()
    with pytest.raises(NotPermitted):
        freeze(frozen, by=editor)
    with pytest.raises(InvalidInput, match="stands already"):
        begun(editor)
    drafts.revise(record("ar-knife"), replace(now("ar-knife"), title="Later"), by=editor)
    assert edition_named("2028").entry("ar-knife").title == "Knives"


def test_files_that_were_tampered_with_are_refused(
    draft: None, editor: User, signed: Signed
) -> None:
    row = begun(editor)
    signed("edition", "2028")
    freeze(row, by=editor)
    path = edition_folder("2028") / "areas" / "ar-knife.toml"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("Knife crime", "Something else"))
    with pytest.raises(EditionFault, match="not those that were frozen"):
        edition_named("2028")


def test_an_id_is_renamed_and_nothing_that_named_it_breaks(
    draft: None, editor: User, signed: Signed, client: Client
) -> None:
    links = len(draft_edition().linked_to("tk-hot-spot"))
    drafts.rename(record("tk-hot-spot"), "tk-hot-spots", by=editor, reason="Plural")
    edition = draft_edition()
    assert edition.entry("tk-hot-spot").id == "tk-hot-spots"
    assert len(edition.linked_to("tk-hot-spots")) == links > 0
    assert not edition.linked_to("tk-hot-spot")
    for taken in ("tk-hot-spot", "tk-hot-spots", "ar-knife"):
        with pytest.raises(InvalidInput):
            drafts.rename(record("tk-vru"), taken, by=editor, reason="x")
    row = begun(editor)
    signed("edition", "2028")
    freeze(row, by=editor)
    page = client.get(f"{HOME}editions/2028/tk-hot-spot/")
    assert page["Location"] == f"{HOME}editions/2028/tk-hot-spots/"
    assert client.get(f"{HOME}editions/2026/tk-hot-spot/").status_code == 200
    # An older file is not taken for a new record.
    assert drafts.load_draft(load_edition("2026")) == 0


def test_a_hundred_permanent_ids_still_resolve_after_renames(draft: None, editor: User) -> None:
    old = [one.id for one in load_edition("2026").entries.values() if one.kind != "phase"][:100]
    # The ids of what links to nothing first, so that the test stays short.
    for identity in old[:6]:
        drafts.rename(record(identity), f"{identity}-b", by=editor, reason="x")
        drafts.rename(record(f"{identity}-b"), f"{identity}-c", by=editor, reason="x")
    edition = draft_edition()
    assert len(old) == 100
    assert [edition.entry(id).title for id in old] == [
        load_edition("2026").entry(id).title for id in old
    ]


def test_a_scheduled_revision_is_seen_from_its_day_and_each_day_keeps_its_page(
    draft: None, editor: User, signed: Signed
) -> None:
    made = drafts.revise(record("ar-knife"), replace(now("ar-knife"), title="Knives"), by=editor)
    day = TODAY + timedelta(days=3)
    with pytest.raises(NotPermitted, match="No signed"):
        drafts.schedule(made, day, by=editor)
    signed("entry", "ar-knife")
    with pytest.raises(InvalidInput, match="has passed"):
        drafts.schedule(made, TODAY - timedelta(days=1), by=editor)
    drafts.schedule(made, day, by=editor)
    seen = [seen_on("ar-knife", TODAY + timedelta(days=n)) for n in (0, 2, 3, 9)]
    assert [one and one.entry.title for one in seen] == [
        "Knife crime", "Knife crime", "Knives", "Knives",
    ]  # fmt: skip
    assert seen_on("ar-knife", date(2020, 1, 1)) is None
    assert entry_of(made).title == "Knives"


def test_an_edition_leaves_out_what_is_scheduled_for_later(
    draft: None, editor: User, signed: Signed
) -> None:
    signed("edition", "2026")
    made = drafts.revise(record("ar-knife"), replace(now("ar-knife"), title="Later"), by=editor)
    drafts.schedule(made, NEXT + timedelta(days=1), by=editor)
    row = begun(editor)
    signed("edition", "2028")
    freeze(row, by=editor)
    assert edition_named("2028").entry("ar-knife").title == "Knife crime"


def test_the_whole_way_in_the_site(
    draft: None, editor: User, as_user: Browser, client: Client, signed: Signed
) -> None:
    browser, own = as_user(editor), f"{HOME}draft/ar-knife/"
    assert "Working draft" in browser.get(f"{HOME}draft/").text
    form = {
        name: value if isinstance(value, str) else ""
        for name, value in (("title", "Knives"), ("summary", "Blades."), ("editorial", "Ours."))
    } | {f"text_{part}": f"Some **{part}**." for part in now("ar-knife").text}
    shown = browser.post(f"{own}words/", form | {"preview": "1"}).text
    assert "Preview: not saved yet" in shown
    assert "<strong>how</strong>" in shown
    assert now("ar-knife").title == "Knife crime"
    assert browser.post(f"{own}words/", form | {"reason": "Shorter"}).status_code == 302
    assert now("ar-knife").title == "Knives"
    compared = browser.get(f"{own}compare/?before=1&after=2").text
    assert "ar-knife: title" in compared
    assert "Knife crime" in compared
    bad = browser.post(f"{own}facts/", {"facts": "Something [S_NOWHERE]"})
    assert "No source has the id S_NOWHERE" in bad.text
    good = browser.post(f"{own}facts/", {"facts": "Something [S_SEED]"})
    assert good.status_code == 302
    assert [fact.text for fact in now("ar-knife").facts] == ["Something"]
    header = {
        "name": "2028", "title": "Edition 2028", "summary": "The second.",
        "published": f"{NEXT:%d %m %Y}", "review_due": f"{NEXT + timedelta(700):%d %m %Y}",
    }  # fmt: skip
    assert browser.post(f"{HOME}editions/next/", header).status_code == 302
    assert "No signed equality assessment" in browser.post(f"{HOME}editions/freeze/", {}).text
    signed("edition", "2028")
    assert browser.post(f"{HOME}editions/freeze/", {})["Location"] == f"{HOME}editions/2028/"
    assert "Edition 2028" in client.get(f"{HOME}editions/").text
    changes = client.get(f"{HOME}editions/compare/?before=2026&after=2028").text
    assert "ar-knife: title" in changes
    assert "Evidence and facts that changed" in changes
    as_it_was = client.get(f"{HOME}editions/2026/ar-knife/").text
    assert "<h1" in as_it_was
    assert "Knife crime" in as_it_was
    later = client.get(f"{HOME}entries/ar-knife/?as-at={NEXT.isoformat()}").text
    assert "Knives" in later
    early = client.get(f"{HOME}entries/ar-knife/?as-at=2020-01-01")
    assert (early.status_code, "Not there on that day" in early.text) == (404, True)
    packed = client.get(f"{HOME}editions/2028/files.zip").content
    assert packed == client.get(f"{HOME}editions/2028/files.zip").content
    assert "2028/areas/ar-knife.toml" in ZipFile(BytesIO(packed)).namelist()


@pytest.mark.parametrize("part", ["words", "links", "facts", "evidence", "keeping"])
def test_a_form_sent_as_it_came_changes_nothing(
    draft: None, editor: User, as_user: Browser, part: str
) -> None:
    """What a form shows is all that it may touch: nothing is lost by opening and saving it."""
    address = f"{HOME}draft/iv-mentor/{part}/"
    browser = as_user(editor)
    form = browser.get(address).context["form"]
    sent = {
        name: [str(one) for one in value] if isinstance(value, list) else str(value)
        for name, value in ((name, form[name].value()) for name in form.fields)
        if value is not None
    }
    if part == "keeping":
        sent["review_due"] = f"{now('iv-mentor').review_due:%d %m %Y}"
    before = record_text(now("iv-mentor"))
    assert "Nothing was changed" in browser.post(address, sent).text
    assert record_text(now("iv-mentor")) == before


OUTCOME = {
    "outcome": "Knife injuries", "finding": "Fewer.", "direction": "favourable",
    "strength": "limited", "measure": "odds ratio", "estimate": "0.8", "low": "0.6",
    "high": "1.1", "studies": "4", "uk_studies": "0", "source": "S_SEED",
}  # fmt: skip


def test_outcomes_are_added_changed_and_removed(
    draft: None, editor: User, as_user: Browser
) -> None:
    browser, held = as_user(editor), now("iv-mentor").evidence
    assert held is not None
    last = len(held.outcomes)
    address = f"{HOME}draft/iv-mentor/outcomes/{last}/"
    wrong = browser.post(address, OUTCOME | {"low": "2", "source": "S_NOWHERE"}).text
    assert "lies between the ends" in wrong
    assert "No source has the id S_NOWHERE" in wrong
    assert browser.post(address, OUTCOME).status_code == 302
    made = now("iv-mentor").evidence
    assert made is not None
    assert made.outcomes[:last] == held.outcomes
    assert (made.outcomes[last].estimate, made.outcomes[last].uk_studies) == (0.8, 0)
    assert browser.post(address, OUTCOME | {"studies": "5"}).status_code == 302
    assert browser.post(address, OUTCOME | {"is_removed": "on"}).status_code == 302
    assert now("iv-mentor").evidence == held
    assert browser.get(f"{HOME}draft/iv-mentor/outcomes/99/").status_code == 404
    assert browser.get(f"{HOME}draft/ar-knife/outcomes/0/").status_code == 404


def test_every_rating_comes_back_from_its_line() -> None:
    edition = load_edition("2026")
    rated = [one.evidence for one in edition.of_kind("intervention") if one.evidence]
    assert sum(len(one.ratings) for one in rated) > 5
    for evidence in rated:
        assert ratings_of(rating_lines(evidence), edition) == evidence.ratings


def test_a_new_entry_and_a_new_source(draft: None, editor: User, as_user: Browser) -> None:
    browser = as_user(editor)
    form = {"kind": "source", "identity": "S_NEW", "title": "A new report"}
    assert browser.post(f"{HOME}draft/add/", form).status_code == 302
    said = {"title": "A report", "publisher": "Somebody", "year": "2027", "url": "", "note": ""}
    assert browser.post(f"{HOME}draft/S_NEW/source/", said).status_code == 302
    assert draft_edition().sources["S_NEW"].publisher == "Somebody"
    again = browser.post(f"{HOME}draft/add/", form)
    assert "never used twice" in again.text
    wrong = browser.post(f"{HOME}draft/add/", {**form, "kind": "area"})
    assert "begins with ar-" in wrong.text
    form = {"kind": "area", "identity": "ar-arson", "title": "Arson"}
    assert browser.post(f"{HOME}draft/add/", form).status_code == 302
    begun(editor)
    assert re.search(r"ar-arson: No toolkit serves", browser.get(f"{HOME}draft/").text)


def test_nobody_else_sees_the_draft(
    draft: None, client: Client, person: Person, as_user: Browser, owner: Organisation
) -> None:
    for path in ("draft/", "draft/ar-knife/", "draft/ar-knife/words/", "editions/next/"):
        assert client.get(HOME + path).status_code == 302
        others = as_user(person("lea", Role.LEAD, at=owner))
        assert others.get(HOME + path).status_code == 403


def test_three_editions_stand_side_by_side(
    draft: None, editor: User, signed: Signed, tmp_path: Path
) -> None:
    for name, title in (("2028", "Knives"), ("2030", "Blades")):
        drafts.revise(record("ar-knife"), replace(now("ar-knife"), title=title), by=editor)
        row = begun(editor, name)
        signed("edition", name)
        freeze(row, by=editor)
    titles = [edition_named(name).entry("ar-knife").title for name in ("2026", "2028", "2030")]
    assert titles == ["Knife crime", "Knives", "Blades"]
    found = compare_editions(edition_named("2028"), edition_named("2030"))
    assert [(one.id, one.field) for one in found.changed] == [("ar-knife", "title")]
    assert read_edition(edition_folder("2030")) == edition_named("2030")


def test_a_page_of_what_works_leads_to_itself_as_at_a_day(db: None, client: Client) -> None:
    page = client.get("/what-works/ar-knife/?as-at=2027-03-31")
    assert page["Location"] == f"{HOME}entries/ar-knife/?as-at=2027-03-31"
    assert "As at another day" in client.get("/what-works/ar-knife/").text


def test_an_earlier_id_leads_to_its_page_in_what_works(
    draft: None, editor: User, signed: Signed, client: Client, settings: Any
) -> None:
    drafts.rename(record("ar-knife"), "ar-blades", by=editor, reason="Wider")
    row = begun(editor)
    signed("edition", "2028")
    freeze(row, by=editor)
    settings.NHPF_EDITION = "2028"
    page = client.get("/what-works/ar-knife/")
    assert (page.status_code, page["Location"]) == (301, "/what-works/ar-blades/")
    assert "Edition 2028" in unescape(client.get("/what-works/ar-blades/").text)


def test_a_revision_may_rest_on_a_source_newer_than_the_edition(
    draft: None, editor: User, signed: Signed, client: Client
) -> None:
    made = Source("S_NEW", "A new report", "Somebody", "2027", url="https://example.org/new")
    drafts.add("source", made, by=editor)
    changed = replace(now("ar-knife"), facts=(Fact("A new fact.", "S_NEW"),))
    revision = drafts.revise(record("ar-knife"), changed, by=editor)
    signed("entry", "ar-knife")
    drafts.schedule(revision, TODAY, by=editor)
    page = client.get(f"{HOME}entries/ar-knife/").text
    assert "A new fact." in page
    assert "https://example.org/new" in page


def test_every_finding_of_an_edition_stands_on_its_page_with_its_source(
    db: None, client: Client
) -> None:
    for held in load_edition("2026").of_kind("intervention"):
        page = unescape(client.get(f"{HOME}editions/2026/{held.id}/").text)
        assert held.evidence is not None
        cited = [row.source for row in held.evidence.outcomes]
        cited += [row.source for row in held.evidence.ratings]
        for source in cited:
            assert load_edition("2026").sources[source].title in page
        for row in held.evidence.outcomes:
            assert row.finding in page
            assert row.estimate is None or f"{row.estimate:g}" in page
