"""Write what is generated from the reference standards.

    python tests/tools/write_generated.py

It writes ``interagency/vocabulary/_standards.py``, and ``standards.json``, which holds the same as
``standards.yaml`` and is read in a tenth of the time. A test compares both with what this would
write, so they never drift.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
STANDARDS = ROOT / "interagency/catalogue/standards.yaml"
VOCABULARY = ROOT / "interagency/vocabulary/_standards.py"
JSON = ROOT / "interagency/catalogue/standards.json"

CLASSES = {
    "stages": ("Stage", "Where in a case a handoff stands, in the order of a case."),
    "sectors": ("Sector", "The kind of agency."),
    "roles": ("Role", "What an agency is to a case."),
    "handoff_kinds": ("HandoffKind", "What passes, and what it does."),
    "needs": ("Need", "What travels with a handoff, or must hold."),
}


def member(term: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "_", term).upper()


def quoted(text: str) -> str:
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def module() -> str:
    standards = yaml.safe_load(STANDARDS.read_text(encoding="utf-8"))
    words = standards["vocabulary"]
    out = [
        '"""The words of the reference standards. Made by tests/tools/write_generated.py."""',
        "",
        "# ruff: noqa: E501 - titles are as long as they are",
        "from typing import Self",
        "",
        "from interagency.vocabulary._term import Term",
        "",
        "",
        "class Pillar(Term):",
        '    """One of the three Ps."""',
        "",
    ]
    out += [f"    {member(p)} = {quoted(p)}" for p in words["pillars"]]
    for key, (name, doc) in CLASSES.items():
        out += ["", "", f"class {name}(Term):", f'    """{doc}"""', ""]
        for term, text in words[key].items():
            if key == "roles":
                if not term.startswith("role:"):
                    continue
                term = term.removeprefix("role:")
            out.append(f"    {member(term)} = {quoted(term)}, {quoted(text)}")
    out += ["", "", "class Instrument(Term):"]
    out += ['    """A standard that a plan can be held against."""', ""]
    for i in standards["instruments"]:
        out.append(f"    {member(i['id'])} = {quoted(i['id'])}, {quoted(i['title'])}")
    out += [
        "",
        "",
        "class Function(Term):",
        '    """What an agency does; ``pillar`` is None where it serves all three."""',
        "",
        "    _pillar: Pillar | None",
        "",
        "    def __new__(",
        '        cls, value: str, description: str = "", pillar: Pillar | None = None',
        "    ) -> Self:",
        '        """Keep the meaning and the pillar beside the id."""',
        "        term = str.__new__(cls, value)",
        "        term._value_ = value",
        "        term._description = description",
        "        term._pillar = pillar",
        "        return term",
        "",
        "    @property",
        "    def pillar(self) -> Pillar | None:",
        '        """The pillar the function belongs to, or None where it serves all three."""',
        "        return self._pillar",
        "",
    ]
    for pillar, functions in words["functions"].items():
        where = f"Pillar.{member(pillar)}" if pillar in words["pillars"] else "None"
        for term, text in functions.items():
            out.append(f"    {member(term)} = {quoted(term)}, {quoted(text)}, {where}")
    text = "\n".join(out) + "\n"
    ruff = Path(sys.executable).with_name("ruff")
    done = subprocess.run(
        [ruff, "format", "--config", ROOT / "pyproject.toml", "-"],
        input=text, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def as_json() -> str:
    read = yaml.safe_load(STANDARDS.read_text(encoding="utf-8"))
    return json.dumps(read, ensure_ascii=False, separators=(",", ":"), default=str) + "\n"


def generated() -> dict[Path, str]:
    return {VOCABULARY: module(), JSON: as_json()}


if __name__ == "__main__":
    for target, text in generated().items():
        target.write_text(text, encoding="utf-8", newline="\n")
        print(f"wrote {target.relative_to(ROOT)}")
