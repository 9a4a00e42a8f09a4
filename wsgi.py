"""``gunicorn wsgi:app``: the APIs and pages of one engine, built from MOTCUA_* settings.

Serves only: jobs and timers are run by ``motcua worker``. Nothing is opened
before the first request, so workers may be forked; that request gives an empty
database its schema.
"""

from threading import Lock

from api import create_app
from engine.bootstrap import build_engine, migrate_empty
from engine.settings import Settings
from web.register import register

settings = Settings.from_env()
engine = build_engine(settings)
app = create_app(engine)
register(app, engine)

_first = Lock()
_ready = False


@app.before_request
def _schema() -> None:
    global _ready  # once per process, under the lock
    if _ready:
        return
    with _first:
        if not _ready:
            migrate_empty(settings)
            _ready = True
