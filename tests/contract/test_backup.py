"""A backup restores into either database, goes on where it stood, and refuses what is not right."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.bootstrap import build_engine
from engine.commands.activate_jobs import ActivateJobs
from engine.commands.complete_job import CompleteJob
from engine.commands.manage_accounts import CreateAccount
from engine.commands.publish_message import PublishMessage
from engine.commands.suspend_instance import SuspendInstance
from engine.domain.actors import SYSTEM
from engine.errors import Conflict, InvalidInput, Unavailable
from engine.ports.views import Query
from engine.settings import Settings
from engine.store.backup import backup, restore
from engine.store.database import Database
from engine.store.doctor import examine
from engine.testing import TESTER, EngineDriver, InstanceDriver
from tests.contract.conftest import NOON
from tests.contract.engine.models import end, process, service_task, start, timer, user_task
from tests.databases import Databases

ALL = process(
    "all",
    [
        start(), '<bpmn:parallelGateway id="fork"/>', user_task("check", "reception"),
        service_task("work", "bw"), '<bpmn:parallelGateway id="join"/>', end(),
        f'<bpmn:boundaryEvent id="late" attachedToRef="check" cancelActivity="false">'
        f'{timer("P1D")}</bpmn:boundaryEvent>', end("o"),
    ],
    ["start fork", "fork check", "fork work", "check join", "work join", "join end", "late o"],
)  # fmt: skip
CONTENT = "Bản sao có chứng thực".encode()
COMMAND = (sys.executable, "-c", "import sys; from cli.main import main; sys.exit(main())")
KINDS = ("sqlite", "postgresql")


def settings_at(url: str, folder: Path) -> Settings:
    return Settings(database_url=url, blobs_dir=folder / "blobs", test=True)


def put_blob(settings: Settings) -> Path:
    name = hashlib.sha256(CONTENT).hexdigest()
    path = settings.blobs_dir / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(CONTENT)
    return path


@pytest.fixture(scope="module", params=KINDS)
def lived(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, int, int]]:
    """An installation in the middle of its work: settings, a running root, a suspended one."""
    folder = tmp_path_factory.mktemp("lived")
    with databases.fresh(request.param) as url:
        settings = settings_at(url, folder)
        put_blob(settings)
        engine = build_engine(settings)
        driver = EngineDriver(engine)
        driver.pin(NOON)
        driver.deploy(ALL)
        account = CreateAccount(name="hạnh", password="mật khẩu dài", roles=frozenset({"clerk"}))
        engine.execute(account, TESTER)
        instance, still = driver.start("all", name="Đỗ Thị Lành", fee=10.50), driver.start("all")
        engine.execute(SuspendInstance(key=still.key, reason="lý do"), TESTER)
        engine.execute(PublishMessage(name="paid", correlation_key="x", message_id="1"), TESTER)
        for _ in range(30):
            driver.start("all", note="x" * 2000)
        engine.seal()
        engine.close()
        yield settings, instance.key, still.key


@pytest.fixture(scope="module")
def saved(lived: tuple[Settings, int, int], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup") / "b"
    backup(lived[0], folder)
    return folder


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return settings_at(request.getfixturevalue(request.param), tmp_path)


def test_it_goes_on_where_it_stood(
    lived: tuple[Settings, int, int], saved: Path, empty: Settings
) -> None:
    told: list[str] = []
    made = restore(empty, saved, told.append)

    assert made.blobs == 1 and "user_task: 32 rows" in told
    assert examine(empty).is_healthy
    engine = build_engine(empty)
    driver = EngineDriver(engine)
    instance = InstanceDriver(driver, lived[1])
    assert InstanceDriver(driver, lived[2]).state == "SUSPENDED"
    assert instance.variables()["name"] == "Đỗ Thị Lành"
    assert engine.authenticate_basic("hạnh", "mật khẩu dài").has("clerk")
    driver.pin(NOON + timedelta(days=2))
    assert len(instance.rows("element_instance", element_id="late")) == 1
    leased = engine.execute(ActivateJobs(type="bw", limit=99), TESTER).result["jobs"]
    assert isinstance(leased, list)
    (job,) = (each["key"] for each in leased if each["instance_key"] == instance.key)
    engine.execute(CompleteJob(key=job), TESTER)
    instance.complete("check")
    assert instance.state == "COMPLETED"
    assert driver.start("all").key > instance.key + (1 << 20)
    engine.seal()
    engine.close()
    assert examine(empty).is_healthy
    (blob,) = (path for path in empty.blobs_dir.rglob("*") if path.is_file())
    assert blob.read_bytes() == CONTENT


def test_a_backup_says_the_same_twice(lived: tuple[Settings, int, int], tmp_path: Path) -> None:
    first, second = (backup(lived[0], tmp_path / name) for name in "ab")

    assert [(t.name, t.rows) for t in first.tables] == [(t.name, t.rows) for t in second.tables]
    assert {t.name for t in first.tables}.isdisjoint({"session", "login_failure"})


def test_a_folder_is_not_written_over(lived: tuple[Settings, int, int], saved: Path) -> None:
    with pytest.raises(Conflict) as refused:
        backup(lived[0], saved)

    assert refused.value.reason == "backup-exists"


def test_data_are_not_written_over(lived: tuple[Settings, int, int], saved: Path) -> None:
    with pytest.raises(Conflict) as refused:
        restore(lived[0], saved)

    assert refused.value.reason == "not-empty"


@pytest.mark.parametrize("what", ["table", "gone", "blob", "manifest", "format", "newer"])
def test_what_is_damaged_is_refused_before_anything_is_written(
    saved: Path, tmp_path: Path, what: str
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(saved, folder)
    manifest = folder / "manifest.json"
    held = json.loads(manifest.read_text(encoding="utf-8"))
    if what == "table":
        path = folder / "tables" / "variable.jsonl.gz"
        path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()) + b"[]"))
    elif what == "gone":
        (folder / "tables" / "event.jsonl.gz").unlink()
    elif what == "blob":
        next(p for p in (folder / "blobs").rglob("*") if p.is_file()).write_bytes(b"x")
    elif what == "manifest":
        manifest.unlink()
    else:
        held |= {"format": 99} if what == "format" else {"revision": "9999"}
        manifest.write_text(json.dumps(held), encoding="utf-8")
    settings = settings_at(f"sqlite:///{tmp_path / 'new.sqlite3'}", tmp_path)

    with pytest.raises((InvalidInput, Unavailable)) as refused:
        restore(settings, folder)

    assert refused.value.reason in {"backup-damaged", "backup-unreadable", "backup-newer"}
    assert not (tmp_path / "new.sqlite3").exists()
    assert not settings.blobs_dir.exists()


def run_until(words: list[str], line: str, settings: Settings) -> None:
    """A command of ours, killed when it has said so much."""
    with subprocess.Popen(
        [*COMMAND, *words, "--database", settings.database_url],
        stdout=subprocess.PIPE,
        env={"MOTCUA_BLOBS": str(settings.blobs_dir), "PATH": ""},
        text=True,
    ) as child:
        assert child.stdout is not None
        for told in child.stdout:
            if told.startswith(line):
                child.send_signal(signal.SIGKILL)
                break
        assert child.wait(60) == -signal.SIGKILL


def test_a_killed_backup_leaves_none(lived: tuple[Settings, int, int], tmp_path: Path) -> None:
    folder = tmp_path / "b"

    run_until(["backup", str(folder)], "deployment:", lived[0])

    assert not folder.exists()
    with pytest.raises(InvalidInput):
        new = settings_at(f"sqlite:///{tmp_path / 'n.sqlite3'}", tmp_path)
        restore(new, Path(f"{folder}.partial"))
    assert backup(lived[0], folder).blobs == 1


def test_a_killed_restore_is_repeated(saved: Path, empty: Settings) -> None:
    run_until(["restore", str(saved)], "user_task:", empty)

    database = Database(empty.database_url)
    with database.reading() as connection:
        assert connection.exec_driver_sql("select count(*) from root").scalar() == 0
    database.dispose()
    restore(empty, saved)
    assert examine(empty).is_healthy
    engine = build_engine(empty)
    assert engine.views.search("account", SYSTEM, Query()).total == 1
    engine.close()
