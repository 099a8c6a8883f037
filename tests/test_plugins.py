"""Rules of others: from installed packages and from files; what fails is told, and nothing runs
that was not named."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from commandline import ROOT, child, typed

from interagency import plugins
from interagency.engine import Crash
from interagency.plugins import Loaded
from interagency.rules import BUILT_IN

PLAN = """\
format: 1
plan: {id: small, title: A small plan, as_of: 2024, completeness: complete}
agencies:
  - {id: police, name: Police, sector: law_enforcement}
  - {id: shelter, name: Shelter}
handoffs:
  - {from: police, to: shelter, pillars: [protect], kind: referral}
"""
RULE = '''\
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import interagency as ia
from interagency.engine import agency


@dataclass
class Known:
    """Something with annotations that are looked up later."""

    names: dict[str, int]


@ia.rule(
    code="{code}", severity=ia.Severity.HIGH, pillars=[ia.Pillar.PROTECT], requirements=["COE-10-1"]
)
def {name}(graph: ia.PlanGraph, *, at_least: int = 1) -> Iterator[ia.Flag | ia.Met]:
    """An agency sends too little.

    Why it matters:
        So that there is a page.
    """
    for a in graph.agencies:
        if len(graph.sent_by(a.id)) < at_least:
            yield ia.Flag(about=agency(a.id), message=f"{{a.name}} sends little.", mend="Send.")
'''
MINE = RULE.format(code="M01", name="sends_little")
HEAD = "from __future__ import annotations\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a plan, outside of any settings."""
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN)
    return tmp_path


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str, **points: str) -> None:
    """Install a distribution with a module and entry points, as an installer leaves it."""
    site = folder / "site"
    info = site / "their_rules-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "their_rules.py").write_text(body)
    info.joinpath("METADATA").write_text("Metadata-Version: 2.1\nName: their-rules\nVersion: 1.0\n")
    listed = "\n".join(f"{name} = {value}" for name, value in points.items())
    info.joinpath("entry_points.txt").write_text(f"[interagency.rules]\n{listed}\n")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "their_rules", raising=False)


def audited(*words: str) -> tuple[int, list[str], list[str]]:
    """The exit status of an audit, what it finds, and which rules fell over."""
    said = typed("audit", "plan.yaml", "--format", "json", *words)
    assert said.err == ""
    told = json.loads(said.out)
    return said.status, [f["id"] for f in told["findings"]], [c["reason"] for c in told["crashes"]]


# --- installed packages ---------------------------------------------------------------------


