"""Each hostile file ends in a clear message and an untouched store, or gives exactly its rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhpf.errors import RowsRejected
from nhpf.records.importing import Account, Choices, import_files

from .accepted import ACCEPTED
from .conftest import contents, held
from .making import Accepted, Refused, written
from .refused import REFUSED


def adds_up(account: Account) -> bool:
    return account.rows == account.accepted + account.rejected + account.duplicates


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(REFUSED) >= 60
    assert len({each.name for each in (*REFUSED, *ACCEPTED)}) == len(REFUSED) + len(ACCEPTED)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_hostile_file_is_refused_in_words(case: Refused, store: Path, tmp_path: Path) -> None:
    path, before = written(case, tmp_path), contents(store)
    with pytest.raises(case.error) as raised:
        import_files(case.source, [path], root=store)
    message = str(raised.value)
    assert type(raised.value) is case.error
    assert not [words for words in case.says if words not in message], message
    assert not [value for value in case.hides if value in message], message
    assert raised.value.where
    assert str(tmp_path) not in message
    assert contents(store) == before
    if isinstance(raised.value, RowsRejected):
        account = raised.value.account
        assert isinstance(account, Account)
        assert adds_up(account)
        assert len(account.rejects) == account.rejected > 0


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_an_odd_file_gives_exactly_its_rows(case: Accepted, store: Path, tmp_path: Path) -> None:
    done = import_files(
        "crime_events", [written(case, tmp_path)], choices=Choices(**case.choices), root=store
    )
    assert held(store, "crime_events", "event_id, category") == list(case.rows)
    assert done.account.accepted == len(case.rows)
    assert done.account.duplicates == case.duplicates
    assert adds_up(done.account)
    assert not list((store / "staging").iterdir())
