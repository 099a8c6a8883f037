"""Settings: every key works, nothing unknown passes, and the command line goes before the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commandline import typed

import interagency as ia
from interagency.catalogue import requirements
from interagency.config import PRESETS, Settings, settings
from interagency.errors import InteragencyError, InvalidSettings, UnknownName
from interagency.rules import BUILT_IN
from interagency.vocabulary import Instrument

PLAN = """\
format: 1
plan: {id: small, title: Two agencies, as_of: 2024, completeness: complete}
agencies:
  - {id: port, name: Port, roles: [detecting_agency]}
  - {id: police, name: Police, sector: law_enforcement, roles: [identification_authority]}
handoffs:
  - {from: police, to: person, pillars: [protect], kind: referral, stage: identification}
"""
"""G01 (critical): the port has no way on. G26 (medium): the step has no time limit."""
BOTH = 'select = ["G01", "G26"]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a plan, to work in; settings above it are none of the test's."""
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN)
    return tmp_path


def audited(*words: str) -> tuple[int, list[str]]:
    """The exit status of an audit, and what it finds, in order."""
    said = typed("audit", "plan.yaml", "--no-plugins", "--format", "json", *words)
    assert said.err == ""
    return said.status, [f"{f['severity']} {f['id']}" for f in json.loads(said.out)["findings"]]


def codes(said: Settings) -> list[str]:
    return [r.code for r in said.chosen()]


# --- what can be set ------------------------------------------------------------------------


def test_no_settings_ask_every_rule_as_it_is() -> None:
    assert settings("") == Settings()
    assert Settings().chosen() == BUILT_IN


def test_every_key_is_read() -> None:
    assert settings(
        'preset = "essential"\nselect = ["G01"]\nignore = ["G02"]\nstandards = ["cets197"]\n'
        'fail_on = "high"\n[rules.G20]\nat_most = 3\n'
    ) == Settings(
        preset="essential",
        select=("G01",),
        ignore=("G02",),
        standards=(Instrument.CETS197,),
        fail_on=ia.Severity.HIGH,
        rules={"G20": {"at_most": 3}},
    )


def test_settings_may_begin_with_the_mark_that_some_editors_write() -> None:
    assert settings('\ufeffpreset = "essential"') == Settings(preset="essential")


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_goes_by_severity_or_by_standard(name: str) -> None:
    grave = {"essential": ("critical",), "recommended": ("critical", "high")}
    expected = [
        r.code
        for r in BUILT_IN
        if name == "all"
        or r.severity in grave.get(name, ())
        or name.upper() in {requirements()[an_id].instrument for an_id in r.requirements}
    ]
    assert codes(Settings(preset=name)) == expected
    assert expected


def test_presets_are_nested() -> None:
    essential, recommended, every = (
        set(codes(Settings(preset=p))) for p in ("essential", "recommended", "all")
    )
    assert essential < recommended < every


def test_what_is_selected_is_asked_less_what_is_ignored_in_the_order_of_the_rules() -> None:
    said = Settings(select=("g26", "asylum-silo", "G01"), ignore=("ASYLUM-SILO",))
    assert codes(said) == ["G01", "G26"]
    assert codes(Settings(preset="essential", ignore=("G01",)))[0] == "G02"


def test_a_severity_and_an_option_are_set_for_one_rule_alone() -> None:
    said = settings('[rules.G20]\nat_most = 5\nseverity = "low"\n')
    before, after = ({r.code: r for r in s.chosen()} for s in (Settings(), said))
    changed = [code for code in before if before[code] != after[code]]
    assert changed == ["G20"]
    assert (after["G20"].options, after["G20"].severity) == ({"at_most": 5}, "low")
    assert (before["G20"].options, before["G20"].severity) != ({"at_most": 5}, "low")


