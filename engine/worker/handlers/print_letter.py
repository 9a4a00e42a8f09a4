"""``motcua:letter``: a paper of the procedure as PDF, kept as a document of the dossier.

The template is ``letters/<name>.typ`` in the package's dated folder, named by
the header ``template`` as ``<slug>/<name>`` (``_shared/<name>`` stands for
``_shared/letters``). ``data`` is FEEL giving a context. A template that cannot
be printed is an incident; a letter printed twice for one job is kept once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from engine.commands.store_document import StoreDocument
from engine.domain.actors import Actor
from engine.domain.jobs.headers import Headers, HeaderUnfit
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Work
from engine.ports.engine import Idempotency
from engine.ports.pdf import PdfFailed
from engine.worker.tools import Tools

CLERK: Final = Actor(name="motcua", kind="system", roles=frozenset({"system", "worker"}))
BESIDE_LIMIT: Final = 2_000_000
_NAME = re.compile(r"(_shared|[a-z0-9]+(?:-[a-z0-9]+)*)/([a-z0-9]+(?:-[a-z0-9]+)*)")


def print_letter(work: Work, tools: Tools) -> Outcome:
    """Print and keep."""
    headers = Headers(work, tools.settings.zone)
    template = _template(headers.text("template"), work, tools)
    data = headers.feel("data")
    if not isinstance(data, Mapping):
        raise HeaderUnfit("The header 'data' must give a context.")
    name = headers.text("name", f"{template.stem}.pdf")
    result = headers.text("resultVariable", "letter")
    text = template.read_text(encoding="utf-8")
    try:
        printed = tools.engine.printer.print_pdf(
            text, _plain(data), _beside(template), made_at=work.now
        )
    except PdfFailed as failure:
        return Failed(message=failure.sentence, again=failure.reason == "pdf-timeout")
    blob = tools.engine.blobs.put(printed, "application/pdf")
    keep = StoreDocument(
        blob=blob,
        name=name,
        dossier_key=work.job.root_key,
        component=headers.text("component", "") or None,
        source="process",
    )
    once = Idempotency(
        key=f"letter-{work.job.key}",
        body_hash=hashlib.sha256(str(work.job.key).encode()).hexdigest(),
    )
    kept = tools.engine.execute(keep, CLERK, once).result
    told = {each: kept[each] for each in ("name", "sha256", "size")}
    return Completed(variables={result: {"documentKey": str(kept["key"]), **told}})


def _template(named: str, work: Work, tools: Tools) -> Path:
    found = _NAME.fullmatch(named)
    if found is None:
        raise HeaderUnfit("The header 'template' must be <procedure folder>/<name of the letter>.")
    folder = tools.settings.packages_dir / found[1]
    if found[1] != "_shared":
        row = tools.engine.views.get("process_definition", CLERK, work.job.definition.key)
        dated = str((row or {}).get("applies_from") or "")
        if not dated:
            raise HeaderUnfit("The header 'template': this process belongs to no dated package.")
        folder /= dated
    path = folder / "letters" / f"{found[2]}.typ"
    if not path.is_file():
        raise HeaderUnfit(f"The header 'template': there is no letter '{found[2]}' in the package.")
    return path


def _beside(template: Path) -> dict[str, bytes]:
    """What the template may read: the other files of its folder, up to two megabytes."""
    files: dict[str, bytes] = {}
    for path in sorted(template.parent.iterdir()):
        if path.is_file() and path != template:
            files[path.name] = path.read_bytes()
    if sum(map(len, files.values())) > BESIDE_LIMIT:
        raise HeaderUnfit("The header 'template': the files beside the letter exceed 2 MB.")
    return files


def _plain(value: object) -> dict[str, object]:
    """Whole numbers as numbers, other decimals as text: no digit is lost on paper."""
    plain = _value(value)
    return plain if isinstance(plain, dict) else {}


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else format(value, "f")
    if isinstance(value, Mapping):
        return {str(name): _value(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_value(each) for each in value]
    return value
