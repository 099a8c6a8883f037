"""The tester for those who write rules: it says what does not agree, and lets a good rule pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from interagency.engine import PLAN, Answer, Check, Flag
from interagency.graph import PlanGraph
from interagency.rules import by_name
from interagency.testing import check_examples

GOOD = by_name("stated-missing")


def always(graph: PlanGraph) -> Iterator[Answer]:
    yield Flag(about=(PLAN,), message="Something is wrong.", mend="Mend it.")


def never(graph: PlanGraph) -> Iterator[Answer]:
    yield from ()


def falls_over(graph: PlanGraph) -> Iterator[Answer]:
    raise ZeroDivisionError("one")


def test_a_good_rule_passes() -> None:
    check_examples(GOOD)


@pytest.mark.parametrize(
    ("check", "says"),
    [
        (never, "finds nothing wrong with its broken example"),
        (always, "still finds trouble in its mended example: Something is wrong."),
        (falls_over, "fell over on its example: ZeroDivisionError: one"),
    ],
)
def test_it_says_how_rule_and_page_differ(check: Check, says: str) -> None:
    rule = replace(GOOD, name="test-testing", check=check)
    with pytest.raises(AssertionError, match=says):
        check_examples(rule)


def test_a_rule_lives_in_the_file_of_its_name() -> None:
    with pytest.raises(AssertionError, match=r"is in a file called stated_missing\.py"):
        check_examples(replace(GOOD, name="another-name"))


def test_a_page_has_every_section() -> None:
    page = GOOD.doc.replace("Why it matters:", "Why:")
    with pytest.raises(AssertionError, match="has the sections"):
        check_examples(replace(GOOD, doc=page))
