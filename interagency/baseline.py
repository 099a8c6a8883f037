"""A baseline: what an audit found before, so that only what is new fails.

It is a ratchet. A finding that stands in the baseline does not fail the audit, and is told as
known; a finding that stands there and has vanished must be taken out, or it would let the same
trouble back in unseen. Findings are known by their ids, which survive renaming and reordering.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from interagency.engine import Finding
from interagency.errors import InvalidBaseline

VERSION = 1
"""Of what a baseline looks like."""


@dataclass(frozen=True)
class Compared:
    """An audit held against a baseline."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    vanished: tuple[str, ...]
    """Ids in the baseline that are found no more: take them out."""

    @property
    def in_step(self) -> bool:
        """Whether nothing is new and nothing has vanished."""
        return not self.new and not self.vanished


def baseline(findings: Iterable[Finding], plan: str) -> str:
    """A baseline of these findings, as text to be kept beside the plan.

    A finding is kept with its answer: a question that becomes a gap is new.
    """
    ids = sorted({_key(f) for f in findings})
    return json.dumps({"baseline": VERSION, "plan": plan, "findings": ids}, indent=2) + "\n"


def compare(findings: Iterable[Finding], text: str, plan: str) -> Compared:
    """Hold findings against a baseline.

    Raises:
        InvalidBaseline: the text is no baseline, or one of another plan.
    """
    try:
        tree = json.loads(text)
        ids = tree["findings"]
        listed = isinstance(ids, list) and all(isinstance(i, str) for i in ids)
        version = tree["baseline"]
    except (ValueError, TypeError, KeyError, RecursionError):
        listed = False
    if not listed or not isinstance(version, int):
        raise InvalidBaseline("This is no baseline. Make one with --write-baseline.")
    if version != VERSION:
        raise InvalidBaseline(
            f"This baseline is of version {version}, and {VERSION} is read. Make it anew with "
            "--write-baseline, or use the interagency that made it."
        )
    if tree.get("plan") != plan:
        raise InvalidBaseline(
            f"This baseline is of the plan {tree.get('plan')!r}, not {plan!r}. Name its own, or "
            "make one with --write-baseline."
        )
    found = tuple(findings)
    before = set(ids)
    now = {_key(f) for f in found}
    return Compared(
        new=tuple(f for f in found if _key(f) not in before),
        known=tuple(f for f in found if _key(f) in before),
        vanished=tuple(sorted(before - now)),
    )


def _key(finding: Finding) -> str:
    return f"{finding.id} {finding.state}"
