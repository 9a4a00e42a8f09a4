"""`motcua templates export DIR`: our building blocks for the menu of Camunda Modeler.

Writes one JSON file per block and `.camunda/element-templates` needs nothing
else: copy the folder there, or open the diagram beside it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from cli.lint import utf8
from engine.errors import InvalidInput
from engine.packages.templates import read_templates, template_json

_WORDS = {
    "vi": "{count} mẫu trong {folder}. Trong Camunda Modeler: đặt thư mục này vào"
    " .camunda/element-templates bên cạnh sơ đồ.",
    "en": "{count} templates in {folder}. In Camunda Modeler: put this folder into"
    " .camunda/element-templates beside the diagram.",
}


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("templates", help="Element templates for the editor")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    export = actions.add_parser("export", help="Write them into a folder")
    export.add_argument("folder", type=Path, metavar="DIR")
    export.add_argument("--lang", choices=("vi", "en"), default="vi", help="language (vi)")


def run(arguments: argparse.Namespace) -> int:
    """0 when all were written."""
    utf8()
    folder: Path = arguments.folder
    if folder.exists() and not folder.is_dir():
        raise InvalidInput(f"{folder} is a file: name a folder.", code="no-folder")
    folder.mkdir(parents=True, exist_ok=True)
    made = [template_json(block.data, arguments.lang) for block in read_templates()]
    for template in made:
        path = folder / f"{template['id']}.json"
        path.write_text(json.dumps(template, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(_WORDS[arguments.lang].format(count=len(made), folder=folder))
    return 0
