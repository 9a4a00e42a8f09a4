"""Documents on both databases: who may, what is written down, what goes and when."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from engine.commands.keep_document import DeleteDocument, RetainDocument
from engine.commands.pin_clock import PinClock
from engine.commands.read_document import ReadDocument
from engine.commands.settle_component import CheckComponent, RequireComponents, SettleComponent
from engine.commands.store_document import AttachDocument, StoreDocument
from engine.commands.upload_document import (
    AppendUpload,
    BeginUpload,
    CancelUpload,
    FinishUpload,
)
from engine.dispatch import CommandEngine
from engine.dispatch.documents import PaperTidy
from engine.domain.actors import Actor
from engine.domain.documents import CHECKS
from engine.domain.records import Visibility
from engine.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    PreconditionFailed,
    Rejected,
    TooLarge,
)
from engine.ports.views import Condition, Query
from engine.store.doctor import examine
from engine.testing import TESTER, EngineDriver, InstanceDriver
from tests.contract.engine.models import end, process, start, user_task

PDF = b"%PDF-1.7 " + "Giấy khai sinh".encode()
CASE = process(
    "paper_case", [start(), user_task("check", "reception@x"), end()], ["start check", "check end"]
)
CLERK = Actor(name="lan", roles=frozenset({"clerk"}), groups=("reception@x",), unit_id="48/")
STRANGER = Actor(name="xa", roles=frozenset({"clerk"}), groups=("y",), unit_id="01/")
LIST = ({"id": "birth", "name": {"vi": "Giấy khai sinh"}, "required": True},)
LIST += ({"id": "photo", "name": {"vi": "Ảnh"}, "required": False},)
GOOD = dict.fromkeys(CHECKS, True)


@pytest.fixture
def case(driver: EngineDriver) -> InstanceDriver:
    driver.deploy(CASE)
    return driver.start("paper_case")


def store(engine: CommandEngine, actor: Actor, content: bytes = PDF, **more: object) -> int:
    command = StoreDocument(blob=engine.blobs.put(content), name="Nguyễn Thị Ánh.pdf", **more)  # type: ignore[arg-type] # fields by name
    return int(str(engine.execute(command, actor).result["key"]))


def rows(engine: CommandEngine, noun: str, field: str, value: object) -> list[dict[str, object]]:
    query = Query(where=(Condition(field=field, op="eq", value=value),))
    found = engine.views.search(noun, TESTER, query).items  # type: ignore[arg-type] # a noun
    return [dict(row) for row in found]


def test_who_works_on_a_dossier_sees_its_papers(
    engine: CommandEngine, case: InstanceDriver
) -> None:
    key = store(engine, CLERK, dossier_key=case.key)

    assert engine.execute(ReadDocument(key=key), CLERK).result["media_type"] == "application/pdf"
    assert engine.views.get("document", CLERK, key) is not None
    assert engine.views.get("document", STRANGER, key) is None
    for command in (
        ReadDocument(key=key),
        DeleteDocument(key=key),
        AttachDocument(key=key, dossier_key=case.key),
        BeginUpload(name="a.pdf", size=1, dossier_key=case.key),
        RequireComponents(dossier_key=case.key, components=LIST),
        SettleComponent(dossier_key=case.key, component="birth", exempt=True, reason="x"),
    ):
        with pytest.raises(NotFound):
            engine.execute(command, STRANGER)
    with pytest.raises(NotFound):
        store(engine, STRANGER, dossier_key=case.key)


def test_who_read_what_is_written_down(engine: CommandEngine, case: InstanceDriver) -> None:
    key = store(engine, CLERK, dossier_key=case.key)
    engine.execute(ReadDocument(key=key, action="print"), CLERK)

    (access,) = rows(engine, "document_access", "document_key", key)
    assert (access["action"], access["by"]) == ("print", "lan")
    assert engine.views.search("document_access", STRANGER, Query()).items == ()


def test_a_paper_of_no_dossier_is_its_owners(engine: CommandEngine, case: InstanceDriver) -> None:
    key = store(engine, CLERK)
    other = Actor(name="minh", roles=frozenset({"clerk"}), unit_id="48/")

    with pytest.raises(NotFound):
        engine.execute(ReadDocument(key=key), other)
    command = AttachDocument(key=key, dossier_key=case.key)
    attached = int(str(engine.execute(command, CLERK).result["key"]))

    (row,) = rows(engine, "document", "key", attached)
    assert (row["instance_key"], row["from_document"]) == (case.key, key)
    assert row["sha256"] == rows(engine, "document", "key", key)[0]["sha256"]


def test_a_file_comes_in_pieces(engine: CommandEngine, case: InstanceDriver) -> None:
    begin = BeginUpload(name="quét.pdf", size=len(PDF), dossier_key=case.key, source="scan")
    key = int(str(engine.execute(begin, CLERK).result["key"]))
    engine.execute(AppendUpload(key=key, offset=0, chunk=PDF[:4]), CLERK)

    with pytest.raises(Conflict, match="begins at byte 4"):
        engine.execute(AppendUpload(key=key, offset=0, chunk=PDF[:4]), CLERK)
    with pytest.raises(InvalidInput, match="damaged"):
        engine.execute(AppendUpload(key=key, offset=4, chunk=b"x", checksum=b"0" * 32), CLERK)
    with pytest.raises(InvalidInput, match="announced"):
        engine.execute(AppendUpload(key=key, offset=4, chunk=PDF * 2), CLERK)
    with pytest.raises(NotFound):
        engine.execute(AppendUpload(key=key, offset=4, chunk=PDF[4:]), TESTER)
    with pytest.raises(Conflict, match="of"):
        engine.execute(FinishUpload(key=key, blob=engine.blobs.put(PDF)), CLERK)
    engine.execute(AppendUpload(key=key, offset=4, chunk=PDF[4:]), CLERK)
    done = engine.execute(FinishUpload(key=key, blob=engine.blobs.adopt(key)), CLERK).result

    assert engine.blobs.read(str(done["sha256"])) == PDF
    (row,) = rows(engine, "document", "key", done["key"])
    assert (row["name"], row["source"], row["instance_key"]) == ("quét.pdf", "scan", case.key)
    with pytest.raises(NotFound):
        engine.execute(CancelUpload(key=key), CLERK)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (BeginUpload(name="a.pdf", size=0), InvalidInput),
        (BeginUpload(name="a.pdf", size=10**12), TooLarge),
        (BeginUpload(name="..", size=1), InvalidInput),
        (BeginUpload(name="a.pdf", size=1, source="result"), InvalidInput),
        (BeginUpload(name="a.pdf", size=1, component="birth"), InvalidInput),
        (BeginUpload(name="a.pdf", size=1, dossier_key=9), NotFound),
        (CancelUpload(key=9), NotFound),
        (ReadDocument(key=2**70), NotFound),
    ],
)
def test_what_makes_no_sense_is_refused(
    engine: CommandEngine, command: object, refusal: type[Rejected]
) -> None:
    with pytest.raises(refusal):
        engine.execute(command, CLERK)


def test_a_dossiers_list_is_settled_piece_by_piece(
    engine: CommandEngine, case: InstanceDriver
) -> None:
    require = RequireComponents(dossier_key=case.key, components=LIST)
    assert engine.execute(require, CLERK).result == {"added": 2}
    assert engine.execute(require, CLERK).result == {"added": 0}
    where = {"dossier_key": case.key, "component": "birth"}
    with pytest.raises(Conflict, match="no paper"):
        engine.execute(CheckComponent(**where, checks=GOOD), CLERK)  # type: ignore[arg-type] # by name
    key = store(engine, CLERK, dossier_key=case.key, component="birth")

    bad = GOOD | {"legible": False}
    standing = engine.execute(CheckComponent(**where, checks=bad, note="mờ"), CLERK).result  # type: ignore[arg-type] # by name
    assert standing["missing"] == ["birth"]
    standing = engine.execute(CheckComponent(**where, checks=GOOD), CLERK).result  # type: ignore[arg-type] # by name
    assert standing["missing"] == []
    with pytest.raises(Conflict, match="rests on"):
        engine.execute(DeleteDocument(key=key), CLERK)
    exempt = SettleComponent(**where, exempt=True, reason="có trong CSDL hộ tịch")  # type: ignore[arg-type] # by name
    with pytest.raises(PreconditionFailed):
        stale = SettleComponent(**where, exempt=True, reason="x", revision=1)  # type: ignore[arg-type] # by name
        engine.execute(stale, CLERK)
    assert engine.execute(exempt, CLERK).result["missing"] == []
    engine.execute(DeleteDocument(key=key), CLERK)

    birth, photo = rows(engine, "component", "root_key", case.key)
    assert (birth["status"], birth["quality"], birth["reason"]) == (
        "exempt",
        None,
        "có trong CSDL hộ tịch",
    )
    assert (photo["status"], photo["title"]) == ("optional", {"vi": "Ảnh"})


@pytest.mark.parametrize(
    ("settlement", "refusal"),
    [
        ({}, InvalidInput),
        ({"exempt": True}, InvalidInput),
        ({"exempt": True, "reason": "x", "document_key": 5}, InvalidInput),
        ({"document_key": 5}, NotFound),
        ({"component": "nothing", "exempt": True, "reason": "x"}, NotFound),
    ],
)
def test_a_settlement_says_one_thing(
    engine: CommandEngine,
    case: InstanceDriver,
    settlement: dict[str, object],
    refusal: type[Rejected],
) -> None:
    engine.execute(RequireComponents(dossier_key=case.key, components=LIST), CLERK)
    command = SettleComponent(**{"dossier_key": case.key, "component": "birth"} | settlement)  # type: ignore[arg-type] # by name

    with pytest.raises(refusal):
        engine.execute(command, CLERK)


def test_a_paper_of_another_dossier_must_be_taken_over(
    engine: CommandEngine, driver: EngineDriver, case: InstanceDriver
) -> None:
    other = driver.start("paper_case")
    key = store(engine, CLERK, dossier_key=other.key)
    engine.execute(RequireComponents(dossier_key=case.key, components=LIST), CLERK)
    with pytest.raises(Conflict, match="another dossier"):
        engine.execute(
            SettleComponent(dossier_key=case.key, component="birth", document_key=key), CLERK
        )

    engine.execute(AttachDocument(key=key, dossier_key=case.key, component="birth"), CLERK)

    birth, _ = rows(engine, "component", "root_key", case.key)
    assert birth["status"] == "reused"
    (row,) = rows(engine, "document", "key", birth["document_key"])
    assert (row["source"], row["from_document"]) == ("reused", key)


def test_a_papers_time_runs_out_unless_it_is_held(
    engine: CommandEngine, driver: EngineDriver
) -> None:
    now = datetime(2026, 11, 23, 2, tzinfo=UTC)
    driver.pin(now)
    gone, held = store(engine, CLERK), store(engine, CLERK, b"%PDF-1.7 held")
    until = now + timedelta(days=1)
    engine.execute(RetainDocument(key=held, held=True, retain_until=until, reason="kiện"), TESTER)
    with pytest.raises(Conflict, match="held back"):
        engine.execute(DeleteDocument(key=held), CLERK)
    driver.pin(now + timedelta(days=31))

    assert engine.tidy() >= 1

    assert rows(engine, "document", "key", gone) == []
    assert len(rows(engine, "document", "key", held)) == 1
    with pytest.raises(NotFound):
        engine.execute(ReadDocument(key=gone), CLERK)
    engine.execute(PinClock(at=None), TESTER)


def test_chain_and_rows_agree_and_no_name_stands_in_an_event(
    engine: CommandEngine, case: InstanceDriver
) -> None:
    engine.execute(RequireComponents(dossier_key=case.key, components=LIST), CLERK)
    key = store(engine, CLERK, dossier_key=case.key, component="birth")
    engine.execute(ReadDocument(key=key, purpose="Nguyễn"), CLERK)
    engine.execute(
        CheckComponent(dossier_key=case.key, component="birth", checks=GOOD, note="Ánh"), CLERK
    )
    engine.execute(RetainDocument(key=key, held=False, reason="hết hạn"), TESTER)
    loose = store(engine, CLERK)
    engine.execute(DeleteDocument(key=loose, reason="gửi nhầm"), CLERK)

    diagnosis = examine(engine.settings)

    assert [str(t) for t in diagnosis.troubles if t.severity == "error"] == []
    told = str(engine.views.search("event", TESTER, Query(limit=5000)).items)
    assert "motcua.document.stored.v1" in told
    assert not any(word in told for word in ("Nguyễn", "Ánh", "hết hạn", "gửi nhầm"))


def test_sealed_papers_are_their_own_units_only(engine: CommandEngine) -> None:
    with engine.store.unit_of_work(TESTER) as uow:
        key = uow.next_key()
        uow.roots.create(key, Visibility(unit_id="48/20242/", sealed=True))
        uow.commit()
    own, above = (
        Actor(name=unit, roles=frozenset({"supervisor"}), unit_id=unit)
        for unit in ("48/20242/", "48/")
    )
    paper = store(engine, own, dossier_key=key)

    assert engine.execute(ReadDocument(key=paper), own).result["key"] == paper
    with pytest.raises(NotFound):
        engine.execute(ReadDocument(key=paper), above)
    with pytest.raises(NotFound):
        store(engine, above, dossier_key=key)
    assert engine.views.get("document", above, paper) is None


def test_the_file_of_a_deleted_document_is_swept(engine: CommandEngine) -> None:
    kept, gone = store(engine, CLERK, b"%PDF-1.7 stays"), store(engine, CLERK, b"%PDF-1.7 goes")
    hashes = [str(rows(engine, "document", "key", key)[0]["sha256"]) for key in (kept, gone)]
    engine.execute(DeleteDocument(key=gone), CLERK)
    old = datetime.now(UTC).timestamp() - 3 * 86400
    for path in engine.settings.blobs_dir.rglob("*"):
        if path.name in hashes:
            os.utime(path, (old, old))

    assert PaperTidy(engine.store, engine.blobs).sweep() >= 1

    assert engine.blobs.read(hashes[0]).endswith(b"stays")
    with pytest.raises(NotFound):
        engine.blobs.read(hashes[1])
