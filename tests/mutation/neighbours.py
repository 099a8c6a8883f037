"""What every rule says of its own examples when one word of them is changed.

    python tests/mutation/neighbours.py            to the screen
    python tests/mutation/neighbours.py --write    into neighbours/, a file for each rule

Each example plan is varied in one word at a time: a sector, role, function, group, kind, stage,
need, condition, status, date ... is changed, put in or taken out, a handoff is turned or left out.
What changes the answer is written down, what does not is not. So whoever changes a rule sees in
the difference of a file what the change means, and a test sees to it that nobody changes one
unawares. The files say what the rules do; whether that is right is for people to read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from interagency import formats
from interagency.engine import Flag, Rule
from interagency.graph import PlanGraph
from interagency.model import Agency, Handoff, Plan
from interagency.quantities import Duration, PlanDate
from interagency.vocabulary import (
    Completeness,
    Condition,
    Coverage,
    Data,
    Function,
    Group,
    HandoffKind,
    Hours,
    Level,
    Means,
    Need,
    Pillar,
    Role,
    Sector,
    Stage,
    Status,
)

FOLDER = Path(__file__).with_name("neighbours")
NEW = Handoff(id="new", sender="person", receiver="person", pillars=("protect",), kind="referral")
ONE: dict[type[Agency] | type[Handoff], dict[str, type[StrEnum]]] = {
    Agency: {"sector": Sector, "hours": Hours, "coverage": Coverage, "means": Means,
             "level": Level},
    Handoff: {"kind": HandoffKind, "stage": Stage, "status": Status, "data": Data},
}  # fmt: skip
"""Fields that hold one word."""
SOME: dict[type[Agency] | type[Handoff], dict[str, type[StrEnum]]] = {
    Agency: {"roles": Role, "functions": Function, "supports": Function, "lacks": Function,
             "accepts": Group},
    Handoff: {"pillars": Pillar, "needs": Need, "conditions": Condition, "only_for": Group},
}  # fmt: skip
"""Fields that hold several."""
OTHER: dict[type[Agency] | type[Handoff], dict[str, tuple[Any, ...]]] = {
    Agency: {"capacity": (0, 10), "interviews": (None, True, False), "country": (None, "XX"),
             "network": (None, True, False), "charges_fee": (None, True, False),
             "since": (PlanDate.parse(2030),)},
    Handoff: {"within": (None,), "stay": (None, Duration.parse("P45D")), "basis": (None, "A law"),
              "form": (None, "A form"), "since": (PlanDate.parse(2030),)},
}  # fmt: skip
"""Fields with values of other kinds."""


def variations(plan: Plan) -> Iterator[tuple[str, str, Plan]]:
    """Every plan that one changed word makes: what is changed, to what, and the plan."""
    for kind in ("agencies", "handoffs"):
        things: tuple[Agency | Handoff, ...] = getattr(plan, kind)
        for number, thing in enumerate(things):
            for field, word, changed in _of(thing):
                rest = (*things[:number], changed, *things[number + 1 :])
                yield f"{thing.id} {field}", word, plan.model_copy(update={kind: rest})
    for number, handoff in enumerate(plan.handoffs):
        others = (*plan.handoffs[:number], *plan.handoffs[number + 1 :])
        yield handoff.id, "left out", plan.model_copy(update={"handoffs": others})
    ends = [a.id for a in plan.agencies] + ["person", "public"]
    for sender in ends:
        for receiver in ends:
            for way in ("referral", "feedback"):
                added = NEW.model_copy(
                    update={"sender": sender, "receiver": receiver, "kind": HandoffKind(way)}
                )
                more = plan.model_copy(update={"handoffs": (*plan.handoffs, added)})
                yield f"new {way} from {sender} to", receiver, more


def _of(thing: Agency | Handoff) -> Iterator[tuple[str, str, Agency | Handoff]]:
    for field, words in ONE[type(thing)].items():
        now = getattr(thing, field)
        for word in (None, *words):
            if word is not now and (word is not None or field not in ("kind", "status")):
                yield field, str(word), thing.model_copy(update={field: word})
    for field, words in SOME[type(thing)].items():
        held = getattr(thing, field) or ()
        for word in words:
            if word in held:
                left = tuple(w for w in held if w is not word)
                yield field, f"-{word}", thing.model_copy(update={field: left})
            else:
                yield field, f"+{word}", thing.model_copy(update={field: (*held, word)})
    for field, values in OTHER[type(thing)].items():
        for value in values:
            if value != getattr(thing, field):
                yield field, str(value), thing.model_copy(update={field: value})
    if isinstance(thing, Handoff):
        turned = {"sender": thing.receiver, "receiver": thing.sender}
        yield "turned", "round", thing.model_copy(update=turned)


def answer(rule: Rule, plan: Plan) -> str:
    """What a rule says of a plan: each trouble with what would close it, and how much is met."""
    flags, met = [], 0
    for said in rule(PlanGraph(plan)):
        if not isinstance(said, Flag):
            met += 1
            continue
        about = "+".join(ref.id or ref.kind.value for ref in said.about)
        edges = ",".join(f"{e.sender}>{e.receiver}:{e.kind}" for e in said.expected)
        flags.append(f"{about}{'!' * said.stated}" + (f" ({edges})" if edges else ""))
    told = "; ".join(sorted(flags)) or "no trouble"
    return f"{told}; met {met}" if met else told


def told(rule: Rule) -> str:
    """All answers of a rule to its varied examples, those that differ from the example's own."""
    lines = [f"{rule.code} {rule.name}"]
    for heading in ("Broken", "Mended"):
        plan, _ = formats.read(rule.page[heading].encode(), "example.yaml")
        before = ""
        for completeness in (Completeness.COMPLETE, Completeness.PARTIAL):
            facts = plan.facts.model_copy(update={"completeness": completeness})
            declared = plan.model_copy(update={"facts": facts})
            usual = answer(rule, declared)
            if usual == before:
                continue
            before = usual
            lines += ["", f"{heading}, {completeness}: {usual}", *_differing(rule, declared, usual)]
    return "\n".join(lines) + "\n"


def _differing(rule: Rule, plan: Plan, usual: str) -> Iterator[str]:
    groups: dict[tuple[str, str], list[str]] = {}
    for what, word, changed in variations(plan):
        said = answer(rule, changed)
        if said != usual:
            groups.setdefault((what, said), []).append(word)
    for (what, said), words in groups.items():
        yield f"  {what} {' '.join(words)}: {said}"


def files(rules: Iterable[Rule]) -> Iterator[tuple[Path, str]]:
    """The file of each rule, and what should stand in it."""
    for rule in rules:
        yield FOLDER / f"{rule.code}.txt", told(rule)


def main() -> int:
    """Run it."""
    from interagency.rules import BUILT_IN

    for path, text in files(BUILT_IN):
        if "--write" in sys.argv[1:]:
            FOLDER.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        else:
            print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
