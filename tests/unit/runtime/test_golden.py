"""Saved states of every release finish under the present code, and nobody changes them unseen."""

from __future__ import annotations

import json
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.golden.__main__ import FOLDER, SUMS, document, sums
from tests.golden.saved import Loaded, ending, play, save
from tests.golden.stories import STORIES
from tests.unit.runtime.world import Driver

STATES = sorted(FOLDER.glob("*/*.json"))
RELEASES = sorted({path.parent for path in STATES})


def _release() -> str:
    config = ConfigParser()
    config.read(Path(__file__).parents[3] / "setup.cfg", encoding="utf-8")
    return config["metadata"]["version"]


@pytest.mark.parametrize("path", STATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_saved_state_finishes(path: Path) -> None:
    held = json.loads(path.read_text(encoding="utf-8"))

    driver = Loaded(held)
    play(driver, held["rest"])

    assert ending(driver) == held["ending"]
    assert driver.finished
    assert driver.incidents == {}


@pytest.mark.parametrize("path", STATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_it_finishes_with_a_restart_after_every_turn(path: Path) -> None:
    held = json.loads(path.read_text(encoding="utf-8"))

    driver = Loaded(held)
    driver.every_turn = True
    play(driver, held["rest"])

    assert ending(driver) == held["ending"]


@pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: folder.name)
def test_what_a_release_wrote_stays(folder: Path) -> None:
    assert (folder / SUMS).read_text(encoding="utf-8") == sums(folder)


def test_this_release_has_its_states() -> None:
    assert {path.stem for path in STATES if path.parent.name == _release()} == set(STORIES)


@pytest.mark.parametrize("name", STORIES)
def test_the_format_does_not_change_unseen(name: str) -> None:
    """A difference is a new format: old states must still finish, and it must be meant.

    Then write the states again: ``python -m tests.golden RELEASE --replace`` while the
    release is not out, under the next release's number afterwards.
    """
    path = FOLDER / _release() / f"{name}.json"

    assert path.read_text(encoding="utf-8") == document(name, _release())


def test_a_saved_state_is_the_whole_truth() -> None:
    """Nothing a driver knows is lost between saving and loading."""
    for story in (make() for make in STORIES.values()):
        driver: Driver = story.begin()
        play(driver, story.before)

        assert save(Loaded(save(driver))) == save(driver)
