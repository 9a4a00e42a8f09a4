"""``gunicorn wsgi:app``: the APIs and pages of one engine, built from MOTCUA_* settings.

Serves only: jobs and timers are run by ``motcua worker``. Nothing is opened
before the first request, so workers may be forked.
"""

from engine.bootstrap import build_engine
from engine.settings import Settings
from web import create_app

app = create_app(build_engine(Settings.from_env()))
