"""The command line: what it answers, how it leaves, and that it never shows a traceback."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from commandline import COMMAND, Said, child, environment, typed
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import interagency
from interagency import Flag, PlanGraph, Severity, rule
from interagency.__main__ import main as program
from interagency.catalogue import plan_bytes, plan_names
from interagency.engine import Answer, agency
from interagency.rules import BUILT_IN
from interagency.vocabulary import Pillar

SOUND = """\
format: 1
plan: {id: sound, title: Nothing open, as_of: 2024, completeness: complete}
agencies:
  - {id: police, name: Police, sector: law_enforcement, roles: [identification_authority]}
  - {id: shelter, name: Shelter, roles: [service_provider], functions: [emergency_accommodation]}
handoffs:
  - {from: police, to: shelter, pillars: [protect], kind: referral}
"""
OPEN = SOUND.replace(
    "handoffs:", "  - {id: port, name: Port, roles: [detecting_agency]}\nhandoffs:"
)
EMPTY = "format: 1\nplan: {id: empty, title: Nothing, as_of: 2024}\n"
WRONG = """\
format: 1
plan: {id: wrong, title: Wrong, as_of: 2024}
agencies:
  - {id: police, name: Police, sector: law_enforcment}
  - {id: shelter, name: Shelter}
handoffs:
  - {from: police, to: sheltr, pillars: [protect], kind: referral}
"""
ONLY_G01 = ("--select", "G01")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@rule(code="T99", severity=Severity.LOW, pillars=[Pillar.PROTECT], requirements=[])
def falls_over(graph: PlanGraph) -> Iterator[Answer]:
    """A rule with a fault."""
    yield Flag(about=agency(graph.agencies[0].id), message="m", mend="n")
    raise KeyError("a fault of ours")


# --- exit statuses --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "words", "status"),
    [
        (SOUND, ONLY_G01, 0),
        (OPEN, ONLY_G01, 1),
        (OPEN, (*ONLY_G01, "--fail-on", "critical"), 1),
        (OPEN, (*ONLY_G01, "--fail-on", "never"), 0),
        (OPEN, ("--select", "G16"), 0),
        (EMPTY, (), 2),
        (EMPTY, ("--fail-on", "never"), 2),
        (WRONG, (), 2),
    ],
)
def test_the_exit_status_of_an_audit_tells_how_it_stands(
    plan: str, words: tuple[str, ...], status: int
) -> None:
    assert typed("audit", "-", *words, stdin=plan.encode()).status == status


def test_fail_on_compares_with_the_gravest_finding() -> None:
    """nepal's gravest question is high."""
    assert typed("audit", "nepal", "--select", "G16", "--fail-on", "high").status == 1
    assert typed("audit", "nepal", "--select", "G16", "--fail-on", "CRITICAL").status == 0


def test_the_exit_status_leaves_the_process() -> None:
    assert child("audit", "-", *ONLY_G01, stdin=OPEN.encode()).status == 1
    assert child("audit", "-", *ONLY_G01, stdin=SOUND.encode()).status == 0
    assert child("audit", "none").status == 2


def test_an_empty_plan_is_told_to_be_unassessed() -> None:
    said = typed("audit", "-", stdin=EMPTY.encode())
    assert said.err == "Nothing was assessed, so nothing was found in order either.\n"


