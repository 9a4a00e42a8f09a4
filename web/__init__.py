"""The pages of counter, studio and cockpit: Jinja, a little script, Vietnamese first."""

from web.app import create_app
from web.demo import DemoAccount

__all__ = ["DemoAccount", "create_app"]
