"""What all tests share: the same invented plans in every run, no clock, and one browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    import chromium

# The same examples in every run, so that a failure is the change's and not the day's; a clock
# would fail on a slow machine. HYPOTHESIS_PROFILE=wide looks for new ones, for as long as it takes.
settings.register_profile(
    "check", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "wide", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "check"))


@pytest.fixture(scope="session")
def browser() -> Iterator[chromium.Page]:
    """A page in a browser, for tests marked as needing Chromium; each opens its own file in it."""
    import chromium

    with chromium.page() as page:
        yield page
