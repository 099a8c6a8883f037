"""Settings of an audit: which rules, how grave, which options, which standards, what is accepted.

They come from ``interagency.toml``::

    preset = "recommended"          # essential, recommended, all, or a standard: cets197 ...
    ignore = ["G24"]
    standards = ["CETS197"]
    fail_on = "high"

    [rules.step-without-a-clock]
    severity = "low"

Unknown keys, rules and options are refused: a misspelt setting must not switch a rule off.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from interagency import catalogue
from interagency import rules as built_in
from interagency.engine import Rule, Severity
from interagency.errors import InteragencyError, InvalidSettings, UnknownName, did_you_mean
from interagency.vocabulary import Instrument

ESSENTIAL = frozenset({Severity.CRITICAL})
"""The severities of the preset ``essential``: a person is lost, harmed or sent away."""
RECOMMENDED = frozenset({Severity.CRITICAL, Severity.HIGH})
"""The severities of the preset ``recommended``."""
PRESETS = ("essential", "recommended", "all", *(i.value.lower() for i in Instrument))
"""``essential`` and ``recommended`` go by severity; a standard's has the rules that rest on it."""

_KEYS = ("preset", "select", "ignore", "standards", "fail_on", "rules")


@dataclass(frozen=True)
class Settings:
    """Settings of an audit."""

    preset: str = "all"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    standards: tuple[Instrument, ...] = ()
    fail_on: Severity | Literal["never"] | None = None
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What was set, in words; '' where nothing was."""
        told = [] if self.preset == "all" or self.select else [f"preset {self.preset}"]
        told += [f"only {', '.join(self.select)}"] if self.select else []
        told += [f"without {', '.join(self.ignore)}"] if self.ignore else []
        told += [f"{', '.join(self.rules)} changed"] if self.rules else []
        return "; ".join(told)

    def overruled(
        self, *, select: tuple[str, ...] = (), ignore: tuple[str, ...] = (), preset: str | None
    ) -> Settings:
        """These settings under what somebody asks for on the spot, which goes before them.

        ``select`` names all that is asked, whatever was selected or ignored before; ``preset``
        takes the place of what was selected, and ``ignore`` takes more away: the rules that were
        ignored by name stay so.

        >>> Settings(ignore=("G24",)).overruled(select=("G24",), preset=None).words
        'only G24'
        """
        if select:
            return replace(self, preset=preset or self.preset, select=select, ignore=ignore)
        ignore = (*self.ignore, *ignore)
        if preset is not None:
            return replace(self, preset=preset, select=(), ignore=ignore)
        return replace(self, ignore=ignore)

    def chosen(self, known: Iterable[Rule] | None = None) -> tuple[Rule, ...]:
        """The rules that are asked, with their severities and options.

        Args:
            known: all the rules there are; the built-in ones by default.

        Raises:
            UnknownName: a rule, preset or option is not known.
            InvalidSettings: several are not, or a rule is set twice; all of it at once.
        """
        rules = tuple(built_in.BUILT_IN if known is None else known)
        faults: list[InteragencyError] = []
        only = _all_named(self.select, rules, faults) if self.select else set()
        without = _all_named(self.ignore, rules, faults)
        changed: dict[str, Rule] = {}
        for name, options in self.rules.items():
            try:
                a_rule = built_in.by_name(name, rules)
                if a_rule.name in changed:
                    raise InvalidSettings(f"The rule {a_rule.name} has two tables. Keep one.")
                changed[a_rule.name] = _changed(a_rule, options)
            except InteragencyError as fault:
                faults.append(fault)
        if not self.select:
            try:
                only = _preset(self.preset, rules)
            except UnknownName as fault:
                faults.append(fault)
        if len(faults) == 1:
            raise faults[0]
        if faults:
            raise InvalidSettings("\n".join(map(str, faults)))
        return tuple(
            changed.get(r.name, r) for r in rules if r.name in only and r.name not in without
        )


def settings(text: str, name: str = "interagency.toml") -> Settings:
    """Read settings.

    Raises:
        InvalidSettings: it is no TOML, or says something that is not known; all of it at once.
            (Names of rules are looked up when the rules are chosen: plug-ins bring some.)

    >>> settings('preset = "essential"').preset
    'essential'
    """
    try:
        tree = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as reason:
        raise InvalidSettings(f"{name} cannot be read: {reason}.") from None
    except RecursionError:
        raise InvalidSettings(f"{name} is nested too deep to be settings.") from None
    faults = [
        f"{name}: there is no setting {key!r}. {did_you_mean(key, _KEYS)}"
        for key in tree
        if key not in _KEYS
    ]
    read = Settings()
    for key in _KEYS:
        if key in tree:
            try:
                read = replace(read, **{key: _value(key, tree[key])})
            except (InteragencyError, ValueError, TypeError) as fault:
                faults.append(f"{name}: {key}: {fault}")
    if faults:
        raise InvalidSettings("\n".join(faults))
    return read


def _value(key: str, value: Any) -> Any:
    if key == "preset":
        return _one_of(value, PRESETS, "preset")
    if key == "fail_on":
        word = _one_of(value, [*(s.value for s in Severity), "never"], "severity")
        return word if word == "never" else Severity(word)
    if key == "rules":
        if not isinstance(value, dict) or not all(isinstance(v, dict) for v in value.values()):
            raise TypeError("write a table for each rule: [rules.step-without-a-clock].")
        return value
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        example = '["palermo", "cets197"]' if key == "standards" else '["G01", "G24"]'
        raise TypeError(f"write a list of names: {example}.")
    if key == "standards":
        known = [i.value for i in Instrument]
        return tuple(Instrument(_one_of(v.upper(), known, "standard")) for v in value)
    return tuple(value)


def _one_of(value: Any, known: Iterable[str], what: str) -> str:
    words = list(known)
    if value not in words:
        raise UnknownName(what, str(value), words)
    return str(value)


def _preset(name: str, rules: tuple[Rule, ...]) -> set[str]:
    if name == "all":
        return {r.name for r in rules}
    if name in ("essential", "recommended"):
        grave = ESSENTIAL if name == "essential" else RECOMMENDED
        return {r.name for r in rules if r.severity in grave}
    standard = _one_of(name.lower(), PRESETS, "preset").upper()
    asked = {an_id for an_id, r in catalogue.requirements().items() if r.instrument == standard}
    return {r.name for r in rules if asked.intersection(r.requirements)}


def _all_named(
    names: Iterable[str], rules: tuple[Rule, ...], faults: list[InteragencyError]
) -> set[str]:
    found = set()
    for name in names:
        try:
            found.add(built_in.by_name(name, rules).name)
        except UnknownName as fault:
            faults.append(fault)
    return found


def _changed(a_rule: Rule, options: Mapping[str, Any]) -> Rule:
    rest = dict(options)
    if "severity" in rest:
        severity = _one_of(rest.pop("severity"), [s.value for s in Severity], "severity")
        a_rule = replace(a_rule, severity=Severity(severity))
    for name, value in rest.items():
        usual = a_rule.options.get(name)
        if usual is not None and type(value) is not type(usual):
            raise InvalidSettings(
                f"{value!r} is no value for {name} of {a_rule.name}. Write one like {usual!r}."
            )
    return a_rule.configured(**rest) if rest else a_rule
