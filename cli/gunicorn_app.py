"""gunicorn, configured in code: the only module that imports it."""

from __future__ import annotations

from typing import Any

from gunicorn.app.base import BaseApplication

from engine.ports.engine import Engine
from engine.worker.embedded import embedded
from engine.worker.loop import JobRunner


class CounterServer(BaseApplication):
    """Builds the app in each worker, after the fork."""

    def __init__(self, options: dict[str, Any], jobs: bool) -> None:
        self._options = options
        self._jobs = jobs
        self._runner: JobRunner | None = None
        self._engine: Engine | None = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)
        self.cfg.set("post_worker_init", self._start_jobs)
        self.cfg.set("worker_exit", self._stop_jobs)

    def load(self) -> Any:
        from api import create_app
        from engine.bootstrap import build_engine
        from engine.settings import Settings
        from web.register import register

        self._engine = build_engine(Settings.from_env())
        app = create_app(self._engine, threads=self._options["threads"])
        register(app, self._engine)
        return app

    def _start_jobs(self, _worker: Any) -> None:
        if self._jobs and self._engine is not None:
            self._runner = embedded(self._engine)
            self._runner.start()

    def _stop_jobs(self, _server: Any, _worker: Any) -> None:
        if self._runner is not None:
            self._runner.stop()
        if self._engine is not None:
            self._engine.close()


def serve(bind: str, *, workers: int, threads: int, jobs: bool) -> None:
    """Serve until a signal ends it."""
    options = {
        "bind": bind,
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "timeout": 120,
        "graceful_timeout": 10,
        "keepalive": 5,
        "accesslog": None,
        "loglevel": "warning",
        "proc_name": "motcua",
    }
    CounterServer(options, jobs).run()
