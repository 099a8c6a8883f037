"""What a run of the mutation tests once found that no test noticed, and what is meant there."""

from __future__ import annotations


def test_placeholder() -> None:
    pass
