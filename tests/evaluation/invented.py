"""Invented plans with planted faults: what is found of them, and what is wrongly reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import interagency as ia
from interagency.order import troubles

FOLDER = Path(__file__).with_name("invented")
EXPECTED = FOLDER / "expected.yaml"


@dataclass(frozen=True)
class Held:
    """What one plan was expected to show, and what its audit shows."""

    plan: str
    audit: ia.Audit
    expected: dict[str, Any]

    def places(self, wanted: dict[str, Any]) -> list[int]:
        """The troubles, by their place from 1, that are what is wanted."""
        return [
            place
            for place, item in enumerate(troubles(self.audit), 1)
            if any(
                is_meant(wanted, finding)
                for finding in (*item.findings, *item.cases, *item.symptoms)
            )
        ]

    @property
    def found(self) -> dict[str, int | None]:
        """For each fault, the place at which it is first told; None where it is not."""
        return {w["id"]: min(self.places(w), default=None) for w in self.expected.get("find", ())}


def is_meant(wanted: dict[str, Any], finding: ia.Finding) -> bool:
    """Whether a finding has one of the codes and, where subjects are named, is on one of them."""
    about = wanted.get("about")
    return finding.code in wanted["codes"] and (not about or finding.about[0].ref.id in about)


@cache
def plans() -> tuple[Held, ...]:
    """Every invented plan with its audit."""
    expected = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))
    return tuple(
        Held(name, ia.audit(ia.load(FOLDER / f"{name}.yaml")), wanted)
        for name, wanted in expected.items()
    )


def report() -> Iterator[str]:
    """Lines of the table of what evaluators found."""
    yield "## Invented plans with planted faults"
    yield ""
    yield "Written before any rule had met them; the rules were mended on them since, so these"
    yield "figures show what stays mended, not how the audit does on a plan it never met."
    yield ""
    yield "| plan | faults | found | among first 10 | not found | gaps | critical | untrue |"
    yield "|---|---|---|---|---|---|---|---|"
    for held in plans():
        found = held.found
        first = sum(place is not None and place <= 10 for place in found.values())
        lost = ", ".join(name for name, place in found.items() if place is None)
        gaps = held.audit.gaps
        critical = sum(f.severity is ia.Severity.CRITICAL for f in gaps)
        wrong = [w for w in held.expected.get("not", ()) if held.places(w)]
        asked = len(found)
        yield (
            f"| {held.plan} | {asked} | {asked - list(found.values()).count(None)} | {first} |"
            f" {lost} | {len(gaps)} | {critical} | {len(wrong)} |"
        )