@pytest.mark.parametrize("value", ["sends_little", "RULES", "TUPLE"])
def test_an_installed_package_brings_rules(
    value: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = f"{MINE}\n\nRULES = [sends_little]\nTUPLE = (sends_little,)\n"
    installed(folder, monkeypatch, body, theirs=f"their_rules:{value}")
    assert audited("--select", "m01") == (1, ["M01:shelter"], [])
    with_all = json.loads(typed("audit", "plan.yaml", "--format", "json").out)["outcomes"]
    assert [o["code"] for o in with_all] == [*(r.code for r in BUILT_IN), "M01"]


def test_a_process_of_its_own_finds_them_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(folder, monkeypatch, MINE, theirs="their_rules:sends_little")
    words = ("audit", "plan.yaml", "--select", "M01", "--format", "csv")
    path = f"{folder / 'site'}:{ROOT}"
    said = child(*words, cwd=folder, env={"PYTHONPATH": path})
    assert (said.status, said.err) == (1, "")
    assert "M01:shelter" in said.out


def test_rules_of_others_are_set_as_ours_are(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(folder, monkeypatch, MINE, theirs="their_rules:sends_little")
    Path("interagency.toml").write_text(
        'select = ["M01"]\nfail_on = "high"\n[rules.sends-little]\nat_least = 2\nseverity = "low"\n'
    )
    assert audited() == (0, ["M01:police", "M01:shelter"], [])


def test_without_plug_ins_none_is_loaded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(folder, monkeypatch, "open('ran', 'w')", theirs="their_rules:RULES")
    status, _, crashes = audited("--no-plugins", "--fail-on", "never")
    assert (status, crashes) == (0, [])
    assert not Path("ran").exists()
    assert typed("audit", "plan.yaml", "--no-plugins", "--select", "M01").status == 2


@pytest.mark.parametrize(
    ("body", "value", "told"),
    [
        ("raise ValueError('x')", "their_rules:RULES", "ValueError: x"),
        ("import sys\nsys.exit(0)", "their_rules:RULES", "SystemExit: 0"),
        ("", "their_rules:RULES", "AttributeError: module 'their_rules' has no attribute 'RULES'"),
        ("RULES = []", "their_rules:RULES", "TypeError: their_rules:RULES is no rule and no list"),
        ("RULES = [1]", "their_rules:RULES", "TypeError: their_rules:RULES is no rule and no list"),
        ("RULES = 1", "their_rules:RULES", "TypeError: 'int' object is not iterable"),
        ("", "no_such_module:RULES", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("nonsense(", "their_rules:RULES", "SyntaxError: "),
    ],
)
def test_a_package_that_cannot_be_loaded_fails_the_audit_and_the_others_go_on(
    body: str, value: str, told: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(folder, monkeypatch, body, theirs=value)
    status, found, (crash,) = audited("--fail-on", "never")
    assert status == 1
    assert crash.startswith(told)
    assert found
    said = typed("audit", "plan.yaml", "--fail-on", "never")
    assert "RULE FELL OVER  plug-in theirs" in said.out
    drawn = typed("chart", "plan.yaml", "-o", "plan.txt")
    assert (drawn.status, "plug-in theirs fell over" in drawn.err) == (1, True)


def test_packages_are_asked_in_the_order_of_their_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "".join(
        RULE.format(code=code, name=name).removeprefix(HEAD)
        for code, name in (("M01", "one"), ("M02", "two"))
    )
    installed(folder, monkeypatch, body, b="their_rules:one", a="their_rules:two")
    assert [r.code for r in plugins.installed().rules] == ["M02", "M01"]


# --- files ----------------------------------------------------------------------------------


def test_a_file_of_rules_that_is_named_is_asked_as_well(folder: Path) -> None:
    Path("mine.py").write_text(MINE)
    status, found, crashes = audited("--rules", "mine.py", "--no-plugins")
    assert (status, crashes) == (1, [])
    assert "M01:shelter" in found
    assert len(found) > 1
    assert audited("--rules", "mine.py", "--select", "sends-little")[1] == ["M01:shelter"]


def test_rules_of_a_file_come_in_the_order_in_which_they_stand(folder: Path) -> None:
    one = RULE.format(code="M01", name="one").removeprefix(HEAD)
    Path("mine.py").write_text(f"{RULE.format(code='M02', name='two')}{one}\nagain = two\n")
    assert [r.code for r in plugins.from_file("mine.py").rules] == ["M02", "M01"]


def test_a_file_may_use_the_rules_that_are_there(folder: Path) -> None:
    """To make one of its own from them; a rule that is there already is no clash."""
    Path("mine.py").write_text(
        "from dataclasses import replace\nfrom interagency.rules import BUILT_IN, by_name\n"
        "ours = by_name('G20')\nmine = replace(ours, name='mine', code='M03')\n"
    )
    loaded = plugins.together(BUILT_IN, plugins.from_file("mine.py"))
    assert [r.code for r in loaded.rules] == [*(r.code for r in BUILT_IN), "M03"]
    assert loaded.crashes == ()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("mine.py", "nonsense(", "SyntaxError: "),
        ("mine.py", "", "ImportError: there is no rule in it (a function with @interagency.rule)"),
        ("mine.txt", "", "ImportError: a file of rules ends in .py"),
        ("mine.py", "raise KeyError('x')", "KeyError: 'x'"),
        ("mine.py", "raise SystemExit(0)", "SystemExit: 0"),
        ("mine.py", "raise ValueError('a\\x1b[2Jb')", "ValueError: a\\x1b[2Jb"),
        (
            "mine.py",
            "class E(Exception):\n    def __str__(self): raise ValueError\nraise E",
            "E",
        ),
    ],
)
def test_a_file_that_cannot_be_loaded_fails_the_audit_and_the_others_go_on(
    name: str, text: str, told: str, folder: Path
) -> None:
    Path(name).write_text(text)
    status, found, (crash,) = audited("--rules", name, "--fail-on", "never", "--no-plugins")
    assert status == 1
    assert crash.startswith(told)
    assert found


@pytest.mark.parametrize("leave", ["raise SystemExit(0)", "import sys; sys.exit()"])
def test_a_rule_that_leaves_the_program_fell_over(leave: str, folder: Path) -> None:
    """Else an audit would end with status 0 and without a word."""
    body = MINE.replace("    for a in graph.agencies:\n", f"    {leave}\n    for a in ():\n")
    Path("mine.py").write_text(body)
    status, _, (crash,) = audited("--rules", "mine.py", "--fail-on", "never", "--no-plugins")
    assert status == 1
    assert crash.startswith("SystemExit")


# --- clashes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("G01", "sends_little"),
        ("g01", "sends_little"),
        ("M01", "detector_without_a_way"),
        ("one-gatekeeper", "sends_little"),
        ("W01", "sends_little"),
        ("M01", "waiver_waives_nothing"),
    ],
)
def test_a_name_that_is_taken_is_a_crash_and_ours_is_asked(
    code: str, name: str, folder: Path
) -> None:
    Path("mine.py").write_text(RULE.format(code=code, name=name))
    loaded = plugins.together(BUILT_IN, plugins.from_file("mine.py"))
    why = "another rule has its name or its code; give it one of its own"
    assert loaded == Loaded(BUILT_IN, (Crash(name.replace("_", "-"), code, why),))
    assert audited("--rules", "mine.py", "--no-plugins", "--fail-on", "never")[0] == 1


