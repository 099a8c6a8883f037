"""The words that charts say themselves, in the language of their readers.

A plan brings its own words; everything else on a chart (heads, legends, notes, stages, units of
time) is said here. Messages stand in English where they are said, and in ``words/`` in other
languages, one catalogue for each, made and checked by ``tests/tools/words.py``. What has no
catalogue is said in English, and the chart warns of it.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

from interagency.charts.text import clean, is_rtl, rtl_language
from interagency.suggestions import TO_AGREE_ON
from interagency.vocabulary import Function, Group, Sector, Stage, Term

if TYPE_CHECKING:
    from interagency.engine import Expected
    from interagency.model import Within

_Key = TypeVar("_Key", str, int)
PROPOSED = "proposed"
"""The context of what rules say of handoffs that would close a gap."""
NAMED: Mapping[str, type[Term]] = {"function": Function, "group": Group}
"""The vocabularies of which a rule may set a word into what it says of such handoffs."""
_TO_THE_RIGHT = "\u200e"
_LOOSE = frozenset("?!.:;,")
_CATALOGUES = files(__package__) / "words"
_ENGLISH: Mapping[tuple[type[Term], Term], str] = {
    (type(term), term): words
    for term, words in (
        (Sector.NGO_SERVICE_PROVIDER, "NGO service provider"),
        (Sector.FOREIGN_AFFAIRS_CONSULAR, "foreign affairs, consular"),
        (Sector.LEGISLATURE_BUDGET, "legislature, budget"),
        (Sector.WORKERS_EMPLOYERS_ORGANISATIONS, "workers' and employers' organisations"),
        (Sector.ACADEMIA_RESEARCH, "academia, research"),
        (Sector.DEFENCE_DEPLOYED, "defence"),
        (Stage.SYSTEM, "law, plan, structures"),
        (Stage.REFLECTION, "recovery and reflection"),
        (Stage.RETURN_REINTEGRATION, "return and reintegration"),
        (Stage.TRIAL_PROTECTION, "protection at trial"),
    )
}
"""Words that say more than the id of a term does; by kind, because kinds share ids."""


def marked(message: str) -> str:
    """A message that is said elsewhere, so that it stands in the list of messages."""
    return message


def marked_many(one: str, several: str) -> tuple[str, str]:
    """The same for a message that counts."""
    return one, several


_LENGTHS = (
    marked_many("{n} year", "{n} years"),
    marked_many("{n} month", "{n} months"),
    marked_many("{n} week", "{n} weeks"),
    marked_many("{n} day", "{n} days"),
    marked_many("{n} hour", "{n} hours"),
    marked_many("{n} minute", "{n} minutes"),
    marked_many("{n} second", "{n} seconds"),
)


def english(term: Term) -> str:
    """A word of a vocabulary in running English.

    >>> english(Stage.FIRST_RESPONSE), english(Stage.SYSTEM)
    ('first response', 'law, plan, structures')
    """
    return _ENGLISH.get((type(term), term)) or term.label


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The messages of charts in one language.

    >>> words = wording("en")
    >>> words.many("{n} handoff", "{n} handoffs", 3)
    '3 handoffs'
    >>> words.head(Stage.FIRST_RESPONSE)
    'First response'
    """

    asked: str
    """The language of the chart, as a BCP 47 tag."""
    language: str = "en"
    """The language that there are words in."""
    _texts: gettext.NullTranslations = field(default_factory=gettext.NullTranslations, repr=False)

    @property
    def warnings(self) -> tuple[str, ...]:
        """That a chart speaks English where another language was asked for."""
        if self.language != "en" or _parents(self.asked)[-1] == "en":
            return ()
        return (
            f"The chart's own words have not been put into the language {self.asked!r}: "
            "they are English.",
        )

    def say(self, message: str, /, **values: object) -> str:
        """A message, with values for the names in its braces."""
        told = self._texts.gettext(message)
        return told.format(**self._held(values)) if values else told

    def many(self, one: str, several: str, n: int, /, **values: object) -> str:
        """A message that counts ``n`` things."""
        return self._texts.ngettext(one, several, n).format(n=n, **self._held(values))

    def _held(self, values: Mapping[_Key, object]) -> Mapping[_Key, object]:
        """What is put into a sentence; from right to left, a sign at its end stays at its end."""
        if not rtl_language(self.language):
            return values
        return {
            name: f"{value}{_TO_THE_RIGHT}" if _ends_loosely(str(value)) else value
            for name, value in values.items()
        }

    def term(self, term: Term) -> str:
        """A word of a vocabulary, as it stands within a sentence."""
        return self._texts.pgettext(type(term).__name__, english(term))

    def head(self, term: Term) -> str:
        """A word of a vocabulary, as it stands alone or at a beginning."""
        return beginning(self.term(term))

    def codes(self, marks: Iterable[object]) -> str:
        """The codes of findings; from right to left, each keeps its question mark behind it.

        >>> wording("en").codes(["G09?", "G08"])
        'G09?, G08'
        """
        return ", ".join(
            str(code) for code in self._held(dict(enumerate(map(str, marks)))).values()
        )

    def listed(self, parts: Iterable[str]) -> str:
        """``one, two, three``, without what is empty."""
        return self.say(", ").join(part for part in parts if part)

    def clauses(self, parts: Iterable[str]) -> str:
        """``one; two; three``, without what is empty."""
        return self.say("; ").join(part for part in parts if part)

    def names(self, parts: Iterable[str]) -> str:
        """``one, two``; ``one, of A; two, of B`` where a comma is part of a name.

        >>> ENGLISH.names(["Police", "Court"]), ENGLISH.names(["MoI, Border Police", "Court"])
        ('Police, Court', 'MoI, Border Police; Court')
        """
        some = tuple(parts)
        commas = {",", self.say(", ").strip()}
        if any(comma in part for comma in commas for part in some):
            return self.clauses(some)
        return self.listed(some)

    def headed(self, head: str, words: str) -> str:
        """``head: words``; only one of them where the other is empty."""
        if not (head and words):
            return head or words
        return self.say("{head}: {words}", head=head, words=words)

    def heading(self, words: str) -> str:
        """``words:``, over what belongs to them."""
        return self.say("{head}:", head=words)

    def sentences(self, parts: Iterable[str]) -> str:
        """``One. Two. Three.``, without what is empty."""
        return " ".join(self.say("{sentence}.", sentence=part) for part in parts if part)

    def span(self, parts: Sequence[str]) -> str:
        """``first to last``, or the only one there is."""
        if len(parts) == 1:
            return parts[0]
        return self.say("{first} to {last}", first=parts[0], last=parts[-1])

    def terms(self, terms: Iterable[Term]) -> str:
        """Words of a vocabulary, one after the other."""
        return self.listed(map(self.term, terms))

    def passes(self, expected: Expected) -> str:
        """What would pass in a handoff that a rule expects."""
        return self.proposed(expected.what) or self.term(expected.kind)

    def proposed(self, text: str | None) -> str:
        """What a rule says of a handoff that is not there, where the list has it."""
        told = clean(text or "")
        if not told:
            return ""
        ours = self._texts.pgettext(PROPOSED, told)
        return self._with_a_term(told) if ours == told else ours

    def _with_a_term(self, told: str) -> str:
        """What a rule says, with a word of a vocabulary in it, where the list has it so."""
        for label, name, term in _terms_in_sentences():
            if label in told:
                frame = told.replace(label, f"{{{name}}}")
                ours = self._texts.pgettext(PROPOSED, frame)
                if ours != frame:
                    return ours.format(**{name: self.term(term)})
        return told

    def length(self, counts: Sequence[int]) -> str:
        """A length of time, from its years, months, weeks, days, hours, minutes and seconds.

        >>> wording("en").length((0, 0, 2, 1, 0, 0, 0))
        '2 weeks 1 day'
        """
        units = zip(_LENGTHS, counts, strict=True)
        return " ".join(self.many(*unit, count) for unit, count in units if count)

    def limit(self, within: Within | None, *, number: bool = False) -> str:
        """A time limit: in the plan's words where they hold the number, else with the number.

        Args:
            within: the limit of a handoff.
            number: give the number alone where the plan's words hold it.

        >>> from interagency.model import Within
        >>> wording("en").limit(Within(max="P15D", wording="stay up to 15 days"))
        'stay up to 15 days'
        >>> wording("en").limit(Within(max="P6W", wording="every six weeks"))
        '6 weeks (every six weeks)'
        """
        if within is None:
            return ""
        theirs = clean(within.wording or "")
        if theirs == TO_AGREE_ON:
            theirs = self.proposed(theirs)
        if within.max is None:
            return theirs
        ours = self.length(within.max.counts)
        if not theirs or theirs == ours:
            return ours
        first = next(str(count) for count in within.max.counts if count)
        if first in theirs:
            return ours if number else theirs
        return f"{ours} ({theirs})"


