"""Hold the audit of the bundled plans against what independent evaluators found.

    python tests/evaluation/evaluate.py            print the table
    python tests/evaluation/evaluate.py --write    and keep it in tests/evaluation/TABLE.md

For each plan: of the findings that evaluators made on their own (``independent``), that the plan
file can show (``detectable: yes``) and whose archetype has a rule, how many does the audit make,
as of the evaluator's date and at the right agency? A finding counts when one of ours has one of
its archetypes and is about one of its agencies, or about a handoff between two of its ends. The
same command evaluates other plans: give it folders of NAME.yaml with NAME.findings.yaml beside.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import interagency as ia
from interagency.catalogue import plan_names
from interagency.rules import BUILT_IN

HERE = Path(__file__).parent
TABLE = HERE / "TABLE.md"


@dataclass(frozen=True)
class Row:
    """How the audit does on one plan."""

    plan: str
    asked: tuple[dict[str, Any], ...]
    found: dict[str, str]
    without_rule: int
    gaps: int
    questions: int
    by_rule: dict[str, tuple[int, int]]


def cases() -> Iterator[tuple[str, str, Path]]:
    """Name, what to load, and the findings file of each plan to evaluate."""
    folders = [Path(a) for a in sys.argv[1:] if not a.startswith("-")]
    if not folders:
        for name in plan_names():
            yield name, name, HERE / "findings" / f"{name}.findings.yaml"
    for folder in folders:
        for findings in sorted(folder.glob("*.findings.yaml")):
            name = findings.name.removesuffix(".findings.yaml")
            yield name, str(folder / f"{name}.yaml"), findings


def matches(wanted: dict[str, Any], finding: ia.Finding, graph: ia.PlanGraph) -> bool:
    """Whether a finding of ours is the evaluator's: an archetype of it, at one of its places."""
    if finding.code not in wanted["archetypes"]:
        return False
    about = wanted["about"]
    agencies = set(about["agencies"] or ())
    pairs = {(h["from"], h["to"]) for h in about["handoffs"] or ()}
    if not agencies and not pairs:
        return True
    ours = {(h.sender, h.receiver) for h in map(graph.handoff, finding.handoffs)}
    ours |= {(e.sender, e.receiver) for e in finding.expected}
    return bool(agencies & set(finding.agencies) or pairs & ours)


def evaluate(name: str, source: str, findings: Path) -> Row:
    graph = ia.load(source)
    codes = {r.code for r in BUILT_IN}
    rows = yaml.safe_load(findings.read_text(encoding="utf-8"))["findings"]
    shown = [f for f in rows if f["independent"] and f["detectable"] == "yes"]
    asked = [f for f in shown if codes & set(f["archetypes"])]
    found: dict[str, str] = {}
    for wanted in asked:
        then = graph.as_of(wanted["as_of"])
        ours = [f for f in ia.audit(then).findings if matches(wanted, f, then)]
        if ours:
            found[wanted["id"]] = "gap" if any(f.state == "gap" for f in ours) else "question"
    now = ia.audit(graph)
    return Row(
        plan=name,
        asked=tuple(asked),
        found=found,
        without_rule=len(shown) - len(asked),
        gaps=len(now.gaps),
        questions=len(now.questions),
        by_rule={o.rule.code: (o.gaps, o.questions) for o in now.outcomes if o.gaps or o.questions},
    )


def table(rows: list[Row]) -> str:
    out = [
        "# What evaluators found, and what the audit finds",
        "",
        "Made by `python tests/evaluation/evaluate.py --write`; a test keeps it up to date.",
        "",
        "*Asked*: independent findings that the plan file can show (`detectable: yes`) and whose",
        "archetype has a rule so far. *Found*: those that the audit makes, as of the evaluator's",
        "date and at the right agency, as a gap, or as a question (the plan is partial and its",
        "sources leave it open). *In all*: every finding the audit makes as of the plan's own date.",
        "",
        "| plan | asked | found | as gap | as question | no rule yet | gaps in all "
        "| questions in all |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        states = list(r.found.values())
        out.append(
            f"| {r.plan} | {len(r.asked)} | {len(r.found)} | {states.count('gap')} "
            f"| {states.count('question')} | {r.without_rule} | {r.gaps} | {r.questions} |"
        )
    states = [s for r in rows for s in r.found.values()]
    out.append(
        f"| **all** | {sum(len(r.asked) for r in rows)} | {len(states)} | {states.count('gap')} "
        f"| {states.count('question')} | {sum(r.without_rule for r in rows)} "
        f"| {sum(r.gaps for r in rows)} | {sum(r.questions for r in rows)} |"
    )
    out += ["", "## One by one", "", "| finding | as of | archetypes | agencies | found |"]
    out.append("|---|---|---|---|---|")
    for r in rows:
        for f in r.asked:
            where = ", ".join(f["about"]["agencies"]) or "none (absent from the plan)"
            out.append(
                f"| {f['id']} | {f['as_of']} | {' '.join(f['archetypes'])} | {where} "
                f"| {r.found.get(f['id'], '**no**')} |"
            )
    out += ["", "## Findings in all, by rule (gaps + questions)", ""]
    codes = [r.code for r in BUILT_IN]
    out.append(f"| plan | {' | '.join(codes)} |")
    out.append("|---" * (len(codes) + 1) + "|")
    for r in rows:
        cells = ["+".join(map(str, r.by_rule[c])) if c in r.by_rule else "" for c in codes]
        out.append(f"| {r.plan} | {' | '.join(cells)} |")
    return "\n".join(out) + "\n"


def main() -> int:
    text = table([evaluate(*case) for case in cases()])
    print(text, end="")
    if "--write" in sys.argv[1:]:
        TABLE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
