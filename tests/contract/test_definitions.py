"""Versions of processes, forms and decisions."""

from __future__ import annotations

import pytest

from engine.domain.actors import SYSTEM
from engine.domain.ids import DEFAULT_TENANT, Key
from engine.errors import NotFound
from engine.ports.runtime import ProcessInfo
from engine.store import SqlStore
from engine.store.unit_of_work import SqlUnitOfWork
from tests.contract.story import Story


def process(
    uow: SqlUnitOfWork, deployment: Key, id: str, **more: object
) -> tuple[int, bool, object]:
    info = ProcessInfo(process_id=id, name=id, version_tag=None, starts=())
    record, is_new = uow.definitions.add_process(deployment, "p.bpmn", info, **more)  # type: ignore[arg-type]
    return record.ref.version, is_new, record.ref


def deploy(uow: SqlUnitOfWork, **files: bytes) -> Key:
    named = [(name.replace("_", "."), content) for name, content in files.items()]
    return uow.definitions.deploy("d", named, DEFAULT_TENANT)


def test_the_same_file_keeps_its_version(store: SqlStore) -> None:
    with store.unit_of_work(SYSTEM) as uow:
        first = process(uow, deploy(uow, p_bpmn=b"1"), "same")
        second = process(uow, deploy(uow, p_bpmn=b"1"), "same")
        third = process(uow, deploy(uow, p_bpmn=b"2"), "same")
        back = process(uow, deploy(uow, p_bpmn=b"1"), "same")
    assert [found[:2] for found in (first, second, third, back)] == [
        (1, True),
        (1, False),
        (2, True),
        (3, True),
    ]
    assert first[2] == second[2]


def test_a_changed_neighbour_makes_a_version(store: SqlStore) -> None:
    with store.unit_of_work(SYSTEM) as uow:
        one = deploy(uow, p_bpmn=b"1", f_form=b"{}")
        two = deploy(uow, p_bpmn=b"1", f_form=b'{"a":1}')
        first, second = process(uow, one, "pair"), process(uow, two, "pair")
        alone = process(uow, deploy(uow, p_bpmn=b"1"), "pair")
        uow.definitions.add_form(one, "f.form", "pair-form", None)
        uow.definitions.add_form(two, "f.form", "pair-form", None)
        caller = second[2]
        bound = uow.definitions.form_source("pair-form", "deployment", None, first[2])  # type: ignore[arg-type]
        latest = uow.definitions.form_source("pair-form", "latest", None, first[2])  # type: ignore[arg-type]
    assert (second[:2], alone[:2]) == ((2, True), (2, False))
    assert alone[2] == caller
    assert (bound, latest) == ("{}", '{"a":1}')


def test_law_is_chosen_by_date(store: SqlStore) -> None:
    with store.unit_of_work(SYSTEM) as uow:
        made = []
        for number, date in enumerate(("2025-07-01", "2026-01-01", "2025-07-01")):
            content = b"new" if number == 1 else b"old"
            kind = {"kind": "procedure", "procedure_code": "2.000815", "applies_from": date}
            made.append(process(uow, deploy(uow, p_bpmn=content), "law", **kind))
        chosen = [
            uow.definitions.latest("law", DEFAULT_TENANT, on=day).applies_from
            for day in ("2025-07-01", "2025-12-31", "2026-01-01", "2030-01-01")
        ]
        with pytest.raises(NotFound, match="2025-06-30"):
            uow.definitions.latest("law", DEFAULT_TENANT, on="2025-06-30")
    assert [found[1] for found in made] == [True, True, False]
    assert chosen == ["2025-07-01", "2025-07-01", "2026-01-01", "2026-01-01"]


def test_a_version_is_found_and_a_missing_one_named(store: SqlStore, story: Story) -> None:
    first = story.deploy("versions", content=b"1", version_tag="thử")
    second = story.deploy("versions", content=b"2")

    with store.reading(SYSTEM) as uow:
        found = uow.definitions
        assert found.latest("versions", DEFAULT_TENANT).ref == second
        assert found.version("versions", 1, DEFAULT_TENANT).ref == first
        assert found.tagged("versions", "thử", DEFAULT_TENANT).ref == first
        assert found.by_key(first.key).name == "Quy trình versions"
        assert found.source(second.key) == b"2versions"
        assert found.resolve("versions", "latest", None, first) == second
        assert found.resolve("versions", "versionTag", "thử", second) == first
        assert found.resolve("versions", "deployment", None, first) == first
        assert found.resolve("nobody", "latest", None, first) is None
        for missing in (
            lambda: found.latest("versions", "elsewhere"),
            lambda: found.version("versions", 3, DEFAULT_TENANT),
            lambda: found.tagged("versions", "x", DEFAULT_TENANT),
            lambda: found.by_key(1),
            lambda: found.by_key(2**70),
            lambda: found.source(1),
        ):
            with pytest.raises(NotFound):
                missing()


def test_a_call_stays_in_its_tenant(store: SqlStore, story: Story) -> None:
    here = story.deploy("shared", content=b"1")
    there = story.deploy("shared", content=b"1", tenant_id="79")

    with store.reading(SYSTEM) as uow:
        assert uow.definitions.resolve("shared", "latest", None, here) == here
        assert uow.definitions.resolve("shared", "latest", None, there) == there


def test_forms_have_versions(store: SqlStore, story: Story) -> None:
    with store.unit_of_work(SYSTEM) as uow:
        first, _ = uow.definitions.add_form(deploy(uow, f_form=b"1"), "f.form", "form", "v1")
        same, is_new = uow.definitions.add_form(deploy(uow, f_form=b"1"), "f.form", "form", "v1")
        second, _ = uow.definitions.add_form(deploy(uow, f_form=b"2"), "f.form", "form", None)
        uow.commit()

    assert (first["version"], first["schema"], is_new) == (1, "1", False)
    assert same == first
    views = store.views
    assert views.form(SYSTEM, "form", "latest", None, 0) == second
    assert views.form(SYSTEM, "form", "versionTag", "v1", 0) == first
    assert views.form(SYSTEM, "form", "deployment", None, int(str(second["deployment_key"])))
    assert views.form(SYSTEM, "form", "deployment", None, 5) is None
    assert views.form_by_key(SYSTEM, int(str(first["key"]))) == first


def test_decisions_have_versions(store: SqlStore, story: Story) -> None:
    caller = story.deploy()
    decisions = [("fee", "Phí", None), ("route", None, "v1")]
    with store.unit_of_work(SYSTEM) as uow:
        add = uow.decisions.add
        one = add(deploy(uow, d_dmn=b"1"), "d.dmn", ("drg", "Luật"), decisions, DEFAULT_TENANT)
        same = add(deploy(uow, d_dmn=b"1"), "d.dmn", ("drg", "Luật"), decisions, DEFAULT_TENANT)
        two = add(deploy(uow, d_dmn=b"2"), "d.dmn", ("drg", "Luật"), decisions[:1], DEFAULT_TENANT)
        find = uow.decisions.find
        assert find("fee", "latest", None, caller) == two[0][0]
        assert find("route", "versionTag", "v1", None) == one[1][0]
        assert find("fee", "deployment", None, caller) is None
        assert find("nothing", "latest", None, caller) is None
        assert uow.decisions.source(one[0][0].resource_key) == b"1"
        with pytest.raises(NotFound):
            uow.decisions.source(1)
    assert [(record, False) for record, _ in one] == list(same)
    assert [record.version for record, _ in one] == [1, 1]
    assert (two[0][0].version, two[0][0].requirements_id) == (2, "drg")
