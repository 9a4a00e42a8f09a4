"""What scanners drop becomes a document of its dossier, in the name of one account."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from engine.commands.deploy_resources import DeployResources
from engine.domain.actors import Actor
from engine.ports.views import Condition, Query
from engine.testing import TESTER
from engine.worker.scans import ScanFolder
from tests.contract.dossier.counter import NEIGHBOUR, RECEPTION, Counter, procedure
from tests.contract.engine.models import end, process, start, user_task

PDF = b"%PDF-1.7 scanned"
MODEL = process(
    "scanned", [start(), user_task("work", "reception@ubnd-20242"), end()],
    ["start work", "work end"],
)  # fmt: skip


@pytest.fixture
def dossier(counter: Counter) -> tuple[int, str]:
    papers = [{"id": "birth", "name": {"vi": "Giấy khai sinh"}, "required": True}]
    facts = procedure("9.000031", "scanned", documents=papers)
    command = DeployResources(
        resources=(MODEL,),
        kind="procedure",
        procedure_code="9.000031",
        applies_from="2026-01-01",
        procedure=facts,
    )
    counter.driver.engine.execute(command, TESTER)
    received = counter.receive(code="9.000031")
    return int(str(received["key"])), str(received["code"])


def drop(folder: Path, name: str, content: bytes = PDF, age: float = 60) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def papers(counter: Counter, key: int) -> list[tuple[object, object]]:
    where = (Condition(field="instance_key", op="eq", value=key),)
    query = Query(where=where, sort=(("name", "asc"),))
    rows = counter.driver.engine.views.search("document", TESTER, query).items
    return [(row["name"], row["source"]) for row in rows]


def scans(counter: Counter, folder: Path, actor: Actor | None = RECEPTION) -> ScanFolder:
    return ScanFolder(counter.driver.engine, folder, lambda: actor)


def test_a_file_named_after_its_dossier_is_taken(
    counter: Counter, tmp_path: Path, dossier: tuple[int, str]
) -> None:
    key, code = dossier
    folder = tmp_path / "scans"
    for name in (f"{code}_birth.pdf", f"{code}.pdf", f"{key}_2.pdf", ".hidden"):
        drop(folder, name)
    drop(folder, f"{code}_still-written.pdf", age=0)

    assert scans(counter, folder).turn() == 3

    assert sorted(papers(counter, key)) == sorted(
        [(f"{code}_birth.pdf", "scan"), (f"{code}.pdf", "scan"), (f"{key}_2.pdf", "scan")]
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        ".hidden",
        f"{code}_still-written.pdf",
    ]
    where = (Condition(field="root_key", op="eq", value=key),)
    (component,) = counter.driver.engine.views.search(
        "component", RECEPTION, Query(where=where)
    ).items
    assert component["status"] == "provided"


def test_what_cannot_be_taken_is_put_aside_with_its_reason(
    counter: Counter, tmp_path: Path, dossier: tuple[int, str]
) -> None:
    key, code = dossier
    folder = tmp_path / "scans"
    drop(folder, "nobody.pdf")
    drop(folder, f"{code}.exe", b"MZ\x90\x00")
    drop(folder, f"{code}_nothing.pdf")
    assert scans(counter, folder).turn() == 3
    drop(folder, "nobody.pdf")
    assert scans(counter, folder).turn() == 1

    rejected = {path.name: path for path in (folder / "rejected").iterdir()}
    assert len(rejected) == 8
    assert rejected["nobody.pdf.txt"].read_text("utf-8").startswith("dossier-unknown: ")
    assert rejected[f"{code}.exe.txt"].read_text("utf-8").startswith("file-type: ")
    told = rejected[f"{code}_nothing.pdf.txt"].read_text("utf-8")
    assert told.startswith("component-unknown: ")
    assert "nobody.1.pdf" in rejected
    assert papers(counter, key) == []


def test_the_account_sees_no_more_than_anybody(
    counter: Counter, tmp_path: Path, dossier: tuple[int, str]
) -> None:
    key, code = dossier
    folder = tmp_path / "scans"
    drop(folder, f"{code}.pdf")

    assert scans(counter, folder, None).turn() == 0
    assert (folder / f"{code}.pdf").exists()
    assert scans(counter, folder, NEIGHBOUR).turn() == 1
    assert papers(counter, key) == []
    assert scans(counter, tmp_path / "absent").turn() == 0
