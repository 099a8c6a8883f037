"""Gather what charts say, and keep the catalogues of other languages up to date with it.

    python tests/tools/words.py           write the list of messages, update and compile all
    python tests/tools/words.py sw        begin a language, by its BCP 47 tag

The list is ``interagency/charts/words/messages.pot``, a language ``words/<tag>.po`` beside it (in
small letters), and what charts read ``words/<tag>.mo``.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import interagency
from interagency import vocabulary
from interagency.charts.wording import NAMED, PROPOSED, english
from interagency.engine import Expected, Severity
from interagency.model import PARTICIPANTS
from interagency.suggestions import TO_AGREE_ON

PACKAGE = Path(interagency.__file__).parent
WORDS = PACKAGE / "charts/words"
LIST = WORDS / "messages.pot"
UNREAD = "not yet read by a native speaker of the field"
"""How far a new catalogue was checked."""
HEAD = "# What the charts of interagency say themselves; under the licence of interagency."
SAID = {"say": 1, "many": 2, "marked": 1, "marked_many": 2}
"""The functions that say messages, and how many texts each of them is given."""
VOCABULARIES = (
    vocabulary.Completeness,
    vocabulary.Condition,
    vocabulary.Data,
    vocabulary.Function,
    vocabulary.Group,
    vocabulary.HandoffKind,
    vocabulary.Hours,
    vocabulary.Need,
    vocabulary.Role,
    vocabulary.Sector,
    vocabulary.Stage,
    vocabulary.Status,
)
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""In place of the minute in which a catalogue was compiled."""
_EXPECTED = tuple(field.name for field in fields(Expected))
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_CHECKED = re.compile(r'^"X-Checked: (.*)\\n"$', re.MULTILINE)
_LANGUAGE = re.compile(r'^"Language: .*\\n"$', re.MULTILINE)
# Dates and addresses would change with every run, and tell nobody anything.
_IDLE = re.compile(
    r'^"(?:Report-Msgid|POT-Creation|PO-Revision|Last-Transl|Language-Team|Generated).*\n',
    re.MULTILINE,
)


def messages() -> Catalog:
    """Everything that charts say, from the code and the vocabularies."""
    found = Catalog(header_comment=HEAD, project="interagency", charset="utf-8", fuzzy=False)
    for place, message in _in_the_code():
        found.add(message, None, [(place, 1)])
    for message in _in_the_rules():
        found.add(message, context=PROPOSED)
    found.add(TO_AGREE_ON, context=PROPOSED)
    for name in PARTICIPANTS.values():
        found.add(name, auto_comments=["one who takes part"])
    for severity in Severity:
        found.add(severity.value, auto_comments=["how grave a finding is"])
    for terms in VOCABULARIES:
        for term in terms:
            comments = [term.description] if term.description else []
            found.add(english(term), auto_comments=comments, context=terms.__name__)
    return found


@cache
def _in_the_code() -> tuple[tuple[str, str | tuple[str, ...]], ...]:
    """What charts say, with the module that says it."""
    paths = (*sorted((PACKAGE / "charts").rglob("*.py")), PACKAGE / "api.py")
    return tuple(
        (path.relative_to(PACKAGE).as_posix(), message)
        for path in paths
        for message in said_in(path.read_text(encoding="utf-8"))
    )


@cache
def _in_the_rules() -> tuple[str, ...]:
    """What rules, and proposals, say of the handoffs that they expect."""
    paths = (*sorted((PACKAGE / "rules").glob("*.py")), PACKAGE / "suggestions.py")
    return tuple(
        message for path in paths for message in passed_in(path.read_text(encoding="utf-8"))
    )


def said_in(code: str) -> Iterator[str | tuple[str, ...]]:
    """The messages that a module says, in the order in which they stand; a pair where it counts.

    >>> list(said_in('(f"{1}", many("{n} b", "{n} bs", 2), x.say("a"), say(y))'))
    [('{n} b', '{n} bs'), 'a']
    """
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        told = [
            arg.value for arg in call.args[: SAID.get(name, 0)] if isinstance(arg, ast.Constant)
        ]
        if told and len(told) == SAID[name]:
            yield told[0] if SAID[name] == 1 else tuple(told)


