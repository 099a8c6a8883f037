"""Nobody changes what a rule says of its examples' neighbours unawares."""

from __future__ import annotations

import neighbours
import pytest

from interagency.engine import Rule
from interagency.rules import BUILT_IN


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_a_rule_says_of_each_changed_word_what_it_said_before(rule: Rule) -> None:
    """Where it was meant: python tests/mutation/neighbours.py --write; read the difference."""
    kept = neighbours.FOLDER / f"{rule.code}.txt"
    assert neighbours.told(rule) == kept.read_text(encoding="utf-8")


def test_there_is_a_file_for_each_rule_and_no_other() -> None:
    kept = {path.stem for path in neighbours.FOLDER.iterdir()}
    assert kept == {rule.code for rule in BUILT_IN}