# --- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("preset = ", "interagency.toml cannot be read: "),
        ('presets = "all"', "there is no setting 'presets'. Did you mean 'preset'?"),
        ('preset = "esential"', "no preset called 'esential'. Did you mean 'essential'?"),
        ('preset = "cets179"', "Did you mean 'cets197'?"),
        ("preset = 1", "no preset called '1'"),
        ("preset = []", "no preset called '[]'"),
        ('fail_on = "hgh"', "no severity called 'hgh'. Did you mean 'high'?"),
        ('standards = ["cets197", "palrmo"]', "no standard called 'PALRMO'"),
        ('select = "G01"', 'select: write a list of names: ["G01", "G24"].'),
        ("ignore = [1]", 'ignore: write a list of names: ["G01", "G24"].'),
        ("rules = 1", "rules: write a table for each rule"),
        ("[rules]\nG01 = 1", "rules: write a table for each rule"),
    ],
)
def test_what_is_no_setting_is_refused_with_what_was_meant(text: str, told: str) -> None:
    with pytest.raises(InvalidSettings) as refused:
        settings(text)
    assert told in str(refused.value)
    assert str(refused.value).startswith("interagency.toml")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Settings(select=("G99",)), "There is no rule called 'G99'."),
        (Settings(ignore=("asylum-silos",)), "Did you mean 'asylum-silo'?"),
        (Settings(preset="esential"), "Did you mean 'essential'?"),
        (Settings(rules={"asylum-silos": {}}), "Did you mean 'asylum-silo'?"),
        (Settings(rules={"G20": {"atmost": 1}}), "Did you mean 'at_most'?"),
        (Settings(rules={"G01": {"x": 1}}), "no option of detector-without-a-way called 'x'"),
        (Settings(rules={"G01": {"severity": "hgh"}}), "Did you mean 'high'?"),
        (Settings(rules={"G01": {"severity": 1}}), "no severity called '1'"),
    ],
)
def test_what_no_rule_knows_is_refused_with_what_was_meant(said: Settings, told: str) -> None:
    with pytest.raises(UnknownName) as refused:
        said.chosen()
    assert told in str(refused.value)


@pytest.mark.parametrize("value", ["two", 2.5, True, [2], {"a": 2}])
def test_an_option_has_the_kind_of_value_that_the_rule_has(value: Any) -> None:
    """A rule that falls over in each audit tells less than a line about the setting."""
    with pytest.raises(InvalidSettings, match=r"no value for at_most of .*Write one like 2"):
        Settings(rules={"G20": {"at_most": value}}).chosen()


def test_a_rule_has_one_table() -> None:
    twice = settings('[rules.G20]\nat_most = 5\n[rules.asked-again-and-again]\nseverity = "low"')
    with pytest.raises(InvalidSettings, match="The rule asked-again-and-again has two tables"):
        twice.chosen()


def test_all_that_is_wrong_in_a_file_is_told_at_once() -> None:
    with pytest.raises(InvalidSettings) as refused:
        settings('presets = 1\npreset = "x"\nfail_on = 2\nselect = 3\nstandards = ["y"]\nrules = 4')
    lines = str(refused.value).splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "there is no setting 'presets'. Did you mean 'preset'?",
        "preset",
        "select",
        "standards",
        "fail_on",
        "rules",
    ]


def test_all_that_no_rule_knows_is_told_at_once() -> None:
    said = Settings(
        select=("G98", "G01"), ignore=("G99",), rules={"G97": {}, "G20": {"x": 1}, "G01": {}}
    )
    with pytest.raises(InteragencyError) as refused:
        said.chosen()
    assert [line.split("'")[1] for line in str(refused.value).splitlines()] == [
        "G98", "G99", "G97", "x",
    ]  # fmt: skip


# --- where they come from -------------------------------------------------------------------


def test_settings_are_found_in_the_folder_or_above_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("interagency.toml").write_text(BOTH)
    assert audited() == (1, ["critical G01:port", "medium G26:police"])
    below = folder / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    Path("plan.yaml").write_text(PLAN)
    assert audited() == (1, ["critical G01:port", "medium G26:police"])
    Path("interagency.toml").write_text('select = ["G26"]')
    assert audited() == (1, ["medium G26:police"])


def test_a_file_that_is_named_goes_before_one_that_is_found(folder: Path) -> None:
    Path("interagency.toml").write_text("nonsense")
    Path("mine.toml").write_text('select = ["G01"]')
    assert audited("--config", "mine.toml") == (1, ["critical G01:port"])


