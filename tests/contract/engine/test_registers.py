"""What the state has is not asked again; electronic copies and their revocation; both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.commands.issue_copy import FetchCopy, IssueCopy, RevokeCopy
from engine.commands.keep_register_item import (
    ConsultRegister,
    EndRegisterItem,
    KeepRegisterItem,
)
from engine.commands.settle_component import RequireComponents, SettleComponent
from engine.dispatch import CommandEngine
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.ports.views import Query
from engine.store.doctor import examine
from engine.testing import TESTER, EngineDriver, InstanceDriver
from tests.contract.engine.test_documents import CASE, CLERK, LIST, STRANGER, rows, store

RECORDS = replace(CLERK, name="vt", groups=("records@x", "reception@x"))
HOLDER = "079158001234"
ITEM = KeepRegisterItem(
    register="ho-tich",
    kind="birth",
    number="12/2020",
    holder="079 158 001 234",
    issuer="UBND phường Hoàn Kiếm",
    issued_on="2020-05-04",
)


@pytest.fixture
def case(driver: EngineDriver, engine: CommandEngine) -> InstanceDriver:
    driver.deploy(CASE)
    started = driver.start("paper_case")
    engine.execute(RequireComponents(dossier_key=started.key, components=LIST), CLERK)
    return started


def keep(engine: CommandEngine, item: KeepRegisterItem = ITEM) -> int:
    return int(str(engine.execute(item, RECORDS).result["key"]))


def ask(engine: CommandEngine, case: InstanceDriver, **more: str) -> list[str]:
    command = ConsultRegister(dossier_key=case.key, holder=HOLDER, **more)
    found = engine.execute(command, CLERK).result["items"]
    assert isinstance(found, list)
    return [each["registerItem"] for each in found]


def test_what_the_state_has_is_not_asked_again(engine: CommandEngine, case: InstanceDriver) -> None:
    paper = store(engine, RECORDS)
    key = keep(engine, replace(ITEM, document_key=paper))
    assert str(key) in ask(engine, case, kind="birth")
    assert ask(engine, case, kind="photo") == []

    wanted = SettleComponent(
        dossier_key=case.key, component="birth", register_item=key, holder=HOLDER
    )
    assert engine.execute(wanted, CLERK).result["missing"] == []

    birth = rows(engine, "component", "root_key", case.key)[0]
    assert (birth["status"], birth["register_item"]) == ("reused", key)
    (copy,) = rows(engine, "document", "key", birth["document_key"])
    assert (copy["source"], copy["from_document"]) == ("reused", paper)
    assert copy["instance_key"] == case.key


def test_an_item_is_taken_with_its_holder_only(engine: CommandEngine, case: InstanceDriver) -> None:
    key = keep(engine, replace(ITEM, holder="001"))
    for holder in (HOLDER, None, "002"):
        command = SettleComponent(
            dossier_key=case.key, component="birth", register_item=key, holder=holder
        )
        with pytest.raises((NotFound, InvalidInput)):
            engine.execute(command, CLERK)


def test_what_holds_no_longer_is_not_offered(engine: CommandEngine, case: InstanceDriver) -> None:
    over = keep(engine, replace(ITEM, valid_until="2020-12-31"))
    old = keep(engine)
    new = keep(engine, replace(ITEM, supersedes=old))
    gone = keep(engine)
    engine.execute(EndRegisterItem(key=gone, reason="cấp sai"), RECORDS)

    found = ask(engine, case)

    assert str(new) in found
    assert not {str(over), str(old), str(gone)} & set(found)
    with pytest.raises(Conflict):
        engine.execute(EndRegisterItem(key=gone, reason="lại"), RECORDS)


def test_who_may_keep_and_who_may_ask(engine: CommandEngine, case: InstanceDriver) -> None:
    with pytest.raises(Forbidden):
        engine.execute(ITEM, CLERK)
    with pytest.raises(NotFound):
        engine.execute(ConsultRegister(dossier_key=case.key, holder=HOLDER), STRANGER)
    with pytest.raises(InvalidInput):
        engine.execute(replace(ITEM, issued_on="4/5/2020"), RECORDS)
    with pytest.raises(InvalidInput):
        engine.execute(replace(ITEM, holder=" "), RECORDS)
    with pytest.raises(NotFound):
        engine.execute(replace(ITEM, document_key=9), RECORDS)


def test_a_copy_is_issued_fetched_superseded_revoked(
    engine: CommandEngine, case: InstanceDriver
) -> None:
    paper = store(engine, CLERK, dossier_key=case.key)
    with pytest.raises(Forbidden):
        engine.execute(IssueCopy(document_key=paper), CLERK)
    first = int(str(engine.execute(IssueCopy(document_key=paper), RECORDS).result["key"]))
    parts = engine.execute(FetchCopy(key=first), CLERK).result
    assert '"kind":"motcua-electronic-copy"' in str(parts["manifest"])
    with pytest.raises(NotFound):
        engine.execute(FetchCopy(key=first), STRANGER)

    again = IssueCopy(document_key=paper, number="7/2026", supersedes=first)
    second = int(str(engine.execute(again, RECORDS).result["key"]))

    assert not engine.views.copy_holds(str(first))
    assert engine.views.copy_holds(str(second))
    with pytest.raises(Conflict):
        engine.execute(again, RECORDS)
    engine.execute(RevokeCopy(key=second, reason="sai tên"), RECORDS)
    assert not engine.views.copy_holds(str(second))
    with pytest.raises(Conflict):
        engine.execute(RevokeCopy(key=second, reason="nữa"), RECORDS)
    assert not any(engine.views.copy_holds(text) for text in ("", "x", "9", "9" * 30))


def test_chain_and_rows_agree_and_hold_no_person(
    engine: CommandEngine, case: InstanceDriver
) -> None:
    key = keep(engine)
    ask(engine, case)
    engine.execute(EndRegisterItem(key=key, reason="Nguyễn xin lại"), RECORDS)
    paper = store(engine, CLERK, dossier_key=case.key)
    engine.execute(IssueCopy(document_key=paper, position="Phó Chủ tịch"), RECORDS)

    diagnosis = examine(engine.settings)

    assert [str(t) for t in diagnosis.troubles if t.severity == "error"] == []
    told = str(engine.views.search("event", TESTER, Query(limit=5000)).items)
    assert "motcua.copy.issued.v1" in told
    assert not any(word in told for word in (HOLDER, "Nguyễn", "12/2020", "Phó Chủ tịch"))
