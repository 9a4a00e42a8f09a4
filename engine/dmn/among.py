"""Imports found among files that are at hand together, such as those of one deployment."""

from __future__ import annotations

from collections.abc import Mapping

from engine.dmn.definitions import Import
from engine.dmn.load import Resolver
from engine.xml import parse


def among(files: Mapping[str, bytes]) -> Resolver:
    """Finds an imported model by namespace; of several, the one at the import's location."""

    def resolve(item: Import) -> bytes | None:
        found = {
            name: content
            for name, content in files.items()
            if parse(content, name).get("namespace") == item.namespace
        }
        if len(found) > 1:
            return found.get(item.location or "")
        return next(iter(found.values()), None)

    return resolve
