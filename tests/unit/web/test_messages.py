"""Both catalogues are complete, and every key a page or a module uses exists."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import Environment, nodes

from engine.domain.permissions import ROLES
from web.failures import STATUSES
from web.messages import LANGUAGES, catalogue

WEB = Path(__file__).resolve().parents[3] / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.*"))
KEY_IN_CODE = re.compile(
    r'"((?:app|home|signin|signout|demo|error|desk|task|dossier)\.(?!html)[a-z_0-9.]+)"'
)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def keys_of(template: Path) -> set[str]:
    tree = Environment(autoescape=True).parse(template.read_text("utf-8"))
    return {
        call.args[0].value
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name == "t"
        and isinstance(call.args[0], nodes.Const)
    }


def test_all_languages_have_the_same_keys_and_places() -> None:
    vietnamese, english = (catalogue(language).texts for language in LANGUAGES)

    assert vietnamese.keys() == english.keys()
    for key, text in vietnamese.items():
        assert places(text) == places(english[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_nfc_and_not_empty(language: str) -> None:
    for key, text in catalogue(language).texts.items():
        assert text.strip(), key
        assert unicodedata.is_normalized("NFC", text), key


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_use_only_keys_that_exist(template: Path) -> None:
    assert keys_of(template) <= catalogue("vi").texts.keys()


def test_modules_use_only_keys_that_exist() -> None:
    used = {
        key for path in WEB.rglob("*.py") for key in KEY_IN_CODE.findall(path.read_text("utf-8"))
    }

    assert used
    assert used <= catalogue("vi").texts.keys()


def test_every_key_is_used() -> None:
    written = "\n".join(path.read_text("utf-8") for path in [*TEMPLATES, *WEB.rglob("*.py")])
    # Roles, error names and languages are put together from data.
    assembled = (
        *("role.", "error.", "language.", "status."),
        *("place.", "due.", "desk.tab.", "desk.empty."),
    )
    unused = {
        key
        for key in catalogue("vi").texts
        if not key.startswith(assembled) and f'"{key}"' not in written and f"'{key}'" not in written
    }

    assert unused == set()


def test_roles_and_statuses_have_words() -> None:
    words = catalogue("en")

    assert {f"role.{role}" for role in ROLES} <= words.texts.keys()
    named = {key.split(".")[1] for key in words.texts if key.startswith("error.")}
    for name in named - {"reference", "home"}:
        assert {f"error.{name}.{part}" for part in ("title", "text", "next")} <= words.texts.keys()
    assert {str(status) for _, status in STATUSES} - {"501", "504"} <= named


def test_an_unknown_language_is_answered_in_vietnamese() -> None:
    assert catalogue("xx").language == "vi"
    assert catalogue("vi")("home.welcome", name="Hồ Văn Lâm") == "Xin chào, Hồ Văn Lâm"
