"""``motcua:letter`` through the whole engine: printed by typst, kept as a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from engine.bootstrap import build_engine
from engine.commands.deploy_resources import DeployResources
from engine.dispatch import CommandEngine
from engine.domain.jobs.headers import HeaderUnfit
from engine.settings import Settings
from engine.testing import TESTER, EngineDriver, InstanceDriver
from engine.worker.embedded import tools_of
from engine.worker.handlers.print_letter import print_letter
from tests.contract.engine.models import built_in, end, process, start
from tests.unit.jobs.conftest import make_work

LETTER = """#let data = json("data.json")
#import "head.typ": head
#head
Kính gửi #data.name, lệ phí #data.fee đồng."""


@pytest.fixture(scope="module")
def printing(
    database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CommandEngine]:
    home = tmp_path_factory.mktemp("processes")
    letters = home / "_shared" / "letters"
    letters.mkdir(parents=True)
    (letters / "phieu-hen.typ").write_text(LETTER, encoding="utf-8")
    (letters / "head.typ").write_text("#let head = [CỘNG HOÀ XÃ HỘI]", encoding="utf-8")
    (letters / "broken.typ").write_text("#unknown-function()", encoding="utf-8")
    settings = Settings(
        database_url=database_url, packages_dir=home, blobs_dir=home / "blobs", test=True
    )
    made = build_engine(settings)
    yield made
    made.close()


def work_off(engine: CommandEngine) -> None:
    """What the crew does, in this thread."""
    for work in engine.work.claim(["motcua:letter"], "w", 60, 5):
        assert engine.work.finish(work, print_letter(work, tools_of(engine)))


def begin(engine: CommandEngine, headers: Mapping[str, str]) -> InstanceDriver:
    driver = EngineDriver(engine)
    nodes = [start(), built_in("print", "motcua:letter", headers), end()]
    driver.deploy(process("letters", nodes, ["start print", "print end"]))
    return driver.start("letters", name="Hồ Thị Hạnh", fee=18000)


def test_a_letter_becomes_a_document(printing: CommandEngine) -> None:
    headers = {"template": "_shared/phieu-hen", "data": "{name: name, fee: fee}"}
    instance = begin(printing, headers)

    work_off(printing)
    assert instance.state == "COMPLETED"
    letter = instance.variables()["letter"]
    assert isinstance(letter, dict)
    assert letter["name"] == "phieu-hen.pdf"
    assert printing.blobs.read(str(letter["sha256"])).startswith(b"%PDF")


def test_a_letter_printed_twice_is_kept_once(printing: CommandEngine) -> None:
    headers = {"template": "_shared/phieu-hen", "data": "{name: name, fee: 1.50}"}
    begin(printing, headers)
    (work,) = printing.work.claim(["motcua:letter"], "w", 60, 5)

    first = print_letter(work, tools_of(printing))
    assert print_letter(work, tools_of(printing)) == first
    assert printing.work.finish(work, first)


def test_a_template_that_cannot_be_printed(printing: CommandEngine) -> None:
    instance = begin(printing, {"template": "_shared/broken", "data": "{}"})

    work_off(printing)
    (incident,) = instance.rows("incident", state="ACTIVE")
    assert "unknown" in str(incident["message"])


def test_a_package_prints_the_letters_of_its_own_date(printing: CommandEngine) -> None:
    for dated, text in (("2025-11-01", "Cũ"), ("2026-01-01", "#unknown-function()")):
        letters = printing.settings.packages_dir / "chung-thuc" / dated / "letters"
        letters.mkdir(parents=True)
        (letters / "phieu.typ").write_text(text, encoding="utf-8")
    headers = {"template": "chung-thuc/phieu", "data": "{}", "name": "Phiếu.pdf"}
    nodes = [start(), built_in("print", "motcua:letter", headers), end()]
    model = process("dated", nodes, ["start print", "print end"])
    deploy = DeployResources(resources=(model,), applies_from="2025-11-01")
    printing.execute(deploy, TESTER)
    instance = EngineDriver(printing).start("dated")

    work_off(printing)
    assert instance.incidents() == []
    letter = instance.variables()["letter"]
    assert isinstance(letter, dict)
    assert letter["name"] == "Phiếu.pdf"


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"data": "{}"}, "'template' is missing"),
        ({"template": "../secrets/x", "data": "{}"}, "'template' must be"),
        ({"template": "_shared/missing", "data": "{}"}, "no letter 'missing'"),
        ({"template": "_shared/phieu-hen"}, "'data' must give a context"),
        ({"template": "_shared/phieu-hen", "data": "1"}, "'data' must give a context"),
        ({"template": "chung-thuc/x", "data": "{}"}, "belongs to no dated package"),
    ],
)
def test_unfit_headers(printing: CommandEngine, headers: dict[str, str], says: str) -> None:
    with pytest.raises(HeaderUnfit, match=says):
        print_letter(make_work(headers), tools_of(printing))
    assert Path(printing.settings.packages_dir).is_dir()