def passed_in(code: str) -> Iterator[str]:
    r"""What a rule says of the handoffs it expects, as far as the code itself says it.

    A word of a vocabulary in it stands as its kind in braces.

    >>> list(passed_in('E(what="a" if b else "c", trigger="d", wording=f"{e}", stage="f")'))
    ['a', 'c', 'd']
    >>> list(passed_in('E(what=f"help: {function.label}")'))
    ['help: {function}']
    >>> list(passed_in('def f(who, what): E(what=what)\nf(1, "a"); f(2, "b" if c else "d")'))
    ['a', 'b', 'd']
    >>> list(passed_in('def f(): [E(what=X[y], trigger=y) for n, y in ((1, "b"),)]\nX = {1: "a"}'))
    ['a', 'b']
    """
    tree = ast.parse(code)
    found: dict[str, None] = {}
    for scope, bound in _scopes(tree):
        for node in ast.walk(scope):
            if isinstance(node, ast.Call):
                known = _EXPECTED if _named(node) == "Expected" else ()
                named = ((keyword.arg, keyword.value) for keyword in node.keywords)
                for name, value in (*zip(known, node.args, strict=False), *named):
                    if name in {"what", "trigger", "wording"}:
                        found |= dict.fromkeys(_texts_of(value, bound))
    yield from found


def _named(call: ast.Call) -> str:
    """What a call calls."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


_Bound = Mapping[str, Sequence[ast.expr]]
"""What may stand behind a name."""


def _scopes(tree: ast.Module) -> Iterator[tuple[ast.AST, _Bound]]:
    """The module and each function of it, with what may stand behind the names in it."""
    everywhere = _grouped(pair for node in tree.body for pair in _given(node))
    yield tree, everywhere
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef):
            names = [argument.arg for argument in scope.args.args]
            given = [pair for node in ast.walk(scope) for pair in _given(node)]
            for call in calls:
                if _named(call) == scope.name:
                    given += zip(names, call.args, strict=False)
            yield scope, {**everywhere, **_grouped(given)}


def _grouped(pairs: Iterable[tuple[str, ast.expr]]) -> _Bound:
    found: dict[str, list[ast.expr]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names to which a part of the code gives something, as it is assigned or gone through."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from ((t.id, node.value) for t in targets if isinstance(t, ast.Name))
    elif isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Tuple):
        for row in getattr(node.iter, "elts", ()):
            for target, value in zip(node.target.elts, getattr(row, "elts", ()), strict=False):
                if isinstance(target, ast.Name):
                    yield target.id, value


def _texts_of(value: ast.expr, bound: _Bound) -> Iterator[str]:
    """The texts that an expression may be, as far as the code says."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        yield from _frame(value)
    elif isinstance(value, ast.Name):
        less = {name: some for name, some in bound.items() if name != value.id}
        for one in bound.get(value.id, ()):
            yield from _texts_of(one, less)
    else:
        parts = {ast.IfExp: ("body", "orelse"), ast.Subscript: ("value",), ast.Dict: ("values",)}
        for name in parts.get(type(value), ()):
            inner = getattr(value, name)
            for one in inner if isinstance(inner, list) else [inner]:
                yield from _texts_of(one, bound)


def _frame(text: ast.JoinedStr) -> Iterator[str]:
    """A text with words of vocabularies in it; nothing where anything else stands in it."""
    found = ""
    for part in text.values:
        if isinstance(part, ast.Constant):
            found += str(part.value)
            continue
        label = part.value if isinstance(part, ast.FormattedValue) else None
        if not (isinstance(label, ast.Attribute) and label.attr == "label"):
            return
        found += f"{{{getattr(label.value, 'id', '')}}}"
    if _names([found]) <= set(NAMED):
        yield found


def languages() -> list[str]:
    """The languages that there is a catalogue for."""
    return sorted(path.stem for path in WORDS.glob("*.po"))


