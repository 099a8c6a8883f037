"""Signs that come along when a plan is pasted from a page, a letter or a chat."""

from __future__ import annotations

import pytest

from interagency.errors import InvalidPlan
from interagency.formats import read

PLAN = """\
plan: {id: p, title: T, as_of: 2024}
agencies:
  - id: a
    name: A
"""


@pytest.mark.parametrize(
    ("right", "pasted", "told"),
    [
        (
            "name: A",
            "name:\u00a0A",
            "4:10: After 'name:' stands U+00A0, a space of another kind",
        ),
        ("name: A", "name： A", "4:9: Here stands a wide colon (U+FF1A). Type ':' and a"),
        ("id: p", "id:\u00a0p", "1:8: After 'id:' stands U+00A0 (no-break space)"),
        ("id: p", "id： p", "1:8: After 'id' stands a wide colon (U+FF1A). Type ':' and a"),
        ("agencies", "\u200bagencies", "2:1: Before this word stands U+200B (zero width space)"),
        (
            "  - id",
            "\u00a0 - id",
            "3:1: This line begins with U+00A0 (no-break space), which looks",
        ),
        ("    name", "\u3000\u3000name", "4:1: Before this word stands U+3000 (ideographic space)"),
        ("  - id", "  – id", "3:3: This line begins with '–', where a list entry begins with '-'."),
        ("  - id", "  • id", "3:3: This line begins with '•', where a list entry begins with '-'."),
        ("plan:", "```yaml\nplan:", "1:1: ``` marks a piece of code elsewhere"),
    ],
)
def test_the_sign_is_named_with_its_place(right: str, pasted: str, told: str) -> None:
    with pytest.raises(InvalidPlan) as refused:
        read(PLAN.replace(right, pasted, 1).encode(), "plan.yaml")
    assert f"plan.yaml:{told}" in str(refused.value)
