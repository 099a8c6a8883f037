"""The pathway: the journey of one person, from being found to a lasting solution.

A strip on top says who receives the person at each stage of a case. Under it the ways are read
from left to right: each card is who receives the person, by which handoff, on which conditions
and within which time; time limits add up along the way, and where a step states none the sum is
only the least that is allowed. A way that breaks off shows it. The module ``pathway_ways`` says
by which rule ways are chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from interagency.charts.booklet import (
    Booklet,
    Leaf,
    Sign,
    badge_signs,
    booklet,
    line_sign,
    nothing_drawn,
    word_sign,
)
from interagency.charts.frame import PLAIN, Edition
from interagency.charts.ladder_rows import SIGNS, Content, Kind, Note, Row, codes_of, content
from interagency.charts.lanes_key import numbered, numbers
from interagency.charts.numbering import FROM_ONE
from interagency.charts.pathway_cards import in_full, sign_tag, told_unplaced
from interagency.charts.pathway_strip import strip
from interagency.charts.pathway_tracks import Layout, Tracks, layouts
from interagency.charts.pathway_ways import Look, Ways, on_a_way, ways
from interagency.charts.scene import Item, Scene
from interagency.charts.signs import meanings
from interagency.charts.text import clean
from interagency.charts.theme import Page
from interagency.charts.wording import Wording
from interagency.errors import RenderError
from interagency.graph import View
from interagency.model import PARTICIPANTS

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph

_ABSENT = {Look.GAP: Kind.GAP, Look.PLANNED: Kind.PLANNED, Look.QUESTION: Kind.QUESTION}
_LESS = tuple(1 - step / 40 for step in range(1, 17))
"""How far down pages may be drawn, so that notes have no page to themselves."""
_EVEN = 0.8
"""How far down at least, where more would do: so that the last page is not left almost empty."""
_MOST_STRIP = 0.45
"""How much of a page the strip may take; a larger one has a page of its own."""


def pathway(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    edition: Edition = PLAIN,
) -> tuple[Scene, ...]:
    """Draw the ways of a person through a plan.

    Args:
        graph: the plan, in the view to be drawn; ``graph.for_group("children")`` is the journey
            of a child.
        findings: what an audit found: what is missing stands where ways break off.
        edition: how it comes out.

    Raises:
        RenderError: a handoff would be lost, or drawn twice.

    >>> import interagency
    >>> pages = pathway(interagency.load("bulgaria").for_group("children"))
    >>> "time limit: 24 hours" in [text.text for page in pages for text in page.texts()]
    True
    """
    said = content(graph, findings, edition.language, edition.numbering)
    drawn = (_drawn(graph, findings, edition, said, layout) for layout in layouts(edition.page))
    scenes = min(drawn, key=len)
    _all_there(graph, scenes)
    return scenes


def _drawn(
    graph: PlanGraph,
    findings: Sequence[Finding],
    edition: Edition,
    said: Content,
    layout: Layout,
) -> tuple[Scene, ...]:
    """All pages, in a layout."""
    page, ours = edition.page, said.wording
    names = names_of(graph, edition.language, ours)
    found = ways(graph, findings, numbers(said.rows), names, 1 + layout.columns, ours)
    book = booklet(
        graph, edition, _signs(found, said.rows, page), ours, about=_about(graph, ours),
        counted=_counts(found),
    )  # fmt: skip
    notes: list[Note] = list(_notes(found, same=_is_plain(graph, edition)))
    notes += codes_of(findings, found.marks, ours)
    if not found.roots:
        empty = nothing_drawn(book, ours.say("No way of a person is stated."))
        return book.bound([empty], notes)
    left, _, right, _ = book.room()
    tracks = Tracks(found.roots, page, left, right, layout.flows)
    notes += in_full(tracks.cards(), ours)
    leaves = list(_leaves(graph, found, tracks, book, 1.0))
    scenes = book.bound(leaves, notes)
    held = scenes
    for share in _LESS if len(scenes) == len(leaves) + 1 else ():
        lower = list(_leaves(graph, found, tracks, book, share))
        if len(lower) > len(scenes) or (held is not scenes and share < _EVEN):
            break
        tried = book.bound(lower, notes)
        if len(tried) == len(lower) == len(scenes):
            held = tried
    return held


def names_of(graph: PlanGraph, language: str | None, ours: Wording) -> dict[str, str]:
    """What everybody is called who may stand on a way."""
    names = {a.id: clean(a.names.get(language or "", a.name)) or a.id for a in graph.agencies}
    return names | {an_id: ours.say(name) for an_id, name in PARTICIPANTS.items()}


def _about(graph: PlanGraph, ours: Wording) -> str:
    named = sorted(map(ours.term, graph.view.groups))
    groups = ours.say(" and ").join(named) or ours.say("any group")
    return ours.say("The journey of a person: {groups}", groups=groups)


def _counts(found: Ways) -> str:
    many = found.wording.many
    drawn = (
        many(
            "{n} handoff of the person's journey",
            "{n} handoffs of the person's journey",
            found.count(Look.STEP),
        ),
        many("{n} missing handoff", "{n} missing handoffs", found.count(Look.GAP)),
        many("{n} not stated", "{n} not stated", found.count(Look.QUESTION)),
    )
    others = many(
        "{n} other handoff of the plan not drawn",
        "{n} other handoffs of the plan not drawn",
        found.left_out,
    )
    return found.wording.clauses((found.wording.listed(drawn), others))


def _signs(found: Ways, rows: Sequence[Row], page: Page) -> Iterable[Sign]:
    """What stands on the chart."""
    ours = found.wording
    cards = {card.id: card for card in found.cards}
    drawn = [
        row if row.there else replace(row, pillars=row.pillars[:1])
        for row in rows
        if row.id in cards
    ]
    shown = {card.look for card in cards.values()}
    also = [kind for look, kind in _ABSENT.items() if look in shown]
    yield from badge_signs(drawn, page, ours, _sign, also)
    for meaning in meanings(drawn):
        if meaning.line and not meaning.feedback:
            yield line_sign(ours.say(meaning.words), meaning.style, page)
    k = page.scale
    if any(card.sign for card in cards.values()):
        told = ours.say("letter of a card where ways go on")
        yield Sign(told, 14 * k, lambda x, y: sign_tag(x, y - 8.5 * k, "A", page))
    if also or any(not row.there for row in drawn):
        yield word_sign(ours.say("Broken outline: not there today"))
    if found.marks:
        yield word_sign(ours.say("G01: finding, see notes; ?: not stated"))


def _sign(kind: Kind) -> str:
    return SIGNS.get(kind, "1") if kind is not Kind.PROPOSED else numbered(kind)


def _leaves(
    graph: PlanGraph, found: Ways, tracks: Tracks, book: Booklet, share: float
) -> Iterable[Leaf]:
    """The strip and the tracks, page by page, on a share of the height there is."""
    _, top, _, bottom = book.room()
    over = strip(found, graph.short_names, book.page, bottom - top)
    bottom = top + share * (bottom - top)
    head: list[Item] = list(over.items(top))
    used = over.height + 8 * book.page.scale
    ours = found.wording
    told = ours.say("The stages of a case: {stages}.", stages=ours.terms(over.stages)) + " "
    if used > _MOST_STRIP * (bottom - top):
        for some in over.parts(bottom - top):
            yield Leaf(list(some.items(top)), top + some.height, told, ours.say("Stages of a case"))
            told = ""
        head, used = [], 0.0
    pages = tracks.pages(bottom - top - used, bottom - top)
    for at, flows in enumerate(pages, 1):
        items, low, cards = tracks.drawn(flows, top + (used if at == 1 else 0))
        said = ours.clauses(card.whole for card in cards if not card.again)
        several = ours.say("Ways, part {at} of {count}", at=at, count=len(pages))
        part = several if len(pages) > 1 else ""
        yield Leaf([*(head if at == 1 else []), *items], low, told + ours.sentences([said]), part)
        told = ""


def _is_plain(graph: PlanGraph, edition: Edition) -> bool:
    """Whether a ladder of the same plan and date has the same numbers, whatever else is chosen."""
    view = replace(graph.view, as_of=None)
    return view == View() and edition.numbering == FROM_ONE


def _notes(found: Ways, *, same: bool) -> Iterable[str]:
    """What a reader must know to trust the chart.

    ``same`` says that the numbers are those of any ladder of the plan.
    """
    ours = found.wording
    yield ours.say(
        "Time limits add up from the start of the way that is drawn. Where a step states no limit, "
        "the sum is the least that is allowed: at least. How long a person may stay is not added."
    )
    if not found.deciders:
        yield ours.say("Who decides that a person is identified as trafficked is not stated.")
    if found.left_out:
        yield ours.many(
            "Not drawn: {n} other handoff of the plan that neither moves the person nor decides "
            "(information, evidence, claims, money and the like).",
            "Not drawn: {n} other handoffs of the plan that neither move the person nor decide "
            "(information, evidence, claims, money and the like).",
            found.left_out,
        )
    if same:
        yield ours.say("Numbers are those of the ladder.")
    else:
        yield ours.say(
            "Numbers are those of a ladder that is drawn with the same choices, "
            "not those of the whole plan."
        )
    if found.unplaced:
        yield told_unplaced(found)


def _all_there(graph: PlanGraph, scenes: Sequence[Scene]) -> None:
    """Fail rather than hand out a chart that lacks a handoff or has one twice."""
    wanted = sorted(h.id for h in graph.handoffs if on_a_way(h))
    there = {h.id for h in graph.handoffs}
    arrows = [i.id for scene in scenes for i in scene.items if i.role == "arrow"]
    cards = [i.id for scene in scenes for i in scene.items if i.role == "box"]
    for drawn in (arrows, cards):
        if sorted(an_id for an_id in drawn if an_id in there) != wanted:
            raise RenderError(
                "The pathway lost a handoff. This is a fault of the chart: report it."
            )
