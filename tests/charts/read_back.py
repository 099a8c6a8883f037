"""What a plan holds, and what is read back from a text that it was written as."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping

from plans import REAL, chain, plan_of, real

from interagency.charts.text import clean
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Handoff
from interagency.vocabulary import HandoffKind, Pillar, Sector, Stage, Status

HOSTILE = (
    "a \"quoted\" 'name'",
    "end",
    "END; end",
    "<b>bold</b> <br/>",
    "R&D &lt; &#65; #35; #quot; #x;",
    "a;b; style: #fff; classDef x: #f; linkStyle 0",
    "line\none\ttab",
    "x --> y ->> z -x a",
    "]]> <![CDATA[ -->",
    "L" * 2000,
    "ก" * 2000,
    "1. list",
    "# head - dash * star",
    "**bold** `code` __u__ //i// ~~s~~ --d--",
    "%%{init: {}}%% %date() $x $$y$$",
    "box end rect loop alt participant actor note",
    "wrap: no",
    "سلام English (x) 24",
    "สำนักงานตำรวจ\u200bแห่งชาติ",
    r"\n \" \N \\",
    "a@{shape: x} () {x} [y] |z|",
    "@enduml",
    "!include /etc/passwd",
    "[[http://x y]] <img:x> <&star> <U+0041>",
    "' comment /' x '/",
    "ﬂ°°60¶ß",
    "👮🏽 police",
    "اً\u0301",
    "a1",
    "person",
    "subgraph default",
    "MISSING: (3) x [G01]",
    "a\u200f\u200eb\u061c",
)
WITH_LIMITS = frozenset({"mermaid-flowchart", "dot"})  # where a limit follows the words
Handoffs = Counter[tuple[str, str, str, str]]


def squeezed(text: str) -> str:
    """A text without the spaces at which lines are broken."""
    return re.sub(r"[\s\u200b]+", "", clean(text))


def plain(what: str) -> str:
    """What passes, without the notes that we add behind it."""
    return re.sub(r"(\((informal|feedback)\))*$", "", squeezed(what))


def bare(words: str) -> tuple[str, str]:
    """Of the words on an arrow: whether it is there, planned or proposed, and what passes."""
    words = squeezed(words)
    if number := re.match(r"\(\d+\)", words):
        return "handoff", plain(words[number.end() :])
    if to_come := re.match(r"(Planned(?:from[-\d]+)?|Proposed):", words):
        return to_come[1].lower().partition("from")[0], plain(words[to_come.end() :])
    return "gap", plain(words.removeprefix("MISSING:"))


def drawn_absent(graph: PlanGraph) -> list[Handoff]:
    """What of a plan is not there and drawn all the same."""
    return [
        h
        for h in graph.absent
        if h.status is Status.MISSING or (h.status is Status.PLANNED and graph.agency_is_there(h))
    ]


def _state(handoff: Handoff) -> str:
    absent = {Status.MISSING: "gap", Status.PLANNED: "planned"}.get(handoff.status)
    return absent or ("proposed" if handoff.proposed else "handoff")


def given_handoffs(graph: PlanGraph) -> Handoffs:
    """Every handoff of a view as sender, receiver, whether it is there, and what passes."""
    names = {a.id: clean(a.name) or a.id for a in graph.plan.agencies} | PARTICIPANTS
    return Counter(
        (
            squeezed(names[h.sender]),
            squeezed(names[h.receiver]),
            _state(h),
            plain(clean(h.what or "") or h.kind.label),
        )
        for h in (*graph.handoffs, *drawn_absent(graph))
    )


def gathered(names: Mapping[str, str], arrows: list[tuple[str, str, str]]) -> Handoffs:
    return Counter((squeezed(names[a]), squeezed(names[b]), *bare(words)) for a, b, words in arrows)


def without_limits(handoffs: Handoffs) -> Handoffs:
    found: Handoffs = Counter()
    for (sender, receiver, state, _), count in handoffs.items():
        found[sender, receiver, state, ""] += count
    return found


def hostile(seed: int) -> PlanGraph:
    """A plan drawn by lot, whose names are out to break whoever reads them."""
    lot = random.Random(seed)
    ends = [*(f"a{i}" for i in range(lot.randint(1, 6))), "person", "public"]

    def words() -> str:
        chosen = lot.choices(HOSTILE, k=lot.choice([1, 1, 1, 3]))
        return " ".join(chosen)[: lot.choice([40, 200, 2000])].strip()

    def handoff(number: int) -> dict[str, object]:
        return {
            "id": f"h{number}",
            "from": lot.choice(ends),
            "to": lot.choice(ends),
            "pillars": lot.sample(list(Pillar), lot.randint(1, 3)),
            "kind": lot.choice(list(HandoffKind)),
            "stage": lot.choice([None, *Stage]),
            "what": lot.choice([None, words()]),
            "trigger": lot.choice([None, words()]),
            "status": lot.choice(list(Status)),
            "proposed": lot.random() < 0.2,
            "within": lot.choice([None, {"wording": words()}]),
        }

    return plan_of(
        [
            {"id": end, "name": words(), "sector": lot.choice([None, *Sector])}
            for end in ends
            if end not in PARTICIPANTS
        ],
        [handoff(number) for number in range(lot.randint(0, 12))],
        title=words(),
    )


def many() -> list[PlanGraph]:
    """The six real plans, one name after the other, and plans drawn by lot."""
    return [
        *map(real, REAL),
        *(chain(name, "Police", title=name) for name in HOSTILE),
        *map(hostile, range(500, 520)),
        chain(*(f"Agency {n}" for n in range(510))),
    ]
