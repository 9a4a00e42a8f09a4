"""The wiring: builds the engine from settings by plain constructor calls.

Nothing here opens a connection or starts a thread: a server builds the engine
before it forks and uses it after.
"""

from __future__ import annotations

from engine.adapters.blobs import FolderBlobs
from engine.adapters.clamd import Clamd
from engine.adapters.passwords import Argon2Passwords
from engine.adapters.pdf import TypstPdf
from engine.adapters.signing import FileSigner
from engine.dispatch import CommandEngine
from engine.runtime import SpiffRuntime
from engine.settings import Settings
from engine.store import migrate as migrate_store
from engine.store import migrate_empty as migrate_empty_store
from engine.store import open_store


def build_engine(settings: Settings) -> CommandEngine:
    """The engine of one process."""
    store = open_store(settings)
    runtime = SpiffRuntime(budget=settings.step_budget)
    scanner = Clamd(settings.clamd) if settings.clamd else None
    blobs = FolderBlobs(settings.blobs_dir, scanner)
    return CommandEngine(
        settings,
        store,
        store.views,
        runtime,
        Argon2Passwords(),
        TypstPdf(),
        blobs,
        _signer(settings),
    )


def _signer(settings: Settings) -> FileSigner:
    """A demonstration makes a key of its own, which proves nothing to anybody else."""
    if settings.signing_key is None and (settings.demo or settings.test):
        return FileSigner(settings.blobs_dir / "keys" / "demo.pem", make=True)
    return FileSigner(settings.signing_key)


def migrate(settings: Settings) -> tuple[str, ...]:
    """Bring the database to this release's schema; the names of the revisions applied."""
    return migrate_store(settings.database_url)


def migrate_empty(settings: Settings) -> bool:
    """Migrate a database without any schema and leave every other alone."""
    return migrate_empty_store(settings.database_url)
