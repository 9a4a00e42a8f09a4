"""Element templates: every job type of ours is in the editor's menu, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from engine.domain.jobs.types import BUILT_IN
from engine.errors import InvalidInput
from engine.packages.templates import read_templates, template_json

BLOCKS = [block.data for block in read_templates()]


def test_each_job_type_of_ours_has_one_template_and_none_is_left_over() -> None:
    types = [block["type"] for block in BLOCKS if "type" in block]

    assert sorted(types) == sorted(BUILT_IN)


def _properties(template: dict[str, Any]) -> dict[str, Any]:
    return {json.dumps(one["binding"], sort_keys=True): one for one in template["properties"]}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block["name"]["en"])
def test_languages_differ_in_words_only(block: dict[str, Any]) -> None:
    vi, en = template_json(block, "vi"), template_json(block, "en")

    assert vi["id"] == en["id"]
    assert vi["name"] != en["name"]
    assert _properties(vi).keys() == _properties(en).keys()
    assert len(_properties(vi)) == len(vi["properties"])


def test_a_block_as_the_editor_reads_it() -> None:
    (http,) = (block for block in BLOCKS if block.get("type") == "motcua:http")
    found = {one["binding"].get("key", one["binding"].get("property")): one
             for one in template_json(http, "vi")["properties"]}  # fmt: skip

    assert found["type"] == {
        "type": "Hidden",
        "value": "motcua:http",
        "binding": {"type": "zeebe:taskDefinition", "property": "type"},
    }
    assert found["url"]["feel"] == "optional"
    assert found["connector"]["feel"] == "optional"
    assert [one["value"] for one in found["method"]["choices"]][:2] == ["GET", "POST"]


def test_export_writes_one_file_per_block(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mẫu"

    assert main(["templates", "export", str(folder)]) == 0
    written = [json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")]
    assert len(written) == len(BLOCKS)
    assert "Gửi thư điện tử" in {template["name"] for template in written}
    assert f"{len(BLOCKS)} mẫu" in capsys.readouterr().out


def test_a_file_in_place_of_the_folder_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x").write_text("", "utf-8")

    assert main(["templates", "export", str(tmp_path / "x")]) == 1
    assert "name a folder" in capsys.readouterr().err


def test_a_wrong_description_names_file_and_line(tmp_path: Path) -> None:
    text = "type: motcua:x\nname: {vi: A, en: A}\ndescription: {vi: B, en: B}\nheader: []\n"
    (tmp_path / "x.yml").write_text(text, "utf-8")

    with pytest.raises(InvalidInput) as refused:
        read_templates(tmp_path)

    assert "header" in refused.value.faults[0].sentence