def read(tag: str) -> Catalog:
    """The catalogue of a language."""
    with (WORDS / f"{tag}.po").open("rb") as file:
        return read_po(file, locale=Locale.parse(tag, sep="-"), domain="messages")


def checked(tag: str) -> str:
    """How far a catalogue was checked, as its header says."""
    found = _CHECKED.search((WORDS / f"{tag}.po").read_text(encoding="utf-8"))
    return found[1] if found else ""


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as charts read it; the same bytes in every run."""
    made = io.BytesIO()
    catalogue.creation_date = UNDATED
    write_mo(made, catalogue)
    return made.getvalue()


def left_out(catalogue: Catalog) -> list[str]:
    """The messages that are not translated: charts say them in English."""
    wanted = ((m, catalogue.get(_key(m), m.context)) for m in messages() if m.id)
    return [
        _key(message)
        for message, there in wanted
        if there is None or there.fuzzy or not all(_told(there))
    ]


def problems(catalogue: Catalog) -> Iterator[str]:
    """What a translator has broken, or what no chart says any more."""
    wanted = messages()
    for message in wanted:
        if message.id:
            there = catalogue.get(_key(message), message.context)
            if there is not None and all(_told(there)):
                yield from _problems(message, _told(there), catalogue.num_plurals)
    for message in catalogue:
        if message.id and wanted.get(_key(message), message.context) is None:
            yield f"{message.id!r}: no chart says this any more"


def _problems(message: Message, told: Sequence[str], plurals: int) -> Iterator[str]:
    if message.pluralizable and len(told) != plurals:
        yield f"{message.id!r}: has {len(told)} forms of {plurals}"
    names = _names(_texts(message.id))
    for text in told:
        # A form for one or for two may say the number in a word.
        lacking = names - _names([text]) - ({"n"} if message.pluralizable else set())
        if lacking or _names([text]) - names:
            yield f"{message.id!r}: {text!r} has other names in braces"
        if "{" in _PLACEHOLDER.sub("", text) or "}" in _PLACEHOLDER.sub("", text):
            yield f"{message.id!r}: {text!r} has a brace too many"
    if any(_edges(text) != _edges(_texts(message.id)[0]) for text in told):
        yield f"{message.id!r}: begins or ends with other spaces"


def _told(message: Message) -> list[str]:
    """Its translation, in all forms."""
    return _texts(message.string or "")


def _key(message: Message) -> str:
    return _texts(message.id)[0]


def _texts(said: str | Iterable[str]) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def _names(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in _PLACEHOLDER.findall(text)}


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1] == " ", text[-1:] == " "


def _written(catalogue: Catalog, checked: str) -> bytes:
    made = io.BytesIO()
    write_po(made, catalogue, width=99, include_lineno=False)
    text = _IDLE.sub("", made.getvalue().decode("utf-8"))
    if checked:
        text = _LANGUAGE.sub(lambda found: f'{found[0]}\n"X-Checked: {checked}\\n"', text, count=1)
    return text.encode("utf-8")


def main() -> None:
    """Write what is out of date, and say what is left to do."""
    found = messages()
    LIST.write_bytes(_written(found, ""))
    for tag in sys.argv[1:]:
        if not (WORDS / f"{tag}.po").exists():
            new = Catalog(
                Locale.parse(tag, sep="-"), header_comment=HEAD, project="interagency",
                charset="utf-8", fuzzy=False,
            )  # fmt: skip
            (WORDS / f"{tag}.po").write_bytes(_written(new, UNREAD))
    for tag in languages():
        catalogue, how_far = read(tag), checked(tag)
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        (WORDS / f"{tag}.po").write_bytes(_written(catalogue, how_far))
        (WORDS / f"{tag}.mo").write_bytes(compiled(catalogue))
        left = left_out(catalogue)
        print(f"{tag}: {len(left)} of {len(found)} left to translate")
        print("".join(f"  {text}\n" for text in (*left, *problems(catalogue))), end="")


if __name__ == "__main__":
    main()
