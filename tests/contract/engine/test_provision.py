"""Users in bulk: idempotent, whole or not at all, skills that hold for a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.dispatch import CommandEngine
from engine.dispatch.authentication import actor_of
from engine.domain.actors import SYSTEM
from engine.domain.records import AccountRecord
from engine.errors import InvalidInput
from engine.packages.law.load import load_files
from engine.packages.provision import provision
from engine.store.doctor import examine
from engine.testing import TESTER

HEAD = "name,display_name,unit,roles,positions,skills,initial_secret\n"
USERS = (
    HEAD
    + "an.20242,Nguyễn An,20242,clerk,reception; specialist,radiation 2020-01-01,\n"
    + "binh.20242,Trần Bình,20242,clerk,signer,radiation 2020-01-01 2021-01-01,correct horse\n"
    + "tinh.48,Lê Tỉnh,48,supervisor,,,\n"
)


@pytest.fixture(scope="module")
def country(engine: CommandEngine) -> CommandEngine:
    list(load_files(engine, TESTER, Path("processes/_law/organisation")))
    return engine


def send(engine: CommandEngine, folder: Path, text: str, name: str = "users.csv") -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    return list(provision(engine, TESTER, [folder / name]))


def account(engine: CommandEngine, name: str) -> AccountRecord | None:
    with engine.store.reading(SYSTEM) as uow:
        return uow.accounts.by_name(name)


def test_second_run_changes_nothing_and_a_difference_is_one_change(
    country: CommandEngine, tmp_path: Path
) -> None:
    first = send(country, tmp_path, USERS)

    assert first[-2] == "3 added (2 without a password: invited), 0 changed, 0 same"
    assert send(country, tmp_path, USERS)[-1] == "0 changes of users"
    moved = USERS.replace("an.20242,Nguyễn An,20242", "an.20242,Nguyễn An,20257")
    assert send(country, tmp_path, moved)[-1] == "1 changes of users"
    held = account(country, "an.20242")
    assert held is not None
    assert held.unit_id == "48/20257/"
    assert held.groups == ("reception@ubnd-20257", "specialist@ubnd-20257")


def test_password_is_set_once_and_whoever_has_none_is_not_let_in(
    country: CommandEngine, tmp_path: Path
) -> None:
    send(country, tmp_path, USERS)
    send(country, tmp_path, USERS.replace("correct horse", "another horse"))

    assert country.authenticate_basic("binh.20242", "correct horse").unit_id == "48/20242/"
    held = account(country, "tinh.48")
    assert held is not None
    assert held.password_hash is None


def test_only_a_skill_that_holds_today_narrows_a_role(
    country: CommandEngine, tmp_path: Path
) -> None:
    send(country, tmp_path, USERS)
    an, binh = account(country, "an.20242"), account(country, "binh.20242")

    assert an is not None
    assert binh is not None
    assert "specialist+radiation@ubnd-20242" in actor_of(an).groups
    assert actor_of(binh).groups == ("signer@ubnd-20242",)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("x.1,X,99999,clerk,,,\n", "line 5: there is no unit 99999"),
        ("x.1,X,20242,king,,,\n", "line 5: account 'x.1': Unknown roles: king"),
        ("x.1,X,20242,clerk,,radiation soon,\n", "line 5: Skill 'radiation soon'"),
        ("x.1,X,20242,clerk,,,short\n", "line 5: initial_secret: "),
        ("an.20242,X,20242,clerk,,,\n", "line 5: an.20242 stands at users.csv:2 too"),
        ("x.1,X,20242,clerk\n", "line 5: has more or fewer cells"),
    ],
)
def test_wrong_row_is_named_and_nothing_is_written(
    country: CommandEngine, tmp_path: Path, bad: str, said: str
) -> None:
    text = USERS.replace(".20242,", ".2,").replace("an.2,", "an.20242,") + bad

    with pytest.raises(InvalidInput) as refusal:
        send(country, tmp_path, text)

    assert said in refusal.value.faults[0].sentence
    assert account(country, "binh.2") is None
    assert account(country, "x.1") is None


def test_users_and_units_in_yaml_go_together(country: CommandEngine, tmp_path: Path) -> None:
    units = tmp_path / "more.yml"
    units.write_text(
        "units:\n  - {code: '99001', name: Xã Mới, kind: xã, province_code: '48', tier: commune,"
        " source: thử, effective_from: 2026-01-01}\n",
        encoding="utf-8",
    )
    people = tmp_path / "people.yml"
    people.write_text(
        "users:\n  - {name: moi.99001, unit: '99001', roles: [clerk], positions: [reception]}\n",
        encoding="utf-8",
    )

    lines = list(provision(country, TESTER, [people, units]))

    assert lines[-1] == "1 changes of users"
    assert country.law().versions("unit", "99001")


def test_thousands_at_once_and_the_doctor_agrees(country: CommandEngine, tmp_path: Path) -> None:
    rows = "".join(f"m{n:05d},Người {n},20242,clerk,records,,\n" for n in range(2500))

    lines = send(country, tmp_path, HEAD + rows)

    assert lines[1:4] == [f"  {n} of 2500 users" for n in (1000, 2000, 2500)]
    assert send(country, tmp_path, HEAD + rows)[-1] == "0 changes of users"
    found = examine(country.settings).troubles
    assert [str(trouble) for trouble in found if trouble.place.startswith("account")] == []
