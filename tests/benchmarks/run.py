"""Every figure, each a ratio to a named baseline in the same run.

    python tests/benchmarks/run.py            print them
    python tests/benchmarks/run.py --write    and keep them in tests/benchmarks/RESULTS.md

Needs the ``bench`` extra (pytm). Processor seconds, not those of the clock; the median of several
rounds in which what is measured and what it is held against take turns.
"""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, from any folder

import yaml  # noqa: E402 - found through the line above, like all that follow

from interagency.formats import read  # noqa: E402
from interagency.model import Plan  # noqa: E402
from interagency.places import Kind, Ref  # noqa: E402
from tests.benchmarks import audits, graphs, reading, whole  # noqa: E402
from tests.benchmarks.generate import as_json, as_yaml, generated_plan  # noqa: E402
from tests.benchmarks.timing import Row, table  # noqa: E402

RESULTS = Path(__file__).with_name("RESULTS.md")
LIBRARIES = ("pydantic", "PyYAML", "networkx", "click", "pytm")


def reading_rows(handoffs: int, rounds: int) -> list[Row]:
    """Reading with every place, against the same libraries with less care."""
    plan = generated_plan(handoffs)
    data, text = as_json(plan), as_yaml(plan)

    def placed(file: bytes, name: str) -> object:
        made, places = read(file, name)
        places.of(Ref(Kind.PLAN))  # makes the table of all places
        return made

    json_ratio, json_seconds = reading.ratio(
        lambda: placed(data, "plan.json"),
        lambda: Plan.model_validate_json(data, by_alias=True, by_name=False),
        rounds,
        collector=False,
    )
    yaml_ratio, yaml_seconds = reading.ratio(
        lambda: placed(text, "plan.yaml"),
        lambda: yaml.load(text, yaml.CSafeLoader),
        rounds,
        collector=True,
    )
    size = f"{handoffs:,} handoffs"
    return [
        Row(f"JSON, every place, {size}", "`model_validate_json`, collector off, no places",
            json_ratio, json_seconds, 1.5),
        Row(f"YAML, every place, {size}", "PyYAML's CSafeLoader: no places, no plan",
            yaml_ratio, yaml_seconds, 0.25 if handoffs >= 5_000 else None),
    ]  # fmt: skip


def report() -> str:
    """All the figures, in Markdown."""
    used = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    sizes = [audits.measured(n, rounds) for n, rounds in ((500, 3), (5_000, 3), (50_000, 1))]
    parts = [
        "# How fast it is\n",
        "Made by `python tests/benchmarks/run.py --write`. Every figure is a ratio to a baseline",
        "measured in the same run, in turns; below 1 is quicker than the baseline. Seconds are",
        "processor seconds of ours, of one machine on one day: compare ratios, not seconds.\n",
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; {used}.\n",
        "## Starting, and the whole command\n",
        "Importing is counted without the bare interpreter's own start. Both packages load late",
        "what stands at their front door; the second row is what the first model costs.\n",
        table([*whole.starts(11), *whole.commands(300, 5)]),
        "## Reading\n",
        "`python -m tests.benchmarks.reading` has more sizes and baselines.\n",
        table([*reading_rows(50, 15), *reading_rows(5_000, 3)]),
        "## Auditing generated plans\n",
        "Function calls are counted, not timed, so they are the same on every machine: they tell",
        "work that grows from memory that gets slower as it fills.\n",
        table([*audits.rows(sizes), *audits.call_rows(1_000, 4_000)]),
        "## Each rule\n",
        "Milliseconds, both passes of a partial plan counted. What several rules ask of the graph",
        "is computed once, for the first of them, and counted there. Growth is for ten times the",
        "size (aim: at most 15); `-` where half a millisecond is not reached.\n",
        audits.by_rule(sizes),
        "## Graph kernels\n",
        table([row for n, r in ((500, 15), (5_000, 7), (50_000, 3)) for row in graphs.rows(n, r)]),
    ]
    return "\n".join(parts).replace("\n\n\n", "\n\n")


def main() -> int:
    text = report()
    print(text, end="")
    if "--write" in sys.argv[1:]:
        RESULTS.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
