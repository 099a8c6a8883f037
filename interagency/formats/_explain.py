"""What is wrong with a field, in plain words: what pydantic found, told for a drafter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple
from unicodedata import category

from interagency.formats._fields import (
    EXAMPLE,
    LISTS,
    THING,
    VOCABULARY,
    Field,
    Model,
    called,
    fields,
    keys,
    meanings,
    synonyms,
    words,
)
from interagency.formats._words import ODD_SPACES, Advice, listed, odd_space, shown
from interagency.model import PARTICIPANTS, PlanFacts, Within
from interagency.quantities import COUNTRIES, PlanDate
from interagency.vocabulary import Condition

_ELSEWHERE: tuple[Model, ...] = (PlanFacts, *LISTS.values(), Within)
_SEVERAL = re.compile(r"\s*[,;/]\s*|\s+and\s+|\s+")
_IN_WORDS = re.compile(r"(\d{1,6})\s*([a-z]+)", re.I)
_UNITS = {
    "s": "PT{}S",
    "sec": "PT{}S",
    "second": "PT{}S",
    "min": "PT{}M",
    "minute": "PT{}M",
    "h": "PT{}H",
    "hr": "PT{}H",
    "hour": "PT{}H",
    "d": "P{}D",
    "day": "P{}D",
    "w": "P{}W",
    "week": "P{}W",
    "month": "P{}M",
    "y": "P{}Y",
    "year": "P{}Y",
}


class Told(NamedTuple):
    """What is said about one error of an item: the path is from the item on."""

    path: tuple[str | int, ...]
    message: str
    mend: str
    on_key: bool = False


class _Case(NamedTuple):
    """One error, as the explanations need it."""

    model: Model
    key: str
    field: Field | None
    value: Any
    kind: str
    context: Mapping[str, Any]
    path: tuple[str | int, ...]


_ODD = re.compile(f"[：{ODD_SPACES}]")


def _odd_sign(key: str, at: int) -> tuple[str, str]:
    """What is the matter where a field does not end because of a character that looks right."""
    sign = key[at]
    before = f"After {shown(key[:at])}" if at else "Before this word"
    if sign == "：":
        return f"{before} stands a wide colon (U+FF1A).", "Type ':' and a space instead."
    return f"{before} stands {odd_space(sign)}.", "Type an ordinary space, or nothing, instead."


class Explainer:
    """Explains what is wrong; keeps the nearest words it has looked for."""

    def __init__(self, advice: Advice) -> None:
        self._advice = advice

    # Keys and blocks ------------------------------------------------------------------------

    def unknown_key(
        self, key: str, where: str, known: tuple[str, ...], model: Model | None
    ) -> tuple[str | None, str, str]:
        """The key that is surely meant, if any; what is the matter; how to mend it."""
        message = f"{shown(key)} is no field of {where}."
        own = fields(model).values() if model else ()
        by_name = next((field.key for field in own if field.name == key), None)
        target = by_name or self._advice.near(key, known)
        if odd := _ODD.search(key):
            return target, *_odd_sign(key, odd.start())
        if target:
            return target, message, f"Did you mean '{target}'?"
        for other in _ELSEWHERE:
            if other is not model and key in keys(other):
                return None, message, f"It is a field of {called(other)}: write it there."
        if " " in key.strip():
            return (
                None,
                message,
                "If it belongs to the text before a comma, put that text in quotes.",
            )
        return None, message, f"Known: {', '.join(known)}."

    def no_list(self, key: str, value: object) -> tuple[str, str]:
        """Something else stands where the list of agencies, say, should."""
        return (
            f"'{key}' is {_given(value)}, where a list is wanted.",
            f"Begin each {THING[LISTS[key]]} on a line of its own with '- ' (a dash and a space).",
        )

    def no_block(self, model: Model, value: object) -> tuple[str, str]:
        """Something else stands where an agency, say, should."""
        what = _this(model)
        if value is None:
            return f"{what} is empty.", "Write its fields, or take the line out."
        example = next(iter(keys(model)))
        return (
            f"{what} is {_given(value)}, where a block of fields is wanted.",
            f"Write each field on a line of its own, such as '{example}: {EXAMPLE[example]}'.",
        )

    # Fields ---------------------------------------------------------------------------------

    def error(self, model: Model, item: Mapping[str, Any], error: Mapping[str, Any]) -> Told:
        """What pydantic found in an item, told for the person who wrote it."""
        path = tuple(error["loc"])
        owner, rest = model, path
        if len(path) > 1 and (outer := fields(model).get(str(path[0]))) and outer.inner:
            owner, rest = outer.inner, path[1:]
        key = str(rest[0]) if rest else ""
        case = _Case(
            owner,
            key,
            fields(owner).get(key),
            error["input"],
            error["type"],
            error.get("ctx", {}),
            path,
        )
        if case.value is None and case.kind != "missing":
            return self._nothing(case)
        explain = _BY_KIND.get(case.kind)
        if explain is None:
            return Told(path, f"{shown(case.value)} cannot stand in '{key}'.", _example(key))
        return explain(self, case, item)

    def _nothing(self, case: _Case) -> Told:
        if isinstance(case.path[-1], int):
            return Told(
                case.path,
                f"This list ('{case.key}') has an entry with nothing in it.",
                "Write a word after the dash, or take the dash out.",
            )
        message = f"'{case.path[-1]}' is written without a value."
        return Told(case.path, message, _example(case.key), True)

    def _missing(self, case: _Case, item: Mapping[str, Any]) -> Told:
        mend = f"Add a line such as '{case.key}: {EXAMPLE.get(case.key, '…')}'."
        return Told(case.path[:-1], f"{_this(case.model)} has no '{case.key}'.", mend)

    def _extra(self, case: _Case, item: Mapping[str, Any]) -> Told:
        where = called(case.model)
        _, message, mend = self.unknown_key(case.key, where, keys(case.model), case.model)
        return Told(case.path, message, mend, True)

    def _wrong_type(self, case: _Case, item: Mapping[str, Any]) -> Told:
        key, value, field = case.key, case.value, case.field
        inner = isinstance(case.path[-1], int)
        what = f"This entry of '{key}'" if inner else f"'{case.path[-1]}'"
        if field and field.many and not inner:
            message = f"{what} is {_given(value)}, where a list is wanted."
            return Told(case.path, message, _as_list(case))
        if case.kind in ("dict_type", "model_type", "model_attributes_type"):
            return Told(
                case.path,
                f"{what} is {_given(value)}, where a block of fields is wanted.",
                f"Write it such as '{key}: {EXAMPLE[key]}'.",
            )
        wanted = "one word" if field and (field.vocabulary or field.an_id) else "text"
        message = f"{what} is {_given(value)}, where {wanted} is wanted."
        return Told(case.path, message, _as_text(case))

    def _unknown_word(self, case: _Case, item: Mapping[str, Any]) -> Told:
        if not isinstance(case.value, str):
            return self._wrong_type(case, item)
        vocabulary = case.field.vocabulary if case.field else None
        if vocabulary is None:
            return Told(case.path, f"{shown(case.value)} is not known here.", _example(case.key))
        word = case.value.strip()
        if word in words(vocabulary):
            message = f"There are spaces around {shown(word)}."
            return Told(case.path, message, f"Write '{word}' without them.")
        mend = self._advice.on(word, words(vocabulary), meanings(vocabulary), synonyms(vocabulary))
        if others := _vocabularies().get(word):
            mend = f"It is a {listed(others)}. {mend}"
        if vocabulary is Condition and not mend.startswith("Did"):
            mend += " A condition outside the list is written in words, under 'trigger'."
        return Told(case.path, f"{shown(case.value)} is no {VOCABULARY[vocabulary]}.", mend)

    def _pattern(self, case: _Case, item: Mapping[str, Any]) -> Told:
        key, value = case.key, str(case.value)
        if key == "country":
            return self._country(case, item)
        if key == "url":
            return Told(
                case.path,
                f"{shown(value)} is no web address.",
                "Write it with https:// at its beginning and without spaces; "
                "a document that is not on the web has no 'url'.",
            )
        path = case.path[:-1] if case.path[-1] == "[key]" else case.path
        return Told(
            path,
            f"{shown(value)} is no language tag.",
            "Write it as BCP 47 does: en, th, zh-Hant.",
            path is not case.path,
        )

    def _country(self, case: _Case, item: Mapping[str, Any]) -> Told:
        code = str(case.value).strip().upper()
        code = {"UK": "GB", "EL": "GR"}.get(code, code)
        meant = f"Did you mean '{code}'? " if code in COUNTRIES else ""
        return Told(
            case.path,
            f"{shown(case.value)} is no country code.",
            f"{meant}Write the two capital letters of ISO 3166-1, such as TH.",
        )

    def _number(self, case: _Case, item: Mapping[str, Any]) -> Told:
        message = f"{shown(case.value)} is no number that '{case.key}' can hold."
        if isinstance(case.value, dict | list | bool):
            message = f"'{case.key}' is {_given(case.value)}, where a number is wanted."
        return Told(case.path, message, "Write a whole number in digits, such as 40.")

    def _yes_or_no(self, case: _Case, item: Mapping[str, Any]) -> Told:
        given = case.value
        what = shown(given) if isinstance(given, str | int | float) else _given(given)
        message = f"{what} is neither yes nor no."
        mend = f"Write '{case.key}: yes' or '{case.key}: no'; where it is not stated, leave it out."
        return Told(case.path, message, mend)

    def _holds_and_lacks(self, case: _Case, item: Mapping[str, Any]) -> Told:
        both = shown(case.context.get("functions", ""))
        return Told(
            ("lacks",),
            f"The agency both holds and lacks {both}.",
            "Take it out of 'lacks', or out of 'functions' and 'supports'.",
        )

    def _date(self, case: _Case, item: Mapping[str, Any]) -> Told:
        value = case.value
        mend = "Write a year (2024), a month (2024-06) or a day (2024-06-30)."
        if day := _day_in(str(value).strip()):
            mend = f"Write {day}."
        if isinstance(value, dict | list | bool):
            message = f"'{case.key}' is {_given(value)}, where a date is wanted."
        elif re.fullmatch(r"\d{4}(-\d\d){0,2}", str(value).strip()):
            message = f"There is no such date as {shown(value)}."
        else:
            message = f"{shown(value)} is no date."
        return Told(case.path, message, mend)

    def _duration(self, case: _Case, item: Mapping[str, Any]) -> Told:
        mend = "Write PT24H for 24 hours, P15D for 15 days, P6W for 6 weeks."
        if case.model is Within:
            mend += " Where the source gives no number, write its words under 'wording' instead."
        found = _IN_WORDS.fullmatch(str(case.value).strip())
        unit = found[2].casefold() if found else ""
        form = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s"))
        if found and form:
            mend = f"Write {form.format(int(found[1]))}."
        return Told(case.path, f"{shown(case.value)} is no length of time.", mend)

    def _bad_id(self, case: _Case, item: Mapping[str, Any]) -> Told:
        value = str(case.value).strip()
        seen = "".join(c for c in value if category(c) != "Cf")
        better = re.sub(r"[^\w.-]+", "-", seen).strip("-")
        code = case.context.get("code", "")
        what = "a space" if code == "U+0020" else f"the character {code}"
        mend = "An id has letters, digits, - and _ only"
        return Told(
            case.path,
            f"The id {shown(value)} holds {what}.",
            f"{mend}: write '{better}'." if better and len(better) < 60 else f"{mend}.",
        )

    def _too_long(self, case: _Case, item: Mapping[str, Any]) -> Told:
        most = case.context["max_length"]
        length = len(case.value) if isinstance(case.value, str) else 0
        other = "" if case.key == "note" else "; more can stand under 'note'"
        return Told(
            case.path,
            f"'{case.path[-1]}' has {length:,} characters; {most:,} are allowed.",
            f"Shorten it{other}.",
        )

    def _empty(self, case: _Case, item: Mapping[str, Any]) -> Told:
        if isinstance(case.path[-1], int):
            return self._nothing(case)
        return Told(case.path, f"'{case.path[-1]}' is empty.", "Write it, or take the line out.")

    def _no_entry(self, case: _Case, item: Mapping[str, Any]) -> Told:
        known = words(case.field.vocabulary) if case.field and case.field.vocabulary else ()
        return Told(
            case.path, f"'{case.key}' is an empty list.", f"Write at least one of: {listed(known)}."
        )

    def _twice(self, case: _Case, item: Mapping[str, Any]) -> Told:
        seen: set[str] = set()
        for i, word in enumerate(case.value):
            text = str(word).strip()
            if text in seen:
                return Told(
                    (*case.path, i), f"{shown(text)} stands twice in '{case.key}'.", "Take one out."
                )
            seen.add(text)
        return Told(case.path, f"A word stands twice in '{case.key}'.", "Take one out.")

    def _reserved(self, case: _Case, item: Mapping[str, Any]) -> Told:
        return Told(
            case.path,
            f"The id {shown(case.value)} is reserved: {listed(PARTICIPANTS, 'and')} take part in "
            "every plan, and are no agencies.",
            "Take this agency out, or give it another id.",
        )

    def _order(self, case: _Case, item: Mapping[str, Any]) -> Told:
        since, until = item.get("since"), item.get("until")
        return Told(
            (*case.path, "until"),
            f"It ends ('until', {shown(until)}) before it begins ('since', {shown(since)}).",
            "Correct one of the two dates.",
        )

    def _unseen(self, case: _Case, item: Mapping[str, Any]) -> Told:
        code = case.context["code"]
        return Told(
            case.path,
            f"'{case.path[-1]}' holds {code}, a character that cannot be seen.",
            "Take it out; if a backslash has made it, write the backslash twice.",
        )

    def _half(self, case: _Case, item: Mapping[str, Any]) -> Told:
        message = f"'{case.path[-1]}' holds half a character (a lone surrogate)."
        return Told(case.path, message, "Write the character itself, in place of its number.")

    def _blank(self, case: _Case, item: Mapping[str, Any]) -> Told:
        message = f"There is nothing to read in '{case.path[-1]}'."
        return Told(case.path, message, "Write it, or take it out.")


@cache
def _vocabularies() -> Mapping[str, list[str]]:
    """The vocabularies that have a word."""
    having: dict[str, list[str]] = {}
    for vocabulary, noun in VOCABULARY.items():
        for word in words(vocabulary):
            having.setdefault(word, []).append(noun)
    return having


def _this(model: Model) -> str:
    return f"{'The' if model is PlanFacts else 'This'} {THING[model]}"


def _given(value: object) -> str:
    if isinstance(value, dict):
        return "a block of fields"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "nothing" if value is None else "text"


def _example(key: str) -> str:
    example = EXAMPLE.get(key)
    if not example:
        return "Write a value after it, or take the line out."
    return f"Write it such as '{key}: {example}'."


def _day_in(text: str) -> str | None:
    """The day that is surely meant by 30.6.2024 or 2024/6/30; 5/6/2024 may be two days."""
    if found := re.fullmatch(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", text):
        year, month, day = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text):
        day, month, year = map(int, found.groups())
        if month > 12:
            day, month = month, day
        elif day <= 12 and day != month:
            return None
    else:
        return None
    written = f"{year:04}-{month:02}-{day:02}"
    try:
        PlanDate.parse(written)
    except ValueError:
        return None
    return written


def _as_list(case: _Case) -> str:
    if isinstance(case.value, str):
        parts = [part for part in _SEVERAL.split(case.value.strip()) if part][:12]
        return f"Write it as a list: [{', '.join(parts)}]." if parts else "Write a list: []."
    return "Write it as a list of words: [one, another]."


def _as_text(case: _Case) -> str:
    value = case.value
    if isinstance(value, list):
        if case.key in ("from", "to"):
            return "Write a handoff of its own for each."
        return "Write one, without brackets and dashes."
    if isinstance(value, dict):
        return "Put the text in quotes."
    word = str(value).lower() if isinstance(value, bool) else str(value)
    return f'Put it in quotes: "{word[:40]}".'


_Explain = Callable[[Explainer, _Case, Mapping[str, Any]], Told]
_BY_KIND: Mapping[str, _Explain] = {
    "missing": Explainer._missing,
    "extra_forbidden": Explainer._extra,
    **dict.fromkeys(
        ("string_type", "tuple_type", "dict_type", "model_type", "model_attributes_type"),
        Explainer._wrong_type,
    ),
    "enum": Explainer._unknown_word,
    "string_pattern_mismatch": Explainer._pattern,
    "country": Explainer._country,
    "plan_date": Explainer._date,
    "duration": Explainer._duration,
    "bad_id": Explainer._bad_id,
    "string_too_long": Explainer._too_long,
    "string_too_short": Explainer._empty,
    "too_short": Explainer._no_entry,
    "twice": Explainer._twice,
    "reserved": Explainer._reserved,
    "order": Explainer._order,
    "holds_and_lacks": Explainer._holds_and_lacks,
    **dict.fromkeys(
        (
            "int_type",
            "int_parsing",
            "int_parsing_size",
            "int_from_float",
            "greater_than_equal",
            "less_than_equal",
            "finite_number",
        ),
        Explainer._number,
    ),
    **dict.fromkeys(("bool_type", "bool_parsing"), Explainer._yes_or_no),
    "unseen_character": Explainer._unseen,
    "string_unicode": Explainer._half,
    "nothing_visible": Explainer._blank,
}
