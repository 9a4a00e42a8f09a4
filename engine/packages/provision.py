"""Users, units, roles and skills from CSV or YAML files into an installation.

Everything is read and checked before anything is written, so a wrong row
leaves all as it was; then the users go in parts, with progress. A second run
changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from jsonschema_rs import Draft202012Validator

from engine.commands.load_law import LoadLaw
from engine.commands.provision_accounts import AccountSpec, ProvisionAccounts, faults_of
from engine.domain.actors import Actor
from engine.domain.law import LawBook, LawRow
from engine.domain.skills import parse_skill
from engine.errors import Fault, InvalidInput
from engine.packages.coerce import Schema
from engine.packages.document import read, schema
from engine.packages.law import read_law
from engine.packages.law.table import read_rows
from engine.ports.engine import Engine

AT_ONCE = 1000
Found = tuple[dict[str, object], str]


def provision(engine: Engine, actor: Actor, files: Sequence[Path]) -> Iterator[str]:
    """Lines of progress; ``InvalidInput`` lists every wrong row with file and line."""
    users: list[Found] = []
    law: list[LawRow] = []
    faults: list[Fault] = []
    for file in files:
        if not file.is_file():
            raise InvalidInput(f"{file}: there is no such file.", code="no-such-file")
        try:
            if _is_users(file):
                users += _users(file)
            else:
                law += read_law(file)
        except InvalidInput as refusal:
            if not refusal.faults:
                raise
            faults += refusal.faults
    specs = _specs(users, engine.law().with_rows(law), faults)
    if faults:
        sentence = f"{len(faults)} rows are wrong and nothing was written; the first: "
        raise InvalidInput(sentence + faults[0].sentence, faults, code="provision-refused")
    yield f"{len(specs)} users and {len(law)} rows of law read and checked"
    if law:
        yield from _load(engine, actor, law)
    yield from _send(engine, actor, specs)


def _load(engine: Engine, actor: Actor, law: list[LawRow]) -> Iterator[str]:
    kinds = engine.execute(LoadLaw(rows=law), actor).result["kinds"]
    for kind, counts in sorted(cast("dict[str, dict[str, int]]", kinds).items()):
        yield f"  {kind}: {', '.join(f'{count} {name}' for name, count in counts.items())}"


def _send(engine: Engine, actor: Actor, specs: Sequence[AccountSpec]) -> Iterator[str]:
    total: Counter[str] = Counter()
    for begin in range(0, len(specs), AT_ONCE):
        part = specs[begin : begin + AT_ONCE]
        done = engine.execute(ProvisionAccounts(accounts=part), actor).result
        total.update({name: int(str(count)) for name, count in done.items()})
        yield f"  {begin + len(part)} of {len(specs)} users"
    yield (
        f"{total['added']} added ({total['invited']} without a password: invited), "
        f"{total['changed']} changed, {total['same']} same"
    )
    yield f"{total['added'] + total['changed']} changes of users"


def _is_users(file: Path) -> bool:
    if file.suffix == ".csv":
        return file.stem.partition(".")[0] == "users"
    with file.open(encoding="utf-8-sig") as lines:
        return any(line.startswith("users:") for line in lines)


def _users(file: Path) -> Iterator[Found]:
    if file.suffix == ".csv":
        rules, validator = _row_schema()
        for data, line in read_rows(file, file.name, rules, validator, {}):
            yield data, f"{file.name}:{line}"
        return
    document = read(file.read_bytes(), file.name, "users")
    for number, data in enumerate(cast("list[dict[str, object]]", document.data["users"])):
        yield data, f"{file.name}:{document.line('users', number)}"


@cache
def _row_schema() -> tuple[Schema, Draft202012Validator]:
    whole: Any = schema("users")
    rules = whole["properties"]["users"]["items"]
    return rules, Draft202012Validator(rules)


def _specs(users: list[Found], book: LawBook, faults: list[Fault]) -> list[AccountSpec]:
    specs: list[AccountSpec] = []
    seen: dict[str, str] = {}
    paths = _paths(book)
    for data, place in users:
        try:
            spec = _spec(data, paths)
        except InvalidInput as refusal:
            faults.append(_fault(place, refusal.reason, refusal.sentence))
            continue
        faults += [_fault(place, each.code, each.sentence) for each in faults_of(spec)]
        first = seen.setdefault(spec.name, place)
        if first != place:
            faults.append(_fault(place, "account-twice", f"{spec.name} stands at {first} too."))
        specs.append(spec)
    return specs


def _spec(data: dict[str, object], paths: dict[str, str]) -> AccountSpec:
    unit, name = str(data["unit"]), str(data["name"])
    if unit not in paths:
        raise InvalidInput(f"there is no unit {unit}.", code="unit-unknown")
    own = () if unit == "*" else tuple(f"{p}@ubnd-{unit}" for p in _texts(data, "positions"))
    secret = data.get("initial_secret")
    return AccountSpec(
        name=name,
        display_name=str(data.get("display_name") or name),
        unit_id=paths[unit],
        roles=frozenset(_texts(data, "roles")),
        groups=(*own, *_texts(data, "groups")),
        skills=tuple(sorted(parse_skill(text) for text in _texts(data, "skills"))),
        disabled=data.get("disabled") is True,
        initial_secret=None if secret is None else str(secret),
    )


def _paths(book: LawBook) -> dict[str, str]:
    """Unit code to tree path; units that have ended take nobody in."""
    paths = {"*": ""}
    for row in book.rows("unit"):
        if row.effective_to is None:
            parent = row.text("province_code")
            paths[row.id] = f"{parent}/{row.id}/" if parent else f"{row.id}/"
    return paths


def _texts(data: dict[str, object], name: str) -> tuple[str, ...]:
    held = data.get(name)
    return tuple(map(str, held)) if isinstance(held, list) else ()


def _fault(place: str, code: str, sentence: str) -> Fault:
    file, _, line = place.rpartition(":")
    return Fault(pointer=place, code=code, sentence=f"{file}, line {line}: {sentence}")
