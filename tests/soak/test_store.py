"""What tests/store asks, for longer."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.test_any_sequence import follow, steps
from tests.store.test_kill import kill_often


@pytest.mark.soak
def test_two_hundred_kills_lose_no_acknowledged_stroke(tmp_path: Path) -> None:
    kill_often(tmp_path, 200)


@pytest.mark.soak
@given(st.lists(steps, min_size=50, max_size=50))
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
def test_five_thousand_sequences_of_fifty_end_where_a_plain_stack_ends(sequence: list[tuple[object, ...]]) -> None:
    follow(sequence)
