"""`motcua migrate --from OLD --to NEW --preview`: running instances onto another version.

Each instance in a transaction of its own; one that does not fit is told and left alone.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from cli.operating import add_database, operator, settings_of
from engine.bootstrap import build_engine
from engine.errors import InvalidInput, NotFound
from engine.ports.engine import Engine
from engine.ports.views import Condition, Query
from engine.repair.bulk import Moved, migrate_instances
from engine.repair.plans import screen


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("migrate", help="Running instances onto another version")
    names = "definition key, or process:version"
    parser.add_argument("--from", dest="source", required=True, metavar="DEFINITION", help=names)
    parser.add_argument("--to", dest="target", required=True, metavar="DEFINITION", help=names)
    parser.add_argument("--plan", type=Path, metavar="FILE", help='JSON: {"old id": "new id"}')
    parser.add_argument(
        "--only-plan",
        action="store_true",
        help="elements the plan does not name do not keep their id",
    )
    parser.add_argument("--instance", type=int, metavar="KEY", help="this instance only")
    parser.add_argument("--limit", type=int, default=1000, help="at most so many (1000)")
    parser.add_argument("--reason", help="why; procedures ask for it")
    parser.add_argument("--preview", action="store_true", help="tell what would happen, only")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when every instance found its place."""
    plan = _plan(arguments.plan)
    settings = settings_of(arguments)
    engine = build_engine(settings)
    left = done = 0
    try:
        source, target = _key(engine, arguments.source), _key(engine, arguments.target)
        where = [Condition(field="definition_key", op="eq", value=source)]
        if arguments.instance is not None:
            where.append(Condition(field="key", op="eq", value=arguments.instance))
        for moved in migrate_instances(
            engine,
            operator(),
            Query(where=tuple(where)),
            target,
            plan,
            same_ids=not arguments.only_plan,
            reason=arguments.reason,
            preview=arguments.preview,
            most=arguments.limit,
        ):
            done, left = done + 1, left + (moved.code is not None)
            _print(moved, arguments)
    finally:
        engine.close()
    word = "would be migrated" if arguments.preview else "migrated"
    print(f"{done - left} {word}, {left} refused.")
    return 1 if left else 0


def _print(moved: Moved, arguments: argparse.Namespace) -> None:
    result = "ok" if moved.code is None else f"{moved.code}: {moved.sentence}"
    print(f"{moved.instance_key}  {result}")
    for fault in moved.faults:
        print(f"  {fault.pointer}: {fault.code}: {fault.sentence}")
    if arguments.preview and moved.code is None:
        print(*(f"  {line}" for line in screen(moved.plan, arguments.lang)), sep="\n")


def _plan(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInput(f"The plan {path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise InvalidInput(f"The plan {path} is no JSON: {error}.") from None
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise InvalidInput(f'The plan {path} must be an object such as {{"old": "new"}}.')
    return found


def _key(engine: Engine, word: str) -> int:
    if word.isdigit():
        return int(word)
    process, colon, version = word.rpartition(":")
    if not colon or not version.isdigit():
        raise InvalidInput(f"'{word}' is neither a key nor process:version.")
    query = Query(
        where=(
            Condition(field="process_id", op="eq", value=process),
            Condition(field="version", op="eq", value=int(version)),
        )
    )
    rows = engine.views.search("process_definition", operator(), query).items
    if not rows:
        raise NotFound(f"There is no version {version} of process '{process}'.")
    return int(str(rows[0]["key"]))
