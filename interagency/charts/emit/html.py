"""A chart as one HTML page that needs nothing else: pictures, findings, and the same as tables.

It works without a network and without JavaScript; with it, a handoff, an agency or a finding can
be lit, and what is shown can be narrowed. A policy in the page forbids every request and every
script and style but its own.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from interagency.charts import theme
from interagency.charts.emit.markup import Markup, joined, tag
from interagency.charts.emit.svg import fonts_for, svg
from interagency.charts.faces import FACES, face_of
from interagency.charts.ladder_rows import COUNTED, KIND_WORDS, Kind
from interagency.charts.register import (
    Entry,
    Fact,
    Participant,
    Place,
    Register,
    Remark,
    pillar_words,
)
from interagency.charts.scene import Scene
from interagency.charts.wording import marked
from interagency.vocabulary import Pillar

_KINDS = {
    Kind.HANDOFF: marked("Handoffs"),
    **{kind: word for kind, word in KIND_WORDS.items() if kind is not Kind.INFORMAL},
}
"""What may be shown or not; handoffs by habit go with the others that are there."""
_ALWAYS_COUNTED = (Kind.HANDOFF, Kind.GAP, Kind.QUESTION)
_ZOOM = (
    ("out", marked("−"), marked("Smaller")),
    ("in", marked("+"), marked("Larger")),
    ("fit", marked("Fit"), marked("Fit to the window")),
)
_SHOWN = {
    Kind.HANDOFF: marked("{shown} of {all} handoffs"),
    Kind.PLANNED: marked("{shown} of {all} planned"),
    Kind.PROPOSED: marked("{shown} of {all} proposed"),
    Kind.GAP: marked("{shown} of {all} missing"),
    Kind.QUESTION: marked("{shown} of {all} not stated"),
}
"""How much is left of each kind, for the script to fill in."""
_TRIM = 18.0
"""What a screen does not need of a page's border, in points."""


def _shown_as(entry: Entry) -> Kind:
    return Kind.HANDOFF if entry.there else entry.kind


def page(scenes: Sequence[Scene], told: Register) -> str:
    """The whole page, as text."""
    return _Page(tuple(scenes), told).html()