@cache
def _terms_in_sentences() -> tuple[tuple[str, str, Term], ...]:
    """The words that may stand in what a rule says, the longest first."""
    found = [(term.label, name, term) for name, kind in NAMED.items() for term in kind]
    return tuple(sorted(found, key=lambda one: -len(one[0])))


def _ends_loosely(words: str) -> bool:
    """Whether words from left to right end with a sign that has no direction of its own.

    >>> _ends_loosely("G32?"), _ends_loosely("G32"), _ends_loosely("شرطة?")
    (True, False, False)
    """
    return words[-1:] in _LOOSE and not any(map(is_rtl, words))


def beginning(words: str) -> str:
    """Words with a capital where their script has one.

    >>> beginning("NGO service provider"), beginning("first response"), beginning("")
    ('NGO service provider', 'First response', '')
    """
    return words[:1].title() + words[1:]


@lru_cache(maxsize=64)
def wording(language: str) -> Wording:
    """The messages in a language: its own, else those of the language it is a form of.

    >>> wording("en-GB").language, wording("tlh").warnings
    ('en', ("The chart's own words have not been put into the language 'tlh': they are English.",))
    """
    known = () if _parents(language)[-1] == "en" else languages()
    tag = next((tag for tag in _parents(language) if tag in known), None)
    if tag is None:
        return Wording(language)
    with _CATALOGUES.joinpath(f"{tag}.mo").open("rb") as file:
        return Wording(language, tag, gettext.GNUTranslations(file))


@cache
def languages() -> frozenset[str]:
    """The languages beside English that there are words in."""
    names = (entry.name for entry in _CATALOGUES.iterdir())
    return frozenset(name.removesuffix(".mo") for name in names if name.endswith(".mo"))


def _parents(language: str) -> tuple[str, ...]:
    """A tag and what it is a form of, as names of catalogues.

    >>> _parents("zh-Hant-TW")
    ('zh-hant-tw', 'zh-hant', 'zh')
    """
    parts = language.lower().replace("_", "-").split("-")
    return tuple("-".join(parts[:end]) for end in range(len(parts), 0, -1))


ENGLISH = wording("en")
