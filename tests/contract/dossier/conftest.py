"""A whole engine with the law and one procedure of ours, on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.bootstrap import build_engine
from engine.commands.deploy_resources import DeployResources
from engine.dispatch import CommandEngine
from engine.packages.law.load import load_own
from engine.settings import Settings
from engine.testing import TESTER, EngineDriver
from tests.contract.dossier.counter import Counter, procedure
from tests.contract.engine.models import end, process, start, user_task

SIMPLE = process(
    "simple",
    [start(), user_task("appraise", "specialist@ubnd-20242"), end()],
    ["start appraise", "appraise end"],
)
LAND = process("land", [start(), user_task("measure", "specialist@x"), end()],
               ["start measure", "measure end"])  # fmt: skip


@pytest.fixture(scope="module")
def engine(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandEngine]:
    made = build_engine(
        Settings(
            database_url=database_url,
            test=True,
            packages_dir=Path("processes"),
            blobs_dir=tmp_path_factory.mktemp("blobs"),
        )
    )
    list(load_own(made, TESTER))
    for facts, model in (
        (procedure("9.000001", "simple"), SIMPLE),
        (procedure("9.000003", "land", rule="object_place", exclusion="land", scope="none"), LAND),
    ):
        made.execute(
            DeployResources(
                resources=(model,),
                procedure_code=str(facts["code"]),
                applies_from="2025-07-01",
                procedure=facts,
            ),
            TESTER,
        )
    yield made
    made.close()


@pytest.fixture
def counter(engine: CommandEngine) -> Counter:
    return Counter(EngineDriver(engine))
