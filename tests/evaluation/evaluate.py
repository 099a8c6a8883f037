"""Hold the audit of the bundled plans against what independent evaluators found.

    python tests/evaluation/evaluate.py              print the report
    python tests/evaluation/evaluate.py --write      and keep it in tests/evaluation/TABLE.md
    python tests/evaluation/evaluate.py FOLDER ...   the same for other plans: each folder holds
                                                     NAME.yaml with NAME.findings.yaml beside it

For each plan: of the findings that evaluators made on their own (``independent``) and that the
plan file can show (``detectable: yes``), how many does the audit make, as of the evaluator's date
and at the right agency? A finding counts when one of ours has one of its archetypes and is about
one of its agencies, or about a handoff between two of its ends; where the evaluator names no
agency (the plan has none), an archetype is enough.

``judged.yaml`` holds a sample of our findings that no evaluator mentions, judged by hand.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import invented
import yaml

import interagency as ia
from interagency.catalogue import plan_names
from interagency.order import Item
from interagency.rules import BUILT_IN

HERE = Path(__file__).parent
TABLE = HERE / "TABLE.md"
JUDGED = HERE / "judged.yaml"
FIRST = 10
CODES = {r.code for r in BUILT_IN}
VERDICTS = ("right", "artefact", "wrong")


@dataclass(frozen=True)
class Hit:
    """How an evaluator's finding was found."""

    state: str
    rank: int
    """Place of the trouble among all troubles of that audit, from 1."""
    place: int
    """Place of the finding among all findings of that audit, told one by one, from 1."""


@dataclass(frozen=True)
class Row:
    """How the audit does on one plan."""

    plan: str
    asked: tuple[dict[str, Any], ...]
    found: dict[str, Hit]
    partly: int
    partly_found: int
    without_rule: int
    gaps: int
    questions: int
    troubles: int
    unmentioned: tuple[str, ...]
    by_rule: dict[str, tuple[int, int]]

    @property
    def early(self) -> int:
        """How many of those found stand among the first troubles."""
        return sum(hit.rank <= FIRST for hit in self.found.values())

    def count(self, state: str) -> int:
        """How many were found in that state."""
        return sum(hit.state == state for hit in self.found.values())


def folders() -> list[Path]:
    return [Path(a) for a in sys.argv[1:] if not a.startswith("-")]


def cases() -> Iterator[tuple[str, str, Path]]:
    """Name, what to load, and the findings file of each plan to evaluate."""
    if not folders():
        for name in plan_names():
            yield name, name, HERE / "findings" / f"{name}.findings.yaml"
    for folder in folders():
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


def hit(wanted: dict[str, Any], graph: ia.PlanGraph) -> Hit | None:
    """Where the audit as of the evaluator's date has the evaluator's finding, gaps first."""
    then = graph.as_of(wanted["as_of"])
    told = (
        (rank, finding)
        for rank, item in enumerate(ia.audit(then).items, 1)
        for finding in item.whole
    )
    hits = [
        Hit(finding.state.value, rank, place)
        for place, (rank, finding) in enumerate(told, 1)
        if matches(wanted, finding, then)
    ]
    return min(hits, key=lambda h: (h.state != "gap", h.rank), default=None)


def unmentioned(items: tuple[Item, ...], rows: list[dict[str, Any]]) -> Iterator[str]:
    """Our troubles whose archetype no evaluator names for this plan, by state and code."""
    named = {code for row in rows for code in row["archetypes"]}
    for item in items:
        if item.code not in named:
            yield f"{item.state} {item.code}"


def evaluate(name: str, source: str, findings: Path) -> Row:
    graph = ia.load(source)
    rows = yaml.safe_load(findings.read_text(encoding="utf-8"))["findings"]
    independent = [f for f in rows if f["independent"]]
    shown = [f for f in independent if f["detectable"] == "yes"]
    partly = [f for f in independent if f["detectable"] == "partly"]
    found = {f["id"]: h for f in shown if (h := hit(f, graph))}
    now = ia.audit(graph)
    return Row(
        plan=name,
        asked=tuple(shown),
        found=found,
        partly=len(partly),
        partly_found=sum(hit(f, graph) is not None for f in partly),
        without_rule=sum(not CODES & set(f["archetypes"]) for f in shown),
        gaps=len(now.gaps),
        questions=len(now.questions),
        troubles=len(now.items),
        unmentioned=tuple(unmentioned(now.items, rows)),
        by_rule={o.rule.code: (o.gaps, o.questions) for o in now.outcomes if o.gaps or o.questions},
    )


def share(part: int, whole: int) -> str:
    """A share in words: 8 of 9 (89 %)."""
    return f"{part} of {whole} ({round(100 * part / whole)} %)" if whole else "none asked"