def test_of_two_files_with_one_name_the_first_is_asked(folder: Path) -> None:
    for name, code in (("a.py", "M01"), ("b.py", "M02")):
        Path(name).write_text(RULE.format(code=code, name="sends_little"))
    loaded = plugins.together(BUILT_IN, plugins.from_file("a.py"), plugins.from_file("b.py"))
    assert [r.code for r in loaded.rules[len(BUILT_IN) :]] == ["M01"]
    assert [c.code for c in loaded.crashes] == ["M02"]


def test_what_was_not_named_is_never_run(folder: Path) -> None:
    """Neither a file that lies beside the plan, nor what a plan would have a loader make."""
    for name in ("mine.py", "rules.py", "conftest.py", "interagency_rules.py", "sitecustomize.py"):
        Path(name).write_text("open('ran', 'w')")
    assert audited("--no-plugins", "--fail-on", "never")[0] == 0
    for tag in ("!!python/object/apply:os.system [touch ran]", "!!python/name:os.system"):
        Path("plan.yaml").write_text(PLAN.replace("A small plan", tag))
        assert typed("audit", "plan.yaml").status == 2
    assert not Path("ran").exists()


def test_the_page_says_how_a_package_offers_rules() -> None:
    """What stands in the documentation of the module is what the tests above do."""
    told = dedent(plugins.__doc__ or "")
    assert f'[project.entry-points."{plugins.GROUP}"]' in told


# --- their pages ----------------------------------------------------------------------------


