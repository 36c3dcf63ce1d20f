"""A case never changes side, and nothing of a patient leaves."""

from pathlib import Path

import pytest

from urwkv_desktop.imaging import Refusal
from urwkv_desktop.workflow.split import (
    Kin,
    fingerprint,
    group_code,
    group_of,
    kin_of,
    read_split_key,
    split_key,
    split_of,
    stated_groups,
)

KEY = b"0123456789"


def test_the_installations_key_is_made_once(tmp_path: Path) -> None:
    first = split_key(tmp_path / "data")
    assert split_key(tmp_path / "data") == first
    assert len(first) == 64


def test_a_group_keeps_its_side_and_the_sides_have_their_shares() -> None:
    sides = [split_of(KEY, f"patient {number}") for number in range(5000)]
    assert sides == [split_of(KEY, f"patient {number}") for number in range(5000)]
    shares = {side: sides.count(side) / len(sides) for side in set(sides)}
    assert shares["train"] == pytest.approx(0.8, abs=0.03)
    assert shares["validation"] == pytest.approx(0.1, abs=0.02)
    assert shares["test"] == pytest.approx(0.1, abs=0.02)


def test_what_leaves_hides_the_group_and_depends_on_the_key() -> None:
    assert "4711" not in group_code(KEY, "4711")
    assert group_code(KEY, "4711") != group_code(b"another key", "4711")
    assert fingerprint(KEY) != fingerprint(b"another key")


def test_a_set_key_is_read_without_its_line_end_and_a_short_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("0123456789\n")
    assert read_split_key(tmp_path / "key") == KEY
    (tmp_path / "short").write_text("1")
    with pytest.raises(Refusal, match="too short"):
        read_split_key(tmp_path / "short")
    with pytest.raises(Refusal, match="cannot be read"):
        read_split_key(tmp_path / "missing")


def test_the_group_is_the_patient_then_what_a_table_says_then_the_image(tmp_path: Path) -> None:
    (tmp_path / "folds.csv").write_text("id,group,fold\nx,G7,0\n")
    stated = stated_groups(tmp_path)
    assert group_of("patient", "sha", ("x.png",), stated) == "patient"
    assert group_of("", "sha", ("sub/x.png",), stated) == "stated:G7"
    assert group_of("", "sha", ("y.png",), stated) == "sha"


def test_a_newcomer_joins_the_group_of_what_it_nearly_equals() -> None:
    others = [(0b1111_0000, "old"), (0xFFFF_FFFF_0000_0000, "far")]
    assert kin_of(0b1111_0111, others) == Kin("old")
    assert kin_of(0b0000_1111, others) == Kin(None)
    assert kin_of(0b1, []) == Kin(None)


def test_a_newcomer_between_two_groups_leaves_them_apart() -> None:
    assert kin_of(0b0111, [(0b0011, "one"), (0b1111_1111, "two")]) == Kin("one", bridges=False)
    assert kin_of(0b0111, [(0b0011, "one"), (0b1111, "two")]) == Kin("one", bridges=True)