def in_all(rows: list[Row]) -> Iterator[str]:
    asked = sum(len(r.asked) for r in rows)
    found = sum(len(r.found) for r in rows)
    early = sum(r.early for r in rows)
    partly = sum(r.partly for r in rows)
    yield f"- Found: {share(found, asked)}; aim 95 %."
    yield f"- Among the first {FIRST} troubles: {share(early, asked)}; aim 70 %."
    one_by_one = sum(h.place <= FIRST for r in rows for h in r.found.values())
    yield f"- Among the first {FIRST} findings, each told by itself: {share(one_by_one, asked)}."
    most = max((r.gaps for r in rows), default=0)
    yield f"- Most gap findings in a plan: {most}; aim at most 25."
    yield (
        "- Found of those that the file shows only partly: "
        + share(sum(r.partly_found for r in rows), partly)
        + "."
    )


def by_plan(rows: list[Row]) -> Iterator[str]:
    yield (
        f"| plan | asked | found | as gap | as question | among first {FIRST} | no rule "
        "| partly shown | of these found | gaps in all | questions in all | troubles "
        "| troubles no evaluator names |"
    )
    yield "|---" * 13 + "|"
    for r in rows:
        yield (
            f"| {r.plan} | {len(r.asked)} | {len(r.found)} | {r.count('gap')} "
            f"| {r.count('question')} | {r.early} | {r.without_rule} | {r.partly} "
            f"| {r.partly_found} | {r.gaps} | {r.questions} | {r.troubles} "
            f"| {len(r.unmentioned)} |"
        )


def one_by_one(rows: list[Row]) -> Iterator[str]:
    yield "| finding | as of | archetypes | agencies | found | trouble no. | finding no. |"
    yield "|---|---|---|---|---|---|---|"
    for r in rows:
        for f in r.asked:
            where = ", ".join(f["about"]["agencies"]) or "none (absent from the plan)"
            found = r.found.get(f["id"])
            told = f"{found.state} | {found.rank} | {found.place}" if found else "**no** | | "
            yield f"| {f['id']} | {f['as_of']} | {' '.join(f['archetypes'])} | {where} | {told} |"


def rules_by_plan(rows: list[Row]) -> Iterator[str]:
    yield f"| rule | {' | '.join(r.plan for r in rows)} |"
    yield "|---" * (len(rows) + 1) + "|"
    for rule in BUILT_IN:
        cells = ["+".join(map(str, r.by_rule.get(rule.code, ()))) for r in rows]
        yield f"| {rule.code} {rule.name} | {' | '.join(cells)} |"


def judged() -> Iterator[str]:
    """The sample judged by hand: counts, and every verdict that is not 'right'."""
    sample = yaml.safe_load(JUDGED.read_text(encoding="utf-8"))["sample"]
    verdicts = Counter(s["verdict"] for s in sample)
    yield (
        f"{len(sample)} findings of ours that no evaluator mentions: "
        + ", ".join(f"{verdicts[v]} {v}" for v in VERDICTS)
        + f"; wrong: {share(verdicts['wrong'], len(sample))}, aim under 10 %."
    )
    yield "*Right*: true of the plan and worth saying. *Artefact*: not covered by what was read."
    yield ""
    for s in sample:
        if s["verdict"] != "right":
            yield f"- {s['plan']} {s['finding']}: {s['verdict']}. {s['why']}"


def report(rows: list[Row], *, sample: bool = True) -> str:
    out = [
        "# What evaluators found, and what the audit finds",
        "",
        "Made by `python tests/evaluation/evaluate.py --write`; a test keeps it up to date.",
        "",
        "*Asked*: independent findings that the plan file can show (`detectable: yes`).",
        "*Found*: those that the audit makes, as of the evaluator's date and at the right agency,",
        "as a gap, or as a question (the plan is partial and its sources leave it open).",
        "*Trouble*: findings of one rule and one answer, which are mended together.",
        "*In all*: as of the plan's own date.",
        "",
        *in_all(rows),
        "",
        "## By plan",
        "",
        *by_plan(rows),
        "",
        "## One by one",
        "",
        *one_by_one(rows),
        "",
        "## Findings by rule (gaps + questions)",
        "",
        *rules_by_plan(rows),
    ]
    if sample:
        out += ["", *invented.report()]
        out += ["", "## Ours that no evaluator mentions, judged by hand", "", *judged()]
    return "\n".join(out) + "\n"


def main() -> int:
    text = report([evaluate(*case) for case in cases()], sample=not folders())
    print(text, end="")
    if "--write" in sys.argv[1:]:
        TABLE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
