"""From a tree to a plan, or to every problem that keeps it from being one, each with its place.

A sound file takes the short way: one validation. Only where that fails is each item looked at
by itself, so that a thousand mistakes are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

from pydantic import ValidationError

from interagency.errors import InvalidPlan, Problem
from interagency.formats._document import MAX_PROBLEMS, Document, Tree, by_place
from interagency.formats._explain import Explainer
from interagency.formats._fields import LISTS, Model, called, fields, keys
from interagency.formats._links import Links
from interagency.formats._words import Advice, shown
from interagency.model import FORMAT, Path, Plan, PlanFacts
from interagency.places import Kind, Location, Places, Ref

_TOP = ("format", "plan", *LISTS)
_SCHEMA_KEY = "$schema"
_ONE_WORD = re.compile(r"[^\s,;/]+")


def build(document: Document) -> tuple[Plan, Places]:
    """The plan that a document says, and where each part of it is written.

    Raises:
        InvalidPlan: it says none; with every problem that was found.
    """
    plan = None
    if not document.problems and not document.cut:
        plan = _valid(document.tree) or _valid(_lifted(document.tree))
    if plan is None:
        plan = _examined(document)
    return plan, places(plan, document.source.at, lambda: _starts(document))


Starts = tuple[int, Mapping[str, list[int]]]
"""Where the plan block begins, and where each item of each list does."""


def places(plan: Plan, at: Callable[[int], Location], starts: Callable[[], Starts]) -> Places:
    """The place of everything in a plan, from where the items of each list begin."""
    return Places(lambda: _Table(plan, at, *starts()))


class _Table(Mapping[Ref, Location]):
    """Places by name; a position becomes a line and column when it is asked for."""

    def __init__(
        self,
        plan: Plan,
        at: Callable[[int], Location],
        plan_start: int,
        items: Mapping[str, list[int]],
    ) -> None:
        self._at = at
        self._starts: dict[Kind, dict[str, int]] = {
            Kind.PLAN: {"": plan_start, plan.facts.id: plan_start},
            Kind.SOURCE: _by_id((s.id for s in plan.sources), items.get("sources")),
            Kind.AGENCY: _by_id((a.id for a in plan.agencies), items.get("agencies")),
            Kind.HANDOFF: _by_id((h.id for h in plan.handoffs), items.get("handoffs")),
            Kind.WAIVER: _by_id((w.ref.id for w in plan.waivers), items.get("waivers")),
        }

    def __getitem__(self, ref: Ref) -> Location:
        return self._at(self._starts[ref.kind][ref.id])

    def __iter__(self) -> Iterator[Ref]:
        return (Ref(kind, an_id) for kind, starts in self._starts.items() for an_id in starts)

    def __len__(self) -> int:
        return sum(map(len, self._starts.values()))


def _by_id(ids: Iterable[str], starts: list[int] | None) -> dict[str, int]:
    return dict(zip(ids, starts or (), strict=True))


def _starts(document: Document) -> Starts:
    value = document.marks.value
    items = {
        key: [value((key, i)) for i in range(len(written))]
        for key in LISTS
        if isinstance(written := document.tree.get(key), list)
    }
    return document.marks.key(("plan",)), items


def _valid(tree: object) -> Plan | None:
    try:
        return Plan.model_validate(tree, by_alias=True, by_name=False)
    except ValidationError:
        return None


def _lifted(tree: Mapping[str, Tree]) -> dict[str, object]:
    """The tree with the short ways of writing written out."""
    lifted: dict[str, object] = {}
    for key, value in tree.items():
        if key in LISTS and isinstance(value, list):
            lifted[key] = [_item(LISTS[key], v) if isinstance(v, dict) else v for v in value]
        elif key == "plan" and isinstance(value, dict):
            lifted[key] = _item(PlanFacts, value)
        elif not (value is None and key in _TOP) and key != _SCHEMA_KEY:
            lifted[key] = value
    return lifted


def _item(model: Model, written: Mapping[str, Tree]) -> dict[str, object]:
    """An item with single words made lists, and without optional fields that say nothing."""
    known = fields(model)
    item: dict[str, object] = {}
    for key, value in written.items():
        field = known.get(key)
        if field is None:
            item[key] = value
        elif value is None:
            if field.required:
                item[key] = None
        elif field.many and isinstance(value, str) and _ONE_WORD.fullmatch(value):
            item[key] = [value]
        elif field.inner and isinstance(value, dict):
            item[key] = _item(field.inner, value)
        else:
            item[key] = value
    return item


def _examined(document: Document) -> Plan:
    """The plan after all, or every problem there is."""
    examiner = _Examiner(document)
    lifted: object = None
    with suppress(_TooMany):
        lifted = examiner.examine()
    if not examiner.problems and (plan := _valid(lifted)):
        return plan
    if not examiner.problems:  # a safety net: no file is known that falls into it
        examiner.tell("This plan does not hold together.", "Check its ids and lists.", 0)
    raise InvalidPlan(sorted(examiner.problems, key=by_place))


class _TooMany(Exception):
    """There are more problems than anybody can read."""


class _Examiner:
    """Looks at every part of a document by itself and keeps what is wrong with it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.problems = list(document.problems)
        self._advice = Advice()
        self._explain = Explainer(self._advice)
        self._links = Links()
        self._faulty: set[int] = set(document.told)
        self._written: dict[str, str] = {}

    def tell(self, message: str, mend: str, offset: int) -> None:
        """Keep a problem."""
        self._faulty.add(offset)
        self.problems.append(Problem(message, mend, self._document.source.at(offset)))
        if len(self.problems) >= MAX_PROBLEMS:
            self.problems.append(
                Problem(
                    f"Here are {MAX_PROBLEMS:,} problems; there may be more.",
                    "Mend these first.",
                    self._document.source.at(len(self._document.source.text)),
                )
            )
            raise _TooMany

    def examine(self) -> dict[str, object]:
        """Look at everything; the tree as it is meant."""
        tree = dict(self._document.tree)
        tree.pop(_SCHEMA_KEY, None)  # editors ask for it; it says nothing about the plan
        meant = self._top(tree)
        self._check_comments()
        if isinstance(plan := meant.get("plan"), dict):
            meant["plan"] = self._one(PlanFacts, ("plan",), plan)
        for key, model in LISTS.items():
            if isinstance(items := meant.get(key), list):
                written = self._written.get(key, key)
                meant[key] = [self._one(model, (written, i), item) for i, item in enumerate(items)]
        self._check_links()
        return meant

    def _check_links(self) -> None:
        value, line = self._document.marks.value, self._document.source.line
        faults = self._links.faults(self._document.whole, lambda path: line(value(path)))
        for path, message, mend in faults:
            if (at := value(path)) not in self._faulty:
                self.tell(message, mend, at)

    def _top(self, tree: dict[str, Tree]) -> dict[str, object]:
        """The parts of the file, by the names they should have."""
        meant: dict[str, object] = {}
        for key, value in self._named("the file", (), tree, _TOP, self._written).items():
            path = (self._written.get(key, key),)
            if value is None and key != "plan":
                continue
            if key == "format":
                self._check_format(path, value)
            elif key in LISTS and not isinstance(value, list):
                self._tell(path, *self._explain.no_list(key, value))
            elif key == "plan" and not isinstance(value, dict):
                self._tell(path, *self._explain.no_block(PlanFacts, value), on_key=value is None)
            else:
                meant[key] = value
        if "plan" not in tree and "plan" not in self._written:
            self.tell(
                "The file has no 'plan' block.",
                "Add 'plan:' and, indented below it, 'id:', 'title:' and 'as_of:'.",
                0,
            )
        return meant

    def _check_format(self, path: Path, value: object) -> None:
        if isinstance(value, bool) or str(value).strip() != str(FORMAT):
            self._tell(
                path,
                f"The file is of format {shown(value)}; this version reads format {FORMAT}.",
                f"Write 'format: {FORMAT}', or read it with a newer version of interagency.",
            )

    def _one(self, model: Model, path: Path, written: object) -> object:
        """An item as it is meant; what is wrong with it is told."""
        if not isinstance(written, dict):
            self._tell(path, *self._explain.no_block(model, written))
            return written
        names: dict[str, str] = {}
        known = self._named(called(model), path, written, keys(model), names, model)
        item = _item(model, known)
        try:
            model.model_validate(item, by_alias=True, by_name=False)
        except ValidationError as invalid:
            for error in invalid.errors(include_url=False):
                told = self._explain.error(model, item, error)
                at = tuple(names.get(str(step), step) for step in told.path)
                self._tell((*path, *at), told.message, told.mend, on_key=told.on_key)
        self._links.note(model, path, item, names)
        return item

    def _named(
        self,
        where: str,
        path: Path,
        written: Mapping[str, Tree],
        known: tuple[str, ...],
        names: dict[str, str],
        model: Model | None = None,
    ) -> dict[str, Tree]:
        """What is written under known keys; the unknown ones are told.

        Where it is plain which key is meant, it is read as that one all the same, and `names`
        keeps what it is called in the file: one slip of the pen is one problem.
        """
        meant: dict[str, Tree] = {}
        for key, value in written.items():
            if key in known:
                meant[key] = value
                continue
            target, message, mend = self._explain.unknown_key(key, where, known, model)
            self._tell((*path, key), message, mend, on_key=True)
            if target and target not in written and target not in meant:
                meant[target] = value
                names[target] = key
        return meant

    def _tell(self, path: Path, message: str, mend: str, *, on_key: bool = False) -> None:
        marks = self._document.marks
        value = marks.value(path)
        if value not in self._document.told:
            self.tell(message, mend, marks.key(path) if on_key else value)

    def _check_comments(self) -> None:
        """Refuse a text that ends at a '#' which may have been meant as part of it."""
        if not self._document.cut:
            return
        for path in _free_texts(self._document.tree):
            if (comment := self._document.cut.get(self._document.marks.value(path))) is not None:
                self.tell(
                    "From '#' on this counts as a comment, and is not read.",
                    "If it belongs to the text, put the whole text in quotes; "
                    "if it is a comment, put two spaces before the '#'.",
                    comment,
                )


def _free_texts(tree: Mapping[str, Tree]) -> Iterator[Path]:
    """The path of every text that a person wrote in words of their own."""
    items: list[tuple[Path, Model, Tree]] = [(("plan",), PlanFacts, tree.get("plan"))]
    for key, model in LISTS.items():
        if isinstance(written := tree.get(key), list):
            items += [((key, i), model, item) for i, item in enumerate(written)]
    for path, model, item in items:
        if isinstance(item, dict):
            yield from _free_in(path, model, item)


def _free_in(path: Path, model: Model, item: Mapping[str, Tree]) -> Iterator[Path]:
    for key, value in item.items():
        field = fields(model).get(key)
        if field is None:
            continue
        if isinstance(value, dict):
            if field.inner:
                yield from _free_in((*path, key), field.inner, value)
            else:
                yield from ((*path, key, language) for language in value)
        elif field.free:
            yield (*path, key)