def test_the_command_line_goes_before_the_file(folder: Path) -> None:
    Path("interagency.toml").write_text(BOTH + 'fail_on = "critical"\n')
    assert audited("--select", "G26") == (0, ["medium G26:police"])
    assert audited("--select", "G26", "--fail-on", "medium") == (1, ["medium G26:police"])
    assert audited("--ignore", "G01") == (0, ["medium G26:police"])
    _, found = audited("--preset", "essential")
    assert "critical G01:port" in found
    assert not [f for f in found if not f.startswith("critical")]


def test_a_rule_that_the_command_line_names_is_asked_whatever_the_file_says(folder: Path) -> None:
    Path("interagency.toml").write_text('select = ["G01"]\nignore = ["G26"]\n')
    assert audited("--select", "G26") == (1, ["medium G26:police"])
    assert audited("--select", "G26,G01", "--ignore", "G26") == (1, ["critical G01:port"])


def test_a_preset_of_the_command_line_leaves_out_what_the_file_ignores(folder: Path) -> None:
    Path("interagency.toml").write_text('select = ["G26"]\nignore = ["G01"]\n')
    _, found = audited("--preset", "essential")
    assert found
    assert not {"critical G01:port", "medium G26:police"} & set(found)


def test_fail_on_of_the_file_counts(folder: Path) -> None:
    for least, status in (("low", 1), ("medium", 1), ("high", 0), ("critical", 0)):
        Path("interagency.toml").write_text(f'select = ["G26"]\nfail_on = "{least}"\n')
        assert audited() == (status, ["medium G26:police"])


def test_another_severity_changes_the_order_and_the_exit_status(folder: Path) -> None:
    Path("interagency.toml").write_text(BOTH)
    assert audited("--fail-on", "high") == (1, ["critical G01:port", "medium G26:police"])
    Path("interagency.toml").write_text(BOTH + '[rules.detector-without-a-way]\nseverity = "low"\n')
    assert audited("--fail-on", "high") == (0, ["medium G26:police", "low G01:port"])
    assert audited("--fail-on", "medium")[0] == 1


def test_charts_are_set_as_audits_are(folder: Path) -> None:
    Path("interagency.toml").write_text('select = ["G26"]')
    drawn = typed("chart", "plan.yaml", "--no-plugins", "-o", "-", "--format", "text").out
    assert "G26" in drawn
    assert "G01" not in drawn


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b'presets = "all"', "there is no setting 'presets'. Did you mean 'preset'?\n"),
        (b"[rules.G99]", "There is no rule called 'G99'."),
        (
            b'[rules.G01]\nseverity = "hgh"',
            "There is no severity called 'hgh'. Did you mean 'high'?",
        ),
        (b"\xff\xfe", "cannot be read"),
        (b"preset = " + b"[" * 10_000, ""),
    ],
)
def test_settings_that_cannot_be_used_stop_the_audit(text: bytes, told: str, folder: Path) -> None:
    Path("interagency.toml").write_bytes(text)
    said = typed("audit", "plan.yaml")
    assert (said.status, said.out) == (2, "")
    assert told in said.err
    assert "fault in interagency" not in said.err
    assert typed("chart", "plan.yaml", "-o", "-", "--format", "svg").status == 2


def test_settings_that_are_named_and_not_there_stop_the_audit(folder: Path) -> None:
    said = typed("audit", "plan.yaml", "--config", "none.toml")
    assert (said.status, said.out, said.err) == (
        2,
        "",
        "There is no file none.toml. Check the name and the folder.\n",
    )


@pytest.mark.parametrize(
    "key", ["rules_files", "rule_files", "plugins", "extends", "python", "import"]
)
def test_settings_never_name_code(key: str, folder: Path) -> None:
    Path("mine.py").write_text("open('ran', 'w')")
    Path("interagency.toml").write_text(f'{key} = ["mine.py"]')
    assert typed("audit", "plan.yaml").status == 2
    Path("interagency.toml").write_text('select = ["mine.py"]')
    assert typed("audit", "plan.yaml").status == 2
    assert not Path("ran").exists()