def test_the_rules_of_others_are_listed_and_explained(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("mine.py").write_text(MINE.replace("COE-10-1", "OURS-3"))
    theirs = RULE.format(code="T01", name="sends_nothing")
    installed(folder, monkeypatch, theirs, theirs="their_rules:sends_nothing")
    listed = typed("rules", "--rules", "mine.py").out
    assert "M01  sends-little" in listed
    assert "T01  sends-nothing" in listed
    told = typed("explain", "sends_little", "--rules", "mine.py")
    assert (told.status, told.err) == (0, "")
    assert told.out.startswith("M01 sends-little\nhigh · protect\n\nAn agency sends too little.\n")
    assert "    at_least = 1\n" in told.out
    assert "    OURS-3, not in the standards here\n" in told.out
    assert typed("explain", "T01").out.startswith("T01 sends-nothing\n")
    assert "T01" in typed("explain", "COE-10-1").out
    assert typed("explain", "T01", "--no-plugins").status == 2


def test_a_file_of_rules_that_cannot_be_loaded_is_told_beside_the_page(folder: Path) -> None:
    Path("mine.py").write_text("raise KeyError('x')")
    told = typed("explain", "G01", "--rules", "mine.py", "--no-plugins")
    assert told.status == 0
    assert told.err.startswith("mine.py could not be loaded: KeyError: 'x'")


# --- rules that break every promise ---------------------------------------------------------

BAD = '''\
from interagency.engine import Expected, Flag, Severity, agency, rule
from interagency.vocabulary import Pillar


@rule(code={code}, severity={severity}, pillars={pillars}, requirements=())
def gives_rubbish(graph):
    """A rule that does not keep to what rules are."""
    {body}
'''
SOUND = {"code": "'Z01'", "severity": "Severity.HIGH", "pillars": "[Pillar.PROTECT]"}
RUBBISH = [
    ("raise BaseException('b')", "BaseException: b"),
    ("return None", "NoneType"),
    ("return ['police']", "a rule yields Flag and Met, and not 'police'"),
    ("yield Flag(about=('police',), message='m', mend='d')", "which is no Ref"),
    ("yield Flag(about=agency('nobody'), message='m', mend='d')", "no agency called 'nobody'"),
    ("yield Flag(about=(), message=None, mend='d')", "message of a Flag is text"),
    ("yield Flag(about=(), message='m', mend='\\x1b[2J')", "holds U+001B"),
    ("yield Flag(about=(), message='m', mend='\\ud800')", "holds U+D800"),
    ("yield Flag(about=(), message='m', mend='d', pillars=['zz'])", "'zz' is not a valid Pillar"),
    ("yield Flag(about=(), message='m', mend='d', expected=['x'])", "which is no Expected"),
    (
        "yield Flag((), 'm', 'd', expected=(Expected('no', 'police', 'referral', ['protect']),))",
        "no agency called 'no'",
    ),
    ("yield Flag(about=(), message='m', mend='d', paths=(('a', 'b'),))", "paths of a Flag is text"),
]
FORMS = ("text", "json", "markdown", "sarif", "junit", "csv")


@pytest.mark.parametrize(("body", "why"), RUBBISH)
def test_a_rule_that_yields_rubbish_falls_over_alone(folder: Path, body: str, why: str) -> None:
    (folder / "mine.py").write_text(BAD.format(**SOUND, body=body))
    asked = ("audit", "plan.yaml", "--rules", "mine.py", "--no-plugins")
    for form in FORMS:
        said = typed(*asked, "--format", form)
        assert said.status == 1, said.err
        assert "\x1b" not in said.out
        assert why in typed(*asked).out.replace("\n", " ")
    said = typed(*asked, "--suggest", "proposals.yaml", "-o", "audit.txt")
    assert (said.status, said.err) == (1, "")
    assert Path("proposals.yaml").read_text() == _proposals_without_it(folder)
    said = typed("chart", *asked[1:], "--suggestions", "-o", "chart.svg")
    assert said.status == 1
    assert "fell over" in said.err


def _proposals_without_it(folder: Path) -> str:
    typed("audit", "plan.yaml", "--no-plugins", "--suggest", "usual.yaml", "-o", "usual.txt")
    return (folder / "usual.yaml").read_text()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"code": "5"}, "code of a Rule is text, and not 5"),
        ({"code": "' '"}, "a rule has a name, a code and at least one pillar"),
        ({"code": "'Z\\x1b'"}, "code of a Rule holds U+001B"),
        ({"severity": "'huge'"}, "'huge' is not a valid Severity"),
        ({"pillars": "()"}, "at least one pillar"),
        ({"pillars": "'protect'"}, "is not a valid Pillar"),
    ],
)
def test_a_rule_that_is_none_is_not_loaded(folder: Path, changed: dict[str, str], why: str) -> None:
    (folder / "mine.py").write_text(BAD.format(**{**SOUND, **changed}, body="return []"))
    assert why in typed("audit", "plan.yaml", "--rules", "mine.py").out.replace("\n  ", " ")
    for form in ("text", "json"):
        said = typed("rules", "--rules", "mine.py", "--format", form)
        assert said.status == 0
        assert why in said.err


def test_words_are_taken_for_severities_and_pillars(folder: Path) -> None:
    words = {"severity": "'high'", "pillars": "['protect']"}
    body = "yield Flag(about=agency('police'), message='m', mend='d', pillars=('protect',))"
    (folder / "mine.py").write_text(BAD.format(**{**SOUND, **words}, body=body))
    for form in FORMS:
        said = typed("audit", "plan.yaml", "--rules", "mine.py", "--format", form)
        assert (said.status, said.err) == (1, "")


def test_a_brief_tells_of_findings_about_nothing_in_particular(folder: Path) -> None:
    body = "yield from [Flag(about=(), message=f'No {n}.', mend='Do.') for n in ('a', 'b')]"
    (folder / "mine.py").write_text(BAD.format(**SOUND, body=body))
    said = typed("audit", "plan.yaml", "--rules", "mine.py", "--select", "Z01", "--brief")
    assert (said.status, said.err) == (1, "")
    assert "No a." in said.out
