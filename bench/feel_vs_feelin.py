"""``python -m bench.feel_vs_feelin``: our FEEL beside feelin and pySFeel in one run.

*compiled* evaluates a compiled expression, as the engine does; *cold* reads and
compiles the text each time. The others have no compiled form: they read the
text on every evaluation. Figures are medians in microseconds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

from bench.feel_cases import CASES, CONTEXT
from bench.feel_peers import Missing, Peer, feelin, pysfeel
from engine.feel import compile_expression, from_json


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 when no other engine could be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.feel_vs_feelin", description=__doc__)
    parser.add_argument("--seconds", type=float, default=0.5, help="per expression and engine")
    options = parser.parse_args(arguments)
    texts = [text for _, text in CASES]
    ours = [_measure(_compiled(text), options.seconds) for text in texts]
    cold = [_measure(_cold(text), options.seconds) for text in texts]
    peers = list(_peers(texts, options.seconds))
    _print(ours, cold, peers)
    return 0 if peers else 1


def _compiled(text: str) -> Callable[[], object]:
    expression = compile_expression(text)
    context = {name: from_json(value) for name, value in CONTEXT.items()}
    return lambda: expression.evaluate(context)


def _cold(text: str) -> Callable[[], object]:
    context = {name: from_json(value) for name, value in CONTEXT.items()}
    # A number in a comment makes it a text the cache has never seen.
    number = count(1)
    return lambda: compile_expression(f"{text} // {next(number)}").evaluate(context)


def _measure(run: Callable[[], object], seconds: float) -> float:
    """Median of batches, each long enough for the clock."""
    runs: list[float] = []
    end = time.perf_counter() + seconds
    batch = 20
    while time.perf_counter() < end:
        start = time.perf_counter()
        for _ in range(batch):
            run()
        runs.append((time.perf_counter() - start) / batch * 1e6)
    return statistics.median(runs)


def _peers(texts: Sequence[str], seconds: float) -> Iterator[Peer]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        task = folder / "task.json"
        task.write_text(json.dumps({"cases": texts, "context": CONTEXT, "seconds": seconds}))
        for measure in (feelin, pysfeel):
            try:
                yield measure(folder, task)
            except Missing as missing:
                print(missing, file=sys.stderr)


def _print(ours: Sequence[float], cold: Sequence[float], peers: Sequence[Peer]) -> None:
    heads = ["compiled", "cold", *(peer.name for peer in peers)]
    print(f"{'expression':<54}" + "".join(f"{head:>15}" for head in heads))
    for index, (_, text) in enumerate(CASES):
        figures = [ours[index], cold[index], *(peer.micros[index] for peer in peers)]
        print(f"{text:<54}" + "".join(_figure(figure) for figure in figures))
    for peer in peers:
        print(f"\n{peer.name}, times our figure (median of expressions it can read):")
        for kind in ("gateway", "all"):
            warm = _ratio(ours, peer, kind)
            print(f"  {kind:<8} compiled x{warm:.0f}, cold x{_ratio(cold, peer, kind):.1f}")


def _figure(micros: float | None) -> str:
    return f"{'-':>15}" if micros is None else f"{micros:>15.2f}"


def _ratio(ours: Sequence[float], peer: Peer, kind: str) -> float:
    ratios = [
        theirs / own
        for (case, _), own, theirs in zip(CASES, ours, peer.micros, strict=True)
        if theirs is not None and kind in (case, "all")
    ]
    return statistics.median(ratios) if ratios else 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
