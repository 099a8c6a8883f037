"""Draw every kind of chart of every bundled plan into this folder, with an index.

    python diagrams/draw.py            draw them all
    python diagrams/draw.py --check    say which differ from what would be drawn, and change nothing

The SVGs name their fonts and do not carry them, to stay small; `interagency chart` carries them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import interagency as ia
from interagency.catalogue import plan_names
from interagency.charts import VIEWS

HERE = Path(__file__).parent
INDEX = "README.md"
WORDS = {
    "ladder": "all handoffs under the three Ps, agencies as columns",
    "lanes": "the flow of cases, sectors as lanes, one P to a page",
    "matrix": "from whom to whom",
    "functions": "who holds which function",
    "pathway": "the way of a person through the mechanism",
    "map": "who works with whom, at a glance",
}


def drawn() -> dict[str, str]:
    """Every file of this folder: name and text."""
    files: dict[str, str] = {}
    index = [
        "# Six mechanisms, drawn",
        "",
        "Made by `python diagrams/draw.py`; a test compares them. Gaps and the first questions of",
        "the audit are marked. Each kind of chart is `interagency chart PLAN --view VIEW -o FILE`.",
    ]
    for name in plan_names():
        audit = ia.audit(ia.load(name))
        facts = audit.graph.plan.facts
        index += ["", f"## {facts.title} ({facts.country}, {facts.as_of})", ""]
        for view in VIEWS:
            chart = ia.chart(audit, view=view)
            count = len(chart.pages)
            names = [
                f"{name}-{view}-{page}.svg" if count > 1 else f"{name}-{view}.svg"
                for page in range(1, count + 1)
            ]
            for page, file in enumerate(names, 1):
                files[file] = chart.svg(page, kind="plain")
            links = ", ".join(f"[{page}]({file})" for page, file in enumerate(names, 1))
            index.append(f"- **{view}** ({WORDS[view]}): {links}")
    files[INDEX] = "\n".join(index) + "\n"
    return files


def main() -> int:
    files = drawn()
    there = {path.name for path in (*HERE.glob("*.svg"), *HERE.glob(INDEX))}
    stale = sorted(there - files.keys())
    changed = [
        name
        for name, text in files.items()
        if name not in there or (HERE / name).read_bytes().decode("utf-8") != text
    ]
    if "--check" in sys.argv[1:]:
        for name in [*changed, *stale]:
            print(f"{name} differs; run python diagrams/draw.py")
        return int(bool(changed or stale))
    for name in stale:
        (HERE / name).unlink()
    for name in changed:
        (HERE / name).write_text(files[name], encoding="utf-8", newline="\n")
    print(f"{len(files)} files; {len(changed)} drawn anew, {len(stale)} taken away")
    return 0


if __name__ == "__main__":
    sys.exit(main())
