"""The pages of counter, studio and cockpit: Jinja, a little script, Vietnamese first."""

from web.app import create_app

__all__ = ["create_app"]
