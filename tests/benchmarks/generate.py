"""Plans of any size, as plain data: the mixture of real plans, the numbers of large ones.

About six handoffs to an agency; every sector, stage, kind and pillar; groups, time limits and
sources as often as the six bundled plans have them. The same size and seed give the same plan.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

from interagency.vocabulary import (
    Condition,
    Function,
    Group,
    HandoffKind,
    Level,
    Need,
    Role,
    Sector,
    Stage,
    Status,
)

_WHAT = ("identified victim", "case file", "report", "request for shelter", "ข้อมูลผู้เสียหาย")
_BASIS = ("Act s33", "SOP 2022, step 4", "memorandum of understanding of 2019")
_LIMITS = (
    {"max": "PT24H", "wording": "within one day"},
    {"max": "P8D"},
    {"wording": "without delay"},
)
_PILLARS = (["protect"], ["protect"], ["prosecute"], ["prevent"], ["protect", "prosecute"])


def generated_plan(handoffs: int, seed: int = 0) -> dict[str, Any]:
    """A plan with that many handoffs, as its file says it."""
    chance = random.Random(seed)
    agencies = [_agency(chance, number) for number in range(max(2, handoffs // 6))]
    return {
        "format": 1,
        "plan": {"id": "generated", "title": "A generated plan", "country": "TH", "as_of": 2024},
        "sources": [{"id": f"s{n}", "title": f"Source {n}", "kind": "statute"} for n in range(20)],
        "agencies": agencies,
        "handoffs": [_handoff(chance, number, len(agencies)) for number in range(handoffs)],
    }


def as_json(plan: dict[str, Any]) -> bytes:
    """The plan as a JSON file, as programs write it."""
    return json.dumps(plan, ensure_ascii=False).encode()


def as_yaml(plan: dict[str, Any]) -> bytes:
    """The plan as a YAML file, in the block style in which a person writes it."""
    lines = ["format: 1", "plan: " + _flow(plan["plan"])]
    for key in ("sources", "agencies", "handoffs"):
        lines.append(f"{key}:")
        for item in plan[key]:
            entries = [f"{name}: {_flow(value)}" for name, value in item.items()]
            lines += [f"  {'- ' if not n else '  '}{entry}" for n, entry in enumerate(entries)]
    return ("\n".join(lines) + "\n").encode()


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if "," in str(value) else str(value)


def _some(chance: random.Random, words: Sequence[str], most: int) -> list[str]:
    return [str(word) for word in chance.sample(list(words), chance.randint(1, most))]


def _agency(chance: random.Random, number: int) -> dict[str, Any]:
    agency: dict[str, Any] = {
        "id": f"agency-{number}",
        "name": f"Office {number} for the protection of victims",
        "sector": str(chance.choice(list(Sector))),
    }
    if chance.random() < 0.5:
        agency["roles"] = _some(chance, list(Role), 2)
    if chance.random() < 0.6:
        agency["level"] = str(chance.choice(list(Level)))
    if chance.random() < 0.4:
        agency["functions"] = _some(chance, list(Function), 3)
    if chance.random() < 0.1:
        agency["accepts"] = _some(chance, list(Group), 2)
    agency["sources"] = [f"s{chance.randrange(20)}"]
    return agency


def _handoff(chance: random.Random, number: int, agencies: int) -> dict[str, Any]:
    sender, receiver = (f"agency-{n}" for n in chance.sample(range(agencies), 2))
    handoff: dict[str, Any] = {
        "id": f"h{number}",
        "from": "person" if chance.random() < 0.02 else sender,
        "to": receiver,
        "pillars": chance.choice(_PILLARS),
        "kind": str(chance.choice(list(HandoffKind))),
    }
    extras: tuple[tuple[float, str, Any], ...] = (
        (0.8, "stage", str(chance.choice(list(Stage)))),
        (0.7, "what", chance.choice(_WHAT)),
        (0.15, "only_for", _some(chance, list(Group), 2)),
        (0.15, "conditions", _some(chance, list(Condition), 1)),
        (0.15, "within", dict(chance.choice(_LIMITS))),
        (0.1, "needs", _some(chance, list(Need), 2)),
        (0.3, "basis", chance.choice(_BASIS)),
        (0.05, "status", str(chance.choice(list(Status)))),
        (0.1, "since", chance.randint(1998, 2024)),
        (0.6, "sources", [f"s{chance.randrange(20)}"]),
    )
    handoff.update({key: value for often, key, value in extras if chance.random() < often})
    return handoff
