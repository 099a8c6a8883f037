"""Rules of others: from a Python file that is named, or from installed packages.

A package offers rules by an entry point::

    [project.entry-points."interagency.rules"]
    my-office = "my_office.rules:RULES"        # a Rule, or several

A plug-in that cannot be loaded is a crash in the audit, never silently fewer rules. A file is run
only when it is named on the command line or in Python: settings and plans never run anything.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from interagency.engine import OF_WAIVERS, Crash, Rule, reason
from interagency.files import shown

GROUP = "interagency.rules"


@dataclass(frozen=True)
class Loaded:
    """Rules from outside, and what could not be loaded."""

    rules: tuple[Rule, ...] = ()
    crashes: tuple[Crash, ...] = ()


def installed() -> Loaded:
    """The rules that installed packages offer, in the order of their names."""
    rules: list[Rule] = []
    crashes: list[Crash] = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        try:
            rules += _rules(point.load(), point.value)
        except KeyboardInterrupt:
            raise
        except BaseException as fault:  # whatever a plug-in does, the others go on
            crashes.append(_crash(point.name, fault))
    return Loaded(tuple(rules), tuple(crashes))


def from_file(path: str | os.PathLike[str]) -> Loaded:
    """The rules in a Python file, in the order in which they stand. The file is run."""
    try:
        return Loaded(_run(Path(path)))
    except KeyboardInterrupt:
        raise
    except BaseException as fault:  # whatever the file does, the others go on
        return Loaded(crashes=(_crash(shown(path), fault),))


def _run(path: Path) -> tuple[Rule, ...]:
    spec = importlib.util.spec_from_file_location(f"interagency_rules_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError("a file of rules ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for the names in annotations
    spec.loader.exec_module(module)
    found = [thing for thing in vars(module).values() if isinstance(thing, Rule)]
    if not found:
        raise ImportError("there is no rule in it (a function with @interagency.rule)")
    return tuple(dict.fromkeys(found))


def together(built_in: Iterable[Rule], *others: Loaded) -> Loaded:
    """All rules; one whose name or code is taken is not asked, and is told as a crash.

    A rule that is there already, as when a file of rules imports a built-in one, is no clash.
    """
    rules = list(built_in)
    crashes = [crash for loaded in others for crash in loaded.crashes]
    taken = {word.casefold() for r in rules for word in (r.name, r.code)}
    taken |= {word.casefold() for word in OF_WAIVERS}
    for new in (r for loaded in others for r in loaded.rules):
        if any(new is r for r in rules):
            continue
        words = {new.name.casefold(), new.code.casefold()}
        if taken & words:
            reason = "another rule has its name or its code; give it one of its own"
            crashes.append(Crash(new.name, new.code, reason))
            continue
        taken |= words
        rules.append(new)
    return Loaded(tuple(rules), tuple(crashes))


def _rules(thing: object, where: str) -> list[Rule]:
    things = [thing] if isinstance(thing, Rule) else list(thing)  # type: ignore[call-overload]
    if not things or not all(isinstance(t, Rule) for t in things):
        raise TypeError(f"{where} is no rule and no list of rules")
    return things


def _crash(name: str, fault: BaseException) -> Crash:
    return Crash(name, "plug-in", reason(fault))
