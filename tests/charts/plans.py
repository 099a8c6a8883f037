"""Plans and findings that the tests of charts draw."""

from __future__ import annotations

import random
from collections.abc import Sequence

import interagency
from interagency.engine import Expected, Finding, Named, Severity, State
from interagency.graph import PlanGraph
from interagency.model import Plan
from interagency.places import Kind, Ref
from interagency.vocabulary import HandoffKind, Pillar, Sector, Stage, Status

REAL = ("australia", "bulgaria", "indonesia", "nepal", "sri_lanka", "thailand")
WORDS = [
    "referral",
    "of",
    "the",
    "person",
    "with",
    "signs",
    "of",
    "forced",
    "labour",
    "to",
    "services",
    "after",
    "consent",
    "police",
    "ministry",
    "national",
    "identification",
    "co-ordination",
    "สายด่วน",
    "ပြည်သူ့",
    "المحكمة",
]


def plan_of(
    agencies: Sequence[dict[str, object]], handoffs: Sequence[dict[str, object]], **facts: object
) -> PlanGraph:
    """A plan from what a file would hold."""
    about = {"id": "plan", "title": "A plan", "as_of": 2024, **facts}
    return PlanGraph(
        Plan.model_validate({"plan": about, "agencies": agencies, "handoffs": handoffs})
    )


def chain(*names: str, **facts: object) -> PlanGraph:
    """Agencies of these names, each handing on to the next."""
    agencies = [{"id": f"a{i}", "name": name} for i, name in enumerate(names)]
    handoffs = [
        {
            "from": f"a{i}",
            "to": f"a{i + 1}",
            "pillars": ["protect"],
            "kind": "referral",
            "what": names[i + 1],
        }
        for i in range(len(names) - 1)
    ]
    return plan_of(agencies, handoffs, **facts)


def invented(agencies: int, handoffs: int, seed: int) -> PlanGraph:
    """A plan drawn by lot, with everything a plan may hold."""
    lot = random.Random(seed)

    def words(most: int) -> str:
        return " ".join(lot.choices(WORDS, k=lot.randint(1, most)))

    ends = [*(f"a{i}" for i in range(agencies)), "person", "public"]
    return plan_of(
        [
            {"id": f"a{i}", "name": words(9), "sector": lot.choice([None, *Sector])}
            for i in range(agencies)
        ],
        [
            {
                "id": f"h{i}",
                "from": lot.choice(ends),
                "to": lot.choice(ends),
                "pillars": lot.sample(list(Pillar), lot.randint(1, 3)),
                "kind": lot.choice(list(HandoffKind)),
                "stage": lot.choice([None, *Stage]),
                "what": lot.choice([None, words(25)]),
                "trigger": lot.choice([None, None, words(20)]),
                "status": lot.choice([Status.IN_FORCE, Status.INFORMAL, Status.MISSING]),
                "within": lot.choice([None, {"max": "PT24H", "wording": words(9)}]),
            }
            for i in range(handoffs)
        ],
        language=lot.choice(["en", "ar"]),
    )


def finding(
    code: str,
    *,
    question: bool = False,
    agencies: Sequence[str] = (),
    handoffs: Sequence[str] = (),
    expected: Sequence[tuple[str, str]] = (),
) -> Finding:
    """A finding about these agencies and handoffs, which these handoffs would close."""
    about = [Named(Ref(Kind.AGENCY, i), i) for i in agencies]
    about += [Named(Ref(Kind.HANDOFF, i), i) for i in handoffs]
    return Finding(
        rule="a-rule",
        code=code,
        severity=Severity.HIGH,
        state=State.QUESTION if question else State.GAP,
        pillars=(Pillar.PROTECT,),
        message="Something is the matter.",
        mend="Mend it.",
        about=tuple(about),
        expected=tuple(
            Expected(a, b, HandoffKind.REFERRAL, (Pillar.PROTECT,), Stage.ASSISTANCE, "the person")
            for a, b in expected
        ),
    )


def real(name: str) -> PlanGraph:
    """One of the plans that travel with the library."""
    return interagency.load(name)
