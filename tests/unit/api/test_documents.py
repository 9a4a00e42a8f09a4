"""The committed OpenAPI documents are those the routes make."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from api import create_app
from api.openapi import FOLDER, TITLES, dump
from api.openapi.calls import FILE, calls_page
from engine.settings import Settings

CODE = re.compile(r'(?:code\s?=\s?|_refused\(|code: str = |problem\(\d+, )"([a-z0-9-]+)"')
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(None, Settings())  # type: ignore[arg-type] # documents need no engine


@pytest.mark.parametrize("door", TITLES)
def test_the_committed_document_is_current(app: Flask, door: str) -> None:
    """When this fails: python -m api.openapi, and read the difference."""
    committed = (ROOT / FOLDER / f"{door}.json").read_text(encoding="utf-8")

    assert committed == dump(app.extensions["motcua"]["document"](door))


def test_the_list_of_calls_is_current() -> None:
    assert (ROOT / FILE).read_text(encoding="utf-8") == calls_page()


def test_every_code_of_the_doors_is_documented() -> None:
    """A code is a promise: it stands in the catalogue before a client meets it."""
    catalogue = (ROOT / "docs/api-problems.md").read_text(encoding="utf-8")
    sources = [*(ROOT / "api").rglob("*.py"), ROOT / "engine/errors.py"]
    codes = {
        code
        for source in sources
        for code in CODE.findall(source.read_text(encoding="utf-8"))
        if code not in {"code", "rejected", "error"}
    }

    assert len(codes) > 20
    assert {code for code in codes if f"`{code}`" not in catalogue} == set()


@pytest.mark.parametrize("door", TITLES)
def test_the_document_is_served_without_log_in(app: Flask, door: str) -> None:
    answer = app.test_client().get(f"/{door}/openapi.json")

    assert answer.status_code == 200
    assert answer.get_json()["openapi"] == "3.1.0"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("door", TITLES)
def test_every_operation_declares_its_permission(app: Flask, door: str) -> None:
    paths = app.extensions["motcua"]["document"](door)["paths"]
    operations = [operation for methods in paths.values() for operation in methods.values()]

    assert operations
    assert all(operation["x-motcua-permission"] for operation in operations)
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
