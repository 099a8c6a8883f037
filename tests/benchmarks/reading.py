"""How fast plan files are read, against what the same libraries do with less care.

Every figure is a ratio to a baseline measured in the same process, one after the other, and the
median of several rounds: times differ from machine to machine, ratios much less. Time is
processor time, so that a busy machine disturbs less.

    python -m tests.benchmarks.reading
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

import yaml

from interagency.collector import resting
from interagency.formats import read
from interagency.formats.yaml import compose, decode
from interagency.model import Plan
from interagency.places import Kind, Ref
from tests.benchmarks.generate import as_json, as_yaml, generated_plan


def _seconds(task: Callable[[], object], *, collector: bool) -> float:
    gc.collect()
    if not collector:
        gc.disable()
    begin = time.process_time()
    kept = task()  # kept, so that taking it apart is not measured
    taken = time.process_time() - begin
    gc.enable()
    del kept
    return taken


def ratio(
    task: Callable[[], object], baseline: Callable[[], object], rounds: int, *, collector: bool
) -> tuple[float, float]:
    """The median of task / baseline, and the median time of the task.

    Args:
        task: what is measured; it runs as users run it.
        baseline: what it is measured against.
        rounds: how often.
        collector: whether the baseline runs with the cyclic collector on, as it does by default.
    """
    ratios, times = [], []
    for _ in range(rounds):
        against = _seconds(baseline, collector=collector)
        taken = _seconds(task, collector=True)
        ratios.append(taken / against)
        times.append(taken)
    return statistics.median(ratios), statistics.median(times)


def _read_with_places(data: bytes, name: str) -> object:
    plan, places = read(data, name)
    places.of(Ref(Kind.PLAN))
    return plan, places


def _tree_with_places(data: bytes) -> object:
    with resting():
        return compose(decode(data, "plan.yaml"))


def main() -> None:
    """Print the table."""
    print(f"{'what':<66}{'ratio':>7}{'µs per handoff':>16}")
    for handoffs, rounds in ((50, 51), (5_000, 7), (50_000, 3)):
        plan = generated_plan(handoffs)
        data, text = as_json(plan), as_yaml(plan)
        size = f"{handoffs:>6,} handoffs, "

        def pydantic(data: bytes = data) -> object:
            return Plan.model_validate_json(data, by_alias=True, by_name=False)

        def safe_load(text: bytes = text) -> object:
            return yaml.load(text, yaml.CSafeLoader)

        rows: list[tuple[str, Callable[[], object], Callable[[], object], bool]] = [
            (
                "JSON / model_validate_json, gc off",
                lambda d=data: read(d, "p.json"),
                pydantic,
                False,
            ),
            (
                "JSON, every place / model_validate_json, gc off",
                lambda d=data: _read_with_places(d, "p.json"),
                pydantic,
                False,
            ),
            (
                "YAML tree, every place / CSafeLoader",
                lambda t=text: _tree_with_places(t),
                safe_load,
                True,
            ),
            ("YAML to Plan / CSafeLoader", lambda t=text: read(t, "p.yaml"), safe_load, True),
            (
                "YAML to Plan, every place / CSafeLoader",
                lambda t=text: _read_with_places(t, "p.yaml"),
                safe_load,
                True,
            ),
            (
                "YAML to Plan / CSafeLoader, gc off",
                lambda t=text: read(t, "p.yaml"),
                safe_load,
                False,
            ),
        ]
        for what, task, baseline, collector in rows:
            times, seconds = ratio(task, baseline, rounds, collector=collector)
            print(f"{size + what:<66}{times:>7.2f}{seconds / handoffs * 1e6:>16.1f}")


if __name__ == "__main__":
    main()