def test_a_rule_that_falls_over_is_told_and_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr("interagency.rules.BUILT_IN", (*BUILT_IN, falls_over))
    said = typed("audit", "nepal", "--fail-on", "never")
    assert said.status == 1
    assert "RULE FELL OVER  T99 falls-over\n  KeyError: 'a fault of ours'\n" in said.out
    assert "1 rule fell over, so this audit is incomplete." in " ".join(said.out.split())
    told = json.loads(typed("audit", "nepal", "--format", "json").out)
    assert [c["rule"] for c in told["crashes"]] == ["falls-over"]
    drawn = typed("chart", "nepal", "-o", "nepal.svg")
    assert drawn.status == 1
    assert "T99 falls-over fell over (KeyError: 'a fault of ours')" in drawn.err
    assert typed("demo", "nepal").status == 1


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX sends them")
def test_an_interrupted_command_leaves_with_130_and_writes_nothing(folder: Path) -> None:
    """More than a pipe holds is written first, so the child is surely reading by then."""
    waiting = subprocess.Popen(
        [*COMMAND, "audit", "-", "-o", "out.txt"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(), cwd=folder,
        # Whoever runs the tests in the background may have told them to ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert waiting.stdin is not None
    waiting.stdin.write(b"#\n" * 1_000_000)
    waiting.stdin.flush()
    waiting.send_signal(signal.SIGINT)
    _, err = waiting.communicate(timeout=30)
    assert waiting.returncode == 130
    assert err.strip() == b""
    assert list(folder.iterdir()) == []


def test_a_command_that_is_interrupted_while_it_loads_leaves_with_130_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first imports take longer than anything else that a short command does."""

    class Interrupted(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "interagency.cli", Interrupted("interagency.cli"))
    with pytest.raises(SystemExit) as leave:
        program()
    assert leave.value.code == 130


# --- what goes in ---------------------------------------------------------------------------


def test_a_plan_comes_from_a_file_from_standard_input_and_from_the_catalogue(folder: Path) -> None:
    Path("mine.yaml").write_bytes(plan_bytes("nepal"))
    from_file, from_stdin, bundled = (
        typed("audit", "mine.yaml"),
        typed("audit", "-", stdin=plan_bytes("nepal")),
        typed("audit", "nepal"),
    )
    assert from_file.out.replace("mine.yaml", "nepal.yaml") == bundled.out
    assert from_stdin.out.replace("standard input", "nepal.yaml") == bundled.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("audit", "thailnd"), "Did you mean 'thailand'?"),
        (("audit", "none.yaml"), "There is no file none.yaml."),
        (("audit", "a/folder/plan"), "There is no file a/folder/plan."),
        (("audit", "."), "is a folder. Name the file in it."),
        (("audit", "a\0b.yaml"), "a\\x00b.yaml could not be read"),
        (("audit", "x" * 5000), "could not be read: File name too long"),
        (("audit", "nepal", "--select", "G99"), "There is no rule called 'G99'. Did you mean"),
        (("audit", "nepal", "--ignore", "asylum-silos"), "Did you mean 'asylum-silo'?"),
        (("audit", "nepal", "--select", ","), "No rule is left"),
        (("audit", "nepal", *ONLY_G01, "--ignore", "G01"), "No rule is left"),
        (("audit", "nepal", "--group", "childen"), "Did you mean 'children'?"),
        (("audit", "nepal", "--as-of", "soon"), "'soon' is no date: not a year"),
        (("audit", "nepal", "--pillar", "protcet"), "'protect'"),
        (("audit", "nepal", "--fail-on", "sometimes"), "'never'"),
        (("audit",), "Missing argument 'PLAN'"),
        (("audits", "nepal"), "No such command 'audits'"),
        (("audit", "nepal", "--selct", "G01"), "--select"),
        (("explain", "COE-10-l"), "or 'COE-10-1'?"),
        (("catalogue", "nepl"), "Did you mean 'nepal'?"),
        (("chart", "nepal"), "-o"),
        (("chart", "nepal", "-o", "nepal.bmp"), "has no ending that says what to write"),
        (("chart", "nepal", "-o", "nepal.bmp", "--format", "svg"), "ends in .svg"),
        (("chart", "nepal", "-o", "x.svg", "--page", "a5"), "'a4'"),
        (("chart", "nepal", "-o", "x.svg", "--title", "a\x1bb"), "U+001B"),
        (("chart", "thailand", "-o", "-", "--format", "svg"), "pages. Name a file"),
        ((), "Usage: interagency"),
    ],
)
def test_wrong_use_leaves_with_2_says_what_is_meant_and_writes_nothing(
    words: tuple[str, ...], told: str, folder: Path
) -> None:
    said = typed(*words)
    assert said.status == 2
    assert told in said.err
    assert said.out == ""
    assert list(folder.iterdir()) == []


def test_every_problem_of_a_plan_is_told_on_a_line_of_its_own_with_its_place(folder: Path) -> None:
    Path("plan.yaml").write_text(WRONG)
    said = typed("audit", "plan.yaml")
    assert (said.status, said.out) == (2, "")
    places, told = zip(*(line.split(": ", 1) for line in said.err.splitlines()), strict=True)
    assert places == ("plan.yaml:4:40", "plan.yaml:7:24")
    assert "Did you mean 'law_enforcement'?" in told[0]
    assert "Did you mean 'shelter'?" in told[1]


def test_views_and_rules_are_chosen_by_options() -> None:
    said = json.loads(
        typed(
            "audit", "thailand", "--as-of", "2021", "--pillar", "Protect", "--group",
            "foreign-nationals", "--select", "g01,asylum-silo", "--format", "json",
        ).out
    )  # fmt: skip
    looked_at = said["looked_at"]
    assert (looked_at["as_of"], looked_at["pillars"]) == ("2021", ["protect"])
    assert looked_at["groups"] == ["foreign_nationals"]
    assert [o["code"] for o in said["outcomes"]] == ["G01", "G13"]
    assert ["labour"] in [[a["id"] for a in f["about"]] for f in said["findings"]]


def test_waivers_count_unless_they_are_told_not_to() -> None:
    waived = OPEN + "waivers:\n  - {rule: G01, about: [port], because: They never meet anyone.}\n"
    told = typed("audit", "-", *ONLY_G01, stdin=waived.encode())
    assert told.status == 0
    assert "Waived by the plan (1 finding)" in told.out
    assert typed("audit", "-", *ONLY_G01, "--no-waivers", stdin=waived.encode()).status == 1


# --- what comes out -------------------------------------------------------------------------


def test_every_command_answers() -> None:
    names = [rule.name for rule in BUILT_IN]
    assert all(name in typed("rules").out for name in names)
    assert [r["name"] for r in json.loads(typed("rules", "--format", "json").out)] == names
    assert typed("explain", "g01").out.startswith("G01 detector-without-a-way\n")
    assert typed("explain", "detector-without-a-way") == typed("explain", "G01")
    assert typed("explain", "coe-10-1").out.startswith("COE-10-1: Council of Europe")
    assert "handoffs" in json.loads(typed("schema").out)["properties"]
    assert json.loads(typed("schema", "audit").out)["$id"] == "urn:interagency:audit:1"
    assert [line.split()[0] for line in typed("catalogue").out.splitlines()[:6]] == [*plan_names()]
    assert typed("catalogue", "nepal").out == plan_bytes("nepal").decode()


@pytest.mark.parametrize("command", ["", *sorted(interagency.cli.commands.commands)])  # type: ignore[attr-defined]
def test_help_is_there_in_both_spellings(command: str) -> None:
    words = command.split()
    said = typed(*words, "--help")
    assert said.status == 0
    assert said.out.startswith(f"Usage: interagency {command}".rstrip())
    assert typed(*words, "-h") == said


@pytest.mark.parametrize("name", [rule.code for rule in BUILT_IN])
def test_every_rule_is_explained(name: str) -> None:
    said = typed("explain", name)
    assert said.status == 0
    assert "Why it matters" in said.out


def test_the_version_is_the_package_s_own() -> None:
    declared = re.search(
        r'^version = "(.+)"$', (environment_root() / "pyproject.toml").read_text(), re.MULTILINE
    )
    assert declared is not None
    assert interagency.__version__ == declared[1]
    assert child("--version") == Said(0, f"interagency {declared[1]}\n", "")


def environment_root() -> Path:
    return Path(environment()["PYTHONPATH"])


def test_a_report_goes_to_a_file_and_the_screen_stays_empty(folder: Path) -> None:
    said = typed("audit", "nepal", "-o", "nepal.txt", "--color", "always")
    assert (said.out, said.err) == ("", "")
    assert Path("nepal.txt").read_text(encoding="utf-8") == typed("audit", "nepal").out


def test_a_chart_is_written_in_the_form_its_name_asks_for(folder: Path) -> None:
    for name, begin in (("n.svg", "<svg "), ("n.dot", "digraph"), ("n.gv", "digraph")):
        said = typed("chart", "nepal", "-o", name)
        assert (said.status, said.err) == (0, f"{name}\n")
        assert begin in Path(name).read_text(encoding="utf-8")
        form = "svg" if name == "n.svg" else "dot"
        on_screen = typed("chart", "nepal", "-o", "-", "--format", form)
        assert typed("chart", "nepal", "--format", form).out == on_screen.out
        assert on_screen.out == Path(name).read_text(encoding="utf-8")
    typed("chart", "nepal", "-o", "n.txt")
    assert Path("n.txt").read_text(encoding="utf-8").endswith(".\n")
    assert sorted(p.name for p in folder.iterdir()) == ["n.dot", "n.gv", "n.svg", "n.txt"]


def test_a_chart_of_several_pages_becomes_several_files(folder: Path) -> None:
    said = typed("chart", "thailand", "-o", "t.svg")
    names = said.err.split()
    assert names == [f"t-{n}.svg" for n in range(1, len(names) + 1)]
    assert len(names) > 1
    assert sorted(p.name for p in folder.iterdir()) == names


def test_pages_of_an_earlier_chart_are_named(folder: Path) -> None:
    first = typed("chart", "bulgaria", "-o", "b.svg").err.split()
    said = typed("chart", "bulgaria", "--focus", "hotline", "--no-gaps", "-o", "b.svg")
    note, *written = said.err.splitlines()
    left = sorted({*first} - {*written})
    assert left
    assert note == f"Note: of an earlier chart, and not written now: {', '.join(left)}"
    assert sorted(p.name for p in folder.iterdir()) == sorted({*first, *written})


def test_gaps_and_fonts_can_be_left_out_of_a_chart(folder: Path) -> None:
    drawn = {
        words: typed("chart", "nepal", "-o", "-", "--format", "svg", *words).out
        for words in ((), ("--no-gaps",), ("--kind", "plain"))
    }
    assert "G16" in drawn[()]
    assert "G16" not in drawn["--no-gaps",]
    assert "@font-face" in drawn[()]
    assert "@font-face" not in drawn["--kind", "plain"]


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("n.pdf", b"%PDF-"),
        ("n.PNG", b"\x89PNG"),
        ("n.svg", b"<svg "),
        ("n.html", b"<!DOCTYPE html>"),
    ],
)
def test_a_chart_becomes_a_document_or_a_picture(name: str, begin: bytes, folder: Path) -> None:
    pytest.importorskip("typst")
    said = typed("chart", "nepal", "-o", name, "--dpi", "50", "--kind", "office")
    assert (said.status, said.err) == (0, f"{name}\n")
    assert Path(name).read_bytes().startswith(begin)


def test_a_chart_without_its_extra_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    said = typed("chart", "nepal", "-o", "n.pdf")
    assert said.status == 2
    assert 'pip install "interagency[report]"' in said.err
    assert not list(folder.iterdir())


@pytest.mark.parametrize("words", [("-o", "-"), ("-o", "n.svg"), ("-o", "n")])
def test_a_document_goes_to_a_file_of_its_ending(words: tuple[str, ...], folder: Path) -> None:
    said = typed("chart", "nepal", "--format", "pdf", *words)
    assert said.status == 2
    assert not list(folder.iterdir())


def test_the_demo_says_where_its_files_are(folder: Path) -> None:
    said = typed("demo")
    assert said.status == 0
    written = re.findall(r"^  (interagency-demo/\S+)  \(", said.out, re.MULTILINE)
    assert len(written) >= 4
    assert sorted(written) == sorted(p.as_posix() for p in Path("interagency-demo").iterdir())


@pytest.mark.parametrize(
    "name",
    ["a b.txt", "-x.txt", "ตำรวจ.txt", "a'\"$(x)&<;.txt", "tab\t.txt", "\u202etxt.txt",
     "line\nend.txt"],
)  # fmt: skip
def test_a_file_may_have_an_odd_name_and_its_name_is_safe_to_print(name: str, folder: Path) -> None:
    assert typed("audit", "nepal", f"--output={name}").status == 1
    said = typed("chart", "nepal", f"--output={name}")
    assert [p.name for p in folder.iterdir()] == [name]
    (line,) = said.err.splitlines()
    assert line.isprintable()


@pytest.mark.parametrize("output", ["no/such/folder.txt", ".", "", "plan.yaml", "a\0b"])
def test_what_cannot_be_written_is_told_and_nothing_else_changes(output: str, folder: Path) -> None:
    Path("plan.yaml").write_text(OPEN)
    for words in (("audit", "plan.yaml"), ("chart", "plan.yaml", "--format", "dot")):
        said = typed(*words, "-o", output)
        assert (said.status, said.out) == (2, "")
        assert said.err.strip()
    assert [p.name for p in folder.iterdir()] == ["plan.yaml"]
    assert Path("plan.yaml").read_text() == OPEN


def test_the_demo_does_not_write_over_the_plan_it_reads(folder: Path) -> None:
    Path("sound.yaml").write_text("# mine\n" + SOUND)
    assert typed("demo", "sound.yaml", "--into", ".").status == 2
    assert Path("sound.yaml").read_text() == "# mine\n" + SOUND
    assert typed("demo", "sound.yaml", "--into", "there").status in (0, 1)
    assert typed("demo", "nepal", "--into", "sound.yaml").status == 2


# --- terminals, pipes and disks -------------------------------------------------------------

COLOURED = re.compile(r"\x1b\[[0-9;]*m")


def test_colours_are_for_who_asks() -> None:
    plain, always = typed("audit", "nepal"), typed("audit", "nepal", "--color", "always")
    assert COLOURED.search(always.out)
    assert COLOURED.sub("", always.out) == plain.out
    assert "\x1b" not in plain.out


@pytest.mark.parametrize(
    ("env", "words", "coloured"),
    [
        ({"TERM": "xterm"}, (), True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, (), False),
        ({"TERM": "dumb"}, (), False),
        ({"TERM": "xterm"}, ("--color", "never"), False),
        ({"TERM": "dumb", "NO_COLOR": "1"}, ("--color", "always"), True),
    ],
)
def test_a_terminal_has_colours_unless_it_asks_for_none(
    env: dict[str, str], words: tuple[str, ...], coloured: bool
) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [*COMMAND, "audit", "-", *ONLY_G01, *words],
        env=environment(**env), stdin=subprocess.PIPE, stdout=theirs, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(theirs)
    assert running.stdin is not None
    running.stdin.write(OPEN.encode())
    running.stdin.close()
    seen = b""
    with contextlib.suppress(OSError):  # Linux ends a terminal with an error
        while block := os.read(ours, 4096):
            seen += block
    os.close(ours)
    assert running.wait(30) == 1
    assert b"Port" in seen
    assert (b"\x1b" in seen) is coloured


full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@full
@pytest.mark.parametrize(
    "words", [("audit", "nepal"), ("--help",), ("catalogue", "nepal"), ("demo", "--into", "x")]
)
def test_a_full_disk_is_told_in_a_line(words: tuple[str, ...], folder: Path) -> None:
    with Path("/dev/full").open("wb") as nowhere:
        said = child(*words, stdout=nowhere)
    assert said.status == 2
    assert said.err == "The output could not be written: No space left on device.\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("words", "status"), [("audit nepal", 1), ("catalogue thailand", 0), ("schema", 0)]
)
def test_a_pipe_that_closes_early_ends_quietly_and_the_verdict_stands(
    words: str, status: int
) -> None:
    line = f"{sys.executable} -m interagency {words} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], env=environment(), capture_output=True, timeout=60)
    assert (done.stdout, done.stderr) == (f"{status}\n".encode(), b"")


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_closed_standard_streams_are_told(folder: Path) -> None:
    def shut(redirections: str) -> subprocess.CompletedProcess[bytes]:
        line = f"{sys.executable} -m interagency audit - {redirections}"
        return subprocess.run(["bash", "-c", line], env=environment(), capture_output=True)

    for redirections, told in (
        ("<&-", b"Nothing comes from standard input."),
        (">&- </dev/null", b"Standard output is closed."),
        ("2>&- <&-", b""),
    ):
        done = shut(redirections)
        assert done.returncode == 2
        assert done.stderr.startswith(told)
        assert done.stderr.count(b"\n") == bool(told)


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    ],
)
def test_a_console_that_cannot_show_a_script_shows_escapes(env: dict[str, str]) -> None:
    plan = OPEN.replace("name: Port", "name: ตำรวจ").encode()
    said = child("audit", "-", *ONLY_G01, stdin=plan, env=env, stderr=subprocess.STDOUT)
    assert said.status == 1
    assert "\\u0e15\\u0e33" in said.out


# --- completion -----------------------------------------------------------------------------


def completed(words: str, shell: str = "bash") -> list[str]:
    """What a shell is offered for the last of the words."""
    said = child(
        env={
            "_INTERAGENCY_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
        }
    )
    assert (said.status, said.err) == (0, "")
    return [line.partition(",")[2] for line in said.out.splitlines()]


def test_a_shell_is_offered_commands_plans_rules_and_choices() -> None:
    assert completed("interagency cha") == ["chart"]
    assert completed("interagency audit tha") == ["thailand", "tha"]  # the second: a file
    assert "G01" in completed("interagency explain G0")
    assert completed("interagency audit nepal --select asyl") == ["asylum-silo"]
    assert completed("interagency audit nepal --pillar pro") == ["protect", "prosecute"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_completion(shell: str) -> None:
    said = child("completion", shell)
    assert said.status == 0
    assert f"_INTERAGENCY_COMPLETE={shell}_complete" in said.out


# --- faults of ours -------------------------------------------------------------------------


def test_a_fault_of_ours_is_told_in_a_sentence_and_shown_to_who_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("interagency.reports.text", fail)
    said = typed("audit", "nepal")
    assert said.status == 2
    assert said.err.startswith(
        "This is a fault in interagency itself (ZeroDivisionError: a fault). Please report it"
    )
    assert said.err.count("\n") == 1
    monkeypatch.setenv("INTERAGENCY_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        typed("audit", "nepal")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (RecursionError(), "nested too deep"),
        (MemoryError(), "not enough memory"),
        (OSError(5, "Input/output error"), "could not be written: Input/output error."),
        (KeyboardInterrupt(), ""),
    ],
)
def test_what_the_machine_cannot_do_is_told_in_a_sentence(
    fault: BaseException, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr("interagency.load", fail)
    said = typed("audit", "nepal")
    assert said.status == (2 if told else 130)
    assert told in said.err


STRANGE = ("", "-", ".", "--", "=", "none", "plan", "<&\x1b]0;x\x07", "\udcff", "a\0b", "😀")
VALUES = {
    "--as-of": ("2021", "2021-13", "1066-01-01"),
    "--pillar": ("protect", "PREVENT"),
    "--group": ("children", "foreign-nationals"),
    "--select": ("G01", "g01,G16", ","),
    "--ignore": ("asylum-silo", "COE-10-1"),
    "--format": ("json", "text", "svg", "dot"),
    "--fail-on": ("never", "high"),
    "--color": ("always", "never"),
    "-o": ("x.svg", "x.dot", "x.txt", "no/x.txt"),
    "--page": ("slide", "a3"),
    "--kind": ("plain", "web"),
    "--title": ("T", " "),
    "--language": ("th", "x-y"),
    "--into": ("here",),
}
SHARED = ["--as-of", "--pillar", "--group", "--select", "--ignore", "--format", "-o"]
TAKES = {
    "audit": [*SHARED, "--fail-on", "--color", "--no-waivers"],
    "chart": [*SHARED, "--page", "--title", "--language", "--no-gaps", "--kind"],
    "demo": ["--into"],
    "rules": ["--format"],
    "explain": [],
    "schema": [],
    "catalogue": [],
    "completion": [],
}
OBJECTS = {
    **dict.fromkeys(TAKES, ("nepal", "bulgaria", "thailand", "-")),
    "explain": ("G01", "COE-10-1"),
    "schema": ("audit", "plan"),
    "completion": ("bash", "fish"),
    "rules": ("--help",),
}


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """Mostly what makes sense, and now and then something strange at any place."""

    def some(sound: Iterable[str]) -> str:
        return draw(st.sampled_from((*sound, *sound, *sound, *sound, *STRANGE)))

    command = draw(st.sampled_from(["audit", "chart", "chart", *TAKES]))
    words = [command, some(OBJECTS[command] * 3)]
    if command == "chart":
        words += ["-o", some(VALUES["-o"] * 3)]
    for option in draw(st.lists(st.sampled_from(TAKES[command] or [""]), max_size=3)):
        words += [option, some(VALUES[option] * 3)] if option in VALUES else [option]
    return words


def unharmed(said: Said, *, coloured: bool = False) -> None:
    """What holds whatever is typed or read."""
    assert said.status in (0, 1, 2)
    for text in (said.out, said.err):
        assert "Traceback" not in text
        assert "fault in interagency" not in text
        plain = COLOURED.sub("", text) if coloured else text
        assert not [ch for ch in plain if ord(ch) < 32 and ch != "\n"]
    if said.status == 2:
        assert said.err.strip()


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(command_lines(), st.binary(max_size=20))
@example(["chart", "nepal", "-o", "x.svg", "--title", "\udcff"], b"")
@example(["audit", "nepal", "-o", "\udcff"], b"")
@example(["audit", "\udcff"], b"")
def test_whatever_is_typed_ends_in_an_answer(words: list[str], stdin: bytes) -> None:
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        unharmed(typed(*words, stdin=stdin), coloured="always" in words)


def damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """A plan file with a stretch of it replaced."""
    return st.tuples(st.integers(0, len(data)), st.integers(0, 40), st.binary(max_size=12)).map(
        lambda cut: data[: cut[0]] + cut[2] + data[cut[0] + cut[1] :]
    )


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=200), damaged(OPEN.encode()), damaged(WRONG.encode())))
@example(b"[" * 100_000)
@example(b"{" * 100_000)
@example(b"a: &a [*a]")
@example(b'{"format": NaN}')
@example("format: 1\r\nplan: {id: é, title: \u202e, as_of: 0x7}".encode("utf-16"))
def test_whatever_is_read_ends_in_an_answer(data: bytes) -> None:
    unharmed(typed("audit", "-", stdin=data))


def test_coverage_is_held_against_the_standards_of_the_settings_too(folder: Path) -> None:
    Path("interagency.toml").write_text('standards = ["CETS197"]\n', encoding="utf-8")
    told = typed("coverage", "nepal").out
    assert "Against:    PALERMO, UNTOC, CETS197\n" in told
    assert "Against:    ACTIP\n" in typed("coverage", "nepal", "--standard", "actip").out