@dataclass(frozen=True, slots=True)
class _Page:
    """What all parts of the page need to know."""

    scenes: tuple[Scene, ...]
    told: Register

    def html(self) -> str:
        first, content = self.scenes[0], self.content()
        style, script = _asset("page.css") + _fonts(content), _asset("page.js")
        head = tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("title", first.title),
            tag("style", Markup(style)),
        )
        body = tag("body", content, tag("script", Markup(script)))
        whole = tag("html", head, body, lang=first.language, dir=first.direction.value)
        return f"<!DOCTYPE html>\n{whole}\n"

    @property
    def foreign(self) -> str | None:
        """The language of the library's words, where it is not that of the page."""
        words, page = self.told.wording.language, self.scenes[0].language
        same = f"{page.lower().replace('_', '-')}-".startswith(f"{words}-")
        return None if same else words

    def content(self) -> Markup:
        say = self.told.wording.say
        return joined(
            [
                tag("a", self.ours(say("To the table")), class_="skip", href="#handoffs"),
                tag(
                    "header",
                    tag("h1", self.theirs(self.scenes[0].title)),
                    tag("p", self.ours(self.counts())),
                ),
                self.controls(),
                tag(
                    "main",
                    tag("div", self.pictures(), self.findings(), class_="beside"),
                    self.handoffs(),
                    self.participants(),
                ),
                self.notes(),
                tag("p", id="said", dir="auto", hidden=True),
            ]
        )

    # --- words --------------------------------------------------------------------------------

    def ours(self, text: str) -> Markup:
        """Words of the library, which are English where there are none in the page's language."""
        return tag("bdi", text, lang=self.foreign) if self.foreign else joined([text])

    def theirs(self, text: str) -> Markup:
        """Words of the plan, in whichever direction they run."""
        return tag("bdi", text) if text else Markup("")

    def counts(self) -> str:
        count = Counter(map(_shown_as, self.told.entries))
        count[Kind.GAP] = sum(entry.missing for entry in self.told.entries)
        words = self.told.wording
        taking_part = sum(who.drawn for who in self.told.participants)
        counted = words.listed(
            words.many(*COUNTED[kind], count[kind])
            for kind in _KINDS
            if count[kind] or kind in _ALWAYS_COUNTED
        )
        parts = (
            words.many("{n} page", "{n} pages", len(self.scenes)),
            words.many("{n} who takes part", "{n} who take part", taking_part),
            counted,
            words.many("{n} finding", "{n} findings", len(self.told.remarks)),
        )
        return words.clauses(parts) + "."

    # --- what narrows the page ------------------------------------------------------------------

    def controls(self) -> Markup:
        words = self.told.wording
        say, lang = words.say, self.foreign
        pillars = [(p.value, say(theme.PILLARS[p].word)) for p in Pillar]
        here = set(map(_shown_as, self.told.entries))
        kinds = [
            (kind.value, say(word))
            for kind, word in _KINDS.items()
            if kind in here or kind in _ALWAYS_COUNTED
        ]
        groups = [tag("option", say("everyone"), value="", lang=lang)]
        groups += [
            tag("option", words.term(group), value=group.value, lang=lang)
            for group in self.told.groups
        ]
        return tag(
            "form",
            self.places(),
            self.boxes("pillar", say("Pillars"), pillars),
            self.boxes("kind", say("Show"), kinds),
            self.choice("group", say("Open to"), groups) if self.told.groups else "",
            tag(
                "label",
                self.ours(say("Search")),
                " ",
                tag("input", type="search", name="words", autocomplete="off"),
            ),
            tag("button", self.ours(say("Show all")), type="reset"),
            self.zoom(),
            self.status(),
            id="narrow",
            hidden=True,
            role="search",
            aria_label=say("Narrow what is shown"),
        )

    def status(self) -> Markup:
        """What is left of the tables; the script fills it in, by these words."""
        say = self.told.wording.say
        told = tag(
            "bdi",
            role="status",
            id="count",
            lang=self.foreign,
            data_told=say("Shown: {list}."),
            data_comma=say(", "),
            data_findings=say("{shown} of {all} findings"),
            **{f"data_{kind.value}": say(message) for kind, message in _SHOWN.items()},
        )
        return tag("p", told)

    def places(self) -> Markup:
        """Ways to the parts of the page."""
        say = self.told.wording.say
        parts = [
            ("pictures", say("Picture")),
            ("handoffs", say("Handoffs")),
            ("agencies", say("Agencies")),
        ]
        if self.told.remarks:
            parts.insert(1, ("findings", say("Findings")))
        links = [tag("a", self.ours(word), href=f"#{name}") for name, word in parts]
        return tag("nav", *links, aria_label=say("Parts of this page"))

    def zoom(self) -> Markup:
        """How large the pictures are, and whether findings stand beside or under them."""
        say = self.told.wording.say
        buttons = [
            tag(
                "button",
                say(sign),
                type="button",
                data_zoom=name,
                aria_label=say(told),
                title=say(told),
            )
            for name, sign, told in _ZOOM
        ]
        beside = tag(
            "label",
            tag("input", type="checkbox", name="beside", value="beside"),
            " ",
            self.ours(say("findings beside it")),
        )
        return tag(
            "fieldset",
            tag("legend", self.ours(say("Picture"))),
            *buttons,
            tag("output", "100 %", id="zoom"),
            beside if self.told.remarks else "",
        )

    def boxes(self, name: str, legend: str, choices: Iterable[tuple[str, str]]) -> Markup:
        labels = [
            tag(
                "label",
                tag("input", type="checkbox", name=name, value=value, checked=True),
                " ",
                self.ours(word),
            )
            for value, word in choices
        ]
        return tag("fieldset", tag("legend", self.ours(legend)), *labels)

    def choice(self, name: str, label: str, options: Iterable[Markup]) -> Markup:
        return tag("label", self.ours(label), " ", tag("select", *options, name=name))

    # --- the pictures and what stands beside them -----------------------------------------------

    def pictures(self) -> Markup:
        say = self.told.wording.say
        count = len(self.scenes)
        sheets = [
            tag(
                "figure",
                tag(
                    "div",
                    Markup(svg(scene, kind="plain", trim=_TRIM)),
                    class_="sheet",
                    role="region",
                    tabindex="0",
                    aria_label=say("Picture, page {at} of {count}", at=number, count=count),
                ),
                tag("figcaption", self.ours(say("Page {at} of {count}", at=number, count=count))),
                id=f"page-{number}",
            )
            for number, scene in enumerate(self.scenes, 1)
        ]
        return tag("div", *sheets, class_="sheets", id="pictures")

    def findings(self) -> Markup:
        if not self.told.remarks:
            return Markup("")
        say = self.told.wording.say
        gaps = [self.finding(remark) for remark in self.told.remarks if not remark.question]
        open_ = [self.finding(remark) for remark in self.told.remarks if remark.question]
        parts = []
        for heading, found in (
            (say("Gaps"), gaps),
            (say("Questions: not stated in the sources"), open_),
        ):
            if found:
                parts += [tag("h3", self.ours(heading)), tag("ul", *found)]
        heading = tag("h2", self.ours(say("Findings")), id="findings-heading")
        return tag(
            "section",
            heading,
            *parts,
            id="findings",
            tabindex="0",
            aria_labelledby="findings-heading",
        )

    def finding(self, remark: Remark) -> Markup:
        return tag(
            "li",
            tag("a", self.theirs(remark.code), href=f"#{_goal(remark)}", class_="code"),
            " ",
            tag("span", self.ours(self.told.wording.say(remark.severity)), class_="severity"),
            " ",
            self.theirs(remark.message),
            tag("p", self.theirs(remark.mend), class_="mend"),
            id=f"finding-{remark.id}",
            class_="question" if remark.question else "gap",
            data_finding=remark.id,
            data_rows=" ".join(remark.entries),
            data_agencies=" ".join(remark.agencies),
            data_pillars=" ".join(remark.pillars),
        )

    # --- the tables -----------------------------------------------------------------------------

    def handoffs(self) -> Markup:
        say = self.told.wording.say
        names = (
            say("No."),
            say("From"),
            say("To"),
            say("What passes"),
            say("P and stage"),
            say("When, for whom"),
            say("Time limit"),
            say("What goes with it"),
            say("Basis and status"),
            say("Findings"),
        )
        rows = [self.handoff(entry, names) for entry in self.told.entries]
        return self.table(
            "handoffs", say("Handoffs, and what is missing or not stated"), names, rows
        )

    def handoff(self, entry: Entry, names: Sequence[str]) -> Markup:
        say, word = self.told.wording.say, KIND_WORDS.get(entry.kind)
        number: str = entry.number
        if entry.page:
            number = tag(
                "a",
                entry.number,
                href=f"#page-{entry.page}",
                aria_label=say(
                    "{number}, drawn on page {page}", number=entry.number, page=entry.page
                ),
            )
        cells = (
            number,
            self.theirs(entry.from_name),
            self.theirs(entry.to_name),
            joined(
                [
                    *([tag("strong", self.ours(f"{say(word)}:")), " "] if word else []),
                    self.theirs(entry.what),
                    self.facts(entry.facts, Place.KIND),
                ]
            ),
            joined(
                [
                    self.ours(pillar_words(entry.pillars, self.told.wording)),
                    tag("br"),
                    tag("span", self.ours(entry.stage), class_="aside"),
                ]
            ),
            self.facts(entry.facts, Place.WHEN),
            self.theirs(entry.limit),
            self.facts(entry.facts, Place.WITH),
            self.facts(entry.facts, Place.BASIS),
            self.codes(entry.findings),
        )
        return self.row(
            names,
            cells,
            id=f"row-{entry.id}",
            class_=entry.kind.value,
            data_row=entry.id,
            data_from=entry.sender,
            data_to=entry.receiver,
            data_kind=_shown_as(entry).value,
            data_pillars=" ".join(entry.pillars),
            data_groups=" ".join(entry.open_to),
            data_said=f"{entry.number}. {entry.said}.",
        )

    def participants(self) -> Markup:
        say = self.told.wording.say
        names = (
            say("Who"),
            say("Sector"),
            say("Hands on"),
            say("Receives"),
            say("More"),
            say("Findings"),
        )
        rows = [self.participant(who, names) for who in self.told.participants]
        return self.table("agencies", say("Who takes part"), names, rows)

    def participant(self, who: Participant, names: Sequence[str]) -> Markup:
        cells = (
            tag("a", self.theirs(who.name), href=f"#agency-{who.id}"),
            joined(
                [
                    self.ours(who.sector),
                    *(
                        []
                        if who.drawn
                        else [tag("br"), self.ours(self.told.wording.say("not in the picture"))]
                    ),
                ]
            ),
            str(who.sends),
            str(who.receives),
            self.facts(who.facts, Place.BASIS),
            self.codes(who.findings),
        )
        return self.row(names, cells, id=f"agency-{who.id}", data_agency=who.id, data_said=who.said)

    def table(self, name: str, title: str, names: Sequence[str], rows: Sequence[Markup]) -> Markup:
        heads = [tag("th", self.ours(text), scope="col", role="columnheader") for text in names]
        return tag(
            "section",
            tag("h2", self.ours(title), id=f"{name}-heading"),
            tag(
                "table",
                tag("thead", tag("tr", *heads, role="row"), role="rowgroup"),
                tag("tbody", *rows, role="rowgroup"),
                role="table",
                aria_labelledby=f"{name}-heading",
            ),
            id=name,
        )

    def row(
        self, names: Sequence[str], cells: Sequence[str], **attributes: str | int | bool | None
    ) -> Markup:
        """A row whose first cell names it. Roles are said again: styles may take them away."""
        first, *others = zip(names, cells, strict=True)
        found = [tag("th", first[1], scope="row", role="rowheader", data_name=first[0])]
        found += [
            tag("td", cell, role="cell", data_name=name, class_=None if cell else "empty")
            for name, cell in others
        ]
        return tag("tr", *found, role="row", **attributes)

    def facts(self, facts: Iterable[Fact], place: Place) -> Markup:
        """What is known that belongs to one part of a table."""
        parts = [
            tag(
                "div",
                tag("span", self.ours(f"{fact.name}:"), class_="aside"),
                " ",
                self.theirs(fact.words) if fact.given else self.ours(fact.words),
            )
            for fact in facts
            if fact.place is place
        ]
        return joined(parts)

    def codes(self, findings: Iterable[str]) -> Markup:
        """The codes of findings, each leading to what it says."""
        codes = {remark.id: remark.code for remark in self.told.remarks}
        links = [
            tag(
                "a",
                self.theirs(codes[an_id]),
                href=f"#finding-{an_id}",
                aria_label=self.told.wording.say("Finding {code}", code=codes[an_id]),
            )
            for an_id in findings
        ]
        return joined(part for link in links for part in (link, " "))

    def notes(self) -> Markup:
        sources = [
            tag(
                "li",
                self.theirs(source.title),
                *([": ", tag("a", source.url, href=source.url, rel="noreferrer noopener")]
                  if source.url else []),
                *([tag("div", self.theirs(source.note), class_="aside")] if source.note else []),
            )
            for source in self.told.sources
        ]  # fmt: skip
        last = next((item.text for item in self.scenes[-1].texts() if item.role == "source"), "")
        parts = [tag("p", self.theirs(note)) for note in self.told.notes]
        parts += (
            [tag("h2", self.ours(self.told.wording.say("Sources"))), tag("ul", *sources)]
            if sources
            else []
        )
        return tag("footer", *parts, tag("p", self.theirs(last)) if last else "")


def _goal(remark: Remark) -> str:
    """Where a finding leads to: the first thing that it is about, else itself."""
    if remark.entries:
        return f"row-{remark.entries[0]}"
    if remark.agencies:
        return f"agency-{remark.agencies[0]}"
    return f"finding-{remark.id}"


def _fonts(content: str) -> str:
    """The faces that a page needs, each in both weights."""
    faces = {face_of(char) for char in set(content)}
    return fonts_for((face, bold) for face in faces if face for bold in (False, True))


def _policy(style: str, script: str) -> str:
    """Nothing may be fetched; only this very style and this very script count."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _asset(name: str) -> str:
    families = ", ".join(f"'{face.family}'" for face in FACES)
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return text.replace("OUR FAMILIES", f"{families}, sans-serif")
