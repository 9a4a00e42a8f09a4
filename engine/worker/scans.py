"""The scanners' drop folder: a file named after a dossier becomes its document and goes.

``<code>.pdf``, ``<code>_<component>.pdf`` or the same with a number behind
(``<code>_<component>_2.pdf``); the dossier's key serves instead of its code. What
cannot be taken moves to ``rejected`` with a note that names the reason.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from engine.commands.store_document import StoreDocument
from engine.domain.actors import Actor
from engine.domain.ids import Key
from engine.errors import NotFound, Rejected, TooLarge, Unavailable
from engine.ports.blobs import Blobs
from engine.ports.engine import Done
from engine.ports.views import Condition, Query, Views
from engine.settings import Settings

log = logging.getLogger("motcua.scans")

PER_TURN: Final = 20
# A scanner still writes what changed a moment ago.
QUIET_SECONDS: Final = 3.0
_NUMBER: Final = re.compile(r"(^|_)[0-9]{1,3}$")


class Takes(Protocol):
    """What the folder needs of the engine."""

    @property
    def settings(self) -> Settings: ...
    @property
    def views(self) -> Views: ...
    @property
    def blobs(self) -> Blobs: ...
    def execute(self, command: object, actor: Actor) -> Done: ...


class ScanFolder:
    """One folder, taken in the name of one account; ``actor`` None = that account may not."""

    def __init__(
        self,
        engine: Takes,
        folder: Path,
        actor: Callable[[], Actor | None],
        quiet: float = QUIET_SECONDS,
    ) -> None:
        self._engine = engine
        self._folder = folder
        self._actor = actor
        self._quiet = quiet

    def turn(self) -> int:
        """Take what lies there; how many files were dealt with."""
        ready = self._ready()
        if not ready:
            return 0
        actor = self._actor()
        if actor is None:
            log.warning("the account of the scan folder is unknown or blocked")
            return 0
        return sum(self._deal(path, actor) for path in ready)

    def _ready(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        before = time.time() - self._quiet
        found = sorted(
            path
            for path in self._folder.iterdir()
            if path.is_file() and not path.name.startswith(".") and path.stat().st_mtime <= before
        )
        return found[:PER_TURN]

    def _deal(self, path: Path, actor: Actor) -> int:
        try:
            self._take(path, actor)
        except Unavailable:
            return 0
        except Rejected as refusal:
            self._reject(path, refusal)
        except FileNotFoundError:
            # Somebody took it back.
            return 0
        else:
            path.unlink(missing_ok=True)
        return 1

    def _take(self, path: Path, actor: Actor) -> None:
        limit = self._engine.settings.document_limit
        if path.stat().st_size > limit:
            raise TooLarge(f"A document may have at most {limit} bytes.", code="document-too-large")
        # No code has an underscore in it; a component may.
        reference, _, rest = path.stem.partition("_")
        component = _NUMBER.sub("", rest) or None
        key = self._dossier(reference, actor)
        blob = self._engine.blobs.put(path.read_bytes())
        command = StoreDocument(
            blob=blob, name=path.name, dossier_key=key, component=component, source="scan"
        )
        self._engine.execute(command, actor)

    def _dossier(self, reference: str, actor: Actor) -> Key:
        if reference.isascii() and reference.isdigit() and 16 <= len(reference) <= 19:
            return int(reference)
        where = (Condition(field="code", op="eq", value=reference),)
        rows = self._engine.views.search("dossier", actor, Query(where=where, limit=2)).items
        if not rows:
            raise NotFound("No dossier has this code.", code="dossier-unknown")
        return int(str(rows[0]["key"]))

    def _reject(self, path: Path, refusal: Rejected) -> None:
        # The name of a file may be a person's: it is not logged.
        log.info("a scanned file was rejected: %s", refusal.reason)
        folder = self._folder / "rejected"
        folder.mkdir(exist_ok=True)
        number, target = 1, folder / path.name
        while target.exists():
            number, target = number + 1, folder / f"{path.stem}.{number}{path.suffix}"
        path.rename(target)
        note = f"{refusal.reason}: {refusal.sentence}\n"
        target.with_name(f"{target.name}.txt").write_text(note, encoding="utf-8")
