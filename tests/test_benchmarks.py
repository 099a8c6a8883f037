"""The benchmarks run, at sizes at which nothing is measured. No test looks at a time."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest
from commandline import ROOT

sys.path.insert(0, str(ROOT))

from tests.benchmarks import audits, graphs, whole
from tests.benchmarks.run import reading_rows
from tests.benchmarks.timing import Row, child_seconds, in_turns, ratio, table


def test_a_ratio_is_the_median_of_rounds_in_turns() -> None:
    asked: list[str] = []

    def answers(name: str, times: list[float]) -> float:
        asked.append(name)
        return times.pop(0)

    ours, theirs = in_turns(
        3,
        lambda a=[1.0, 9.0, 2.0]: answers("ours", a),
        lambda b=[2.0, 1.0, 2.0]: answers("theirs", b),
    )
    assert asked == ["ours", "theirs"] * 3
    assert ratio(ours, theirs) == 1.0


def test_a_row_says_whether_its_aim_is_met() -> None:
    rows = [Row("a", "b", 0.4, 0.1, 0.5), Row("a", "b", 0.6, 0.1, 0.5), Row("a", "b", 0.6, 0.1)]
    assert [row.kept for row in rows] == ["yes", "**no**", ""]
    assert table(rows).splitlines()[2] == "| a | b | 0.40 | 0.5 | yes | 0.100 |"


def test_a_child_that_fails_is_no_figure() -> None:
    with pytest.raises(RuntimeError, match="left with 3"):
        child_seconds("-c", "raise SystemExit(3)")


def test_starts_are_measured() -> None:
    assert len(whole.starts(1)) == 3


@pytest.mark.skipif(find_spec("pytm") is None, reason="needs the bench extra")
def test_whole_commands_are_measured() -> None:
    assert len(whole.commands(12, 1)) == 2


def test_reading_is_measured() -> None:
    assert all(row.ratio > 0 for row in reading_rows(6, 1))


def test_audits_are_measured_in_all_and_for_each_rule() -> None:
    sizes = [audits.measured(n, 1) for n in (12, 60)]
    assert len(audits.rows(sizes)) == 7
    assert len(audits.by_rule(sizes).splitlines()) == 2 + len(sizes[0].ours[0]["rules"])


def test_kernels_give_the_same_answers_as_networkx() -> None:
    assert len(graphs.rows(60, 1)) == 2


def test_no_rule_does_more_than_in_proportion_to_the_plan() -> None:
    """Counted in function calls, which no other program on the machine can change."""
    rows = audits.call_rows(1_000, 4_000)
    assert [row.kept for row in rows] == ["yes", "yes"], rows
