"""Write this release's saved states: `python -m tests.golden RELEASE [--replace]`.

What a release has written is never changed: a state it wrote must finish under
every later one. ``--replace`` is for a release that is not out yet.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from tests.golden.saved import Loaded, ending, play, save
from tests.golden.stories import STORIES

FOLDER = Path(__file__).parent
SUMS = "SHA256SUMS"


def document(name: str, release: str) -> str:
    """A story's saved state and its end, as text."""
    story = STORIES[name]()
    driver = story.begin()
    play(driver, story.before)
    held: dict[str, Any] = {"release": release, "story": name} | save(driver)
    loaded = Loaded(held)
    play(loaded, story.rest)
    held |= {"rest": list(story.rest), "ending": ending(loaded)}
    return json.dumps(held, ensure_ascii=False, indent=1) + "\n"


def sums(folder: Path) -> str:
    """Names and digests of the folder's states."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.glob("*.json"))
    ]
    return "".join(lines)


def main() -> int:
    """Write all stories, or refuse."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("release", help="such as 0.1.0")
    parser.add_argument("--replace", action="store_true", help="the release is not out yet")
    arguments = parser.parse_args()
    folder = FOLDER / arguments.release
    if folder.exists() and not arguments.replace:
        sys.stderr.write(f"{folder.name} has its saved states; they are never changed.\n")
        return 1
    folder.mkdir(exist_ok=True)
    for name in STORIES:
        (folder / f"{name}.json").write_text(document(name, arguments.release), encoding="utf-8")
    (folder / SUMS).write_text(sums(folder), encoding="utf-8")
    sys.stdout.write(f"{len(STORIES)} saved states in {folder.name}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
