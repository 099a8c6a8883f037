"""Draw the chart of every bundled plan into this folder.

python diagrams/draw.py            draw them all
python diagrams/draw.py --check    say which differ from what would be drawn, and change nothing
"""

from __future__ import annotations

import sys
from pathlib import Path

import interagency as ia
from interagency.catalogue import plan_names

HERE = Path(__file__).parent


def drawn() -> dict[str, str]:
    """Every file of this folder: name and text."""
    files: dict[str, str] = {}
    for name in plan_names():
        chart = ia.chart(ia.audit(ia.load(name)))
        pages = range(1, len(chart.pages) + 1)
        for page in pages:
            number = f"-{page}" if len(pages) > 1 else ""
            files[f"{name}-ladder{number}.svg"] = chart.svg(page, kind="plain")
    return files


def main() -> int:
    files = drawn()
    there = {path.name for path in HERE.glob("*.svg")}
    stale = sorted(there - files.keys())
    changed = [
        name
        for name, text in files.items()
        if name not in there or (HERE / name).read_text(encoding="utf-8") != text
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
