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
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import interagency
from interagency import vocabulary
from interagency.charts.wording import PROPOSED, english
from interagency.engine import Severity
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
    for path in (*sorted((PACKAGE / "charts").rglob("*.py")), PACKAGE / "api.py"):
        place = path.relative_to(PACKAGE).as_posix()
        for message in said_in(path.read_text(encoding="utf-8")):
            found.add(message, None, [(place, 1)])
    for path in (*sorted((PACKAGE / "rules").glob("*.py")), PACKAGE / "suggestions.py"):
        for message in passed_in(path.read_text(encoding="utf-8")):
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
    """What a rule says of the handoffs it expects, where it always says the same.

    >>> list(passed_in('E(what="a" if b else "c", trigger="d", wording=f"{e}", stage="f")'))
    ['a', 'c', 'd']
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.keyword) and node.arg in {"what", "trigger", "wording"}:
            value = node.value
            for said in (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,):
                if isinstance(said, ast.Constant) and isinstance(said.value, str):
                    yield said.value


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
    """A catalogue as charts read it."""
    made = io.BytesIO()
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
