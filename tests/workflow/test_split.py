"""A case never changes side, and nothing of a patient leaves."""

import csv
from pathlib import Path

import pytest

from tests.homes import make_folder, working
from urwkv_desktop.imaging import Refusal, Status
from urwkv_desktop.workflow.exporting import export_session, wish_here
from urwkv_desktop.workflow.places import Places
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


def test_a_list_that_names_its_images_as_training_wants_them_rules_their_groups(tmp_path: Path) -> None:
    (tmp_path / "folds.csv").write_bytes(
        "image;mask;class;group;fold\nimages/ä.png;masks/ä.png;größer;G1;0\nb.nii.gz;;;G2;0\nscan.1.png;;;G3;1\n"
        .encode("latin-1"))
    stated = stated_groups(tmp_path)
    assert stated.findings == ()
    files = ("images/ä.png", "b.nii.gz", "scan.1.png", "elsewhere/b.nii.gz", "images/c.png")
    assert [stated.of(file) for file in files] == ["G1", "G2", "G3", "G2", None]


def test_two_images_of_one_name_keep_their_own_groups(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("image,group\nward1/x.png,G1\nward2/x.png,G2\n")
    stated = stated_groups(tmp_path)
    assert [stated.of(f"{ward}/x.png") for ward in ("ward1", "ward2", "ward3")] == ["G1", "G2", None]


def test_lists_of_sets_side_by_side_speak_of_their_own_images_alone(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "folds.csv").write_text("image,group\nimages/x.png,g001\n")
    stated = stated_groups(tmp_path)
    groups = [stated.of(f"{name}/images/x.png") for name in ("first", "second", "third")]
    assert groups == ["first/g001", "second/g001", None]


def test_a_list_that_cannot_be_read_is_named_and_another_one_takes_its_place(tmp_path: Path) -> None:
    (tmp_path / "folds.csv").write_bytes("image,group\nx.png,G1\n".encode("utf-16"))
    (tmp_path / "cases.csv").write_text("id,group\nx,G2\n")
    stated = stated_groups(tmp_path)
    assert stated.of("images/x.png") == "G2"
    assert "The list folds.csv cannot be used" in str(stated.findings[0].message)
    assert "both sides of an exported split" in str(stated.findings[0].message)


def test_images_of_one_patient_stand_on_one_side_of_an_exported_set(places: Places, tmp_path: Path) -> None:
    """By the folds.csv that the program itself trains on."""
    names = tuple("abcdefgh")
    folder = make_folder(tmp_path / "set", tuple(f"images/{name}" for name in names))
    rows = [f"images/{name}.png,masks/{name}.png,x,{'one' if name in 'abcdef' else name},0" for name in names]
    (folder / "folds.csv").write_text("\n".join(["image,mask,class,group,fold", *rows]) + "\n")
    with working(folder, places) as work:
        work.settle()
        wish = wish_here(tmp_path / "out", ("training",), tuple(Status), places)
        export_session(work.session._project, work.session._worker, work.session._file, wish)
    with (tmp_path / "out" / "cases.csv").open(newline="") as lines:
        exported = list(csv.DictReader(lines))
    assert len(exported) == 8
    together = [row for row in exported if row["id"][-1] in "abcdef"]
    assert len({row["group"] for row in together}) == len({row["split"] for row in together}) == 1
    assert len({row["group"] for row in exported}) == 3


def test_the_window_says_that_a_list_of_groups_cannot_be_used(places: Places, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "set")
    (folder / "folds.csv").write_bytes("image,group\na.png,G1\n".encode("utf-16"))
    with working(folder, places) as work:
        work.settle()
        assert "groups.list-left" in [finding.code for finding in work.session.findings]


def test_a_newcomer_joins_the_group_of_what_it_nearly_equals() -> None:
    others = [(0b1111_0000, "old"), (0xFFFF_FFFF_0000_0000, "far")]
    assert kin_of(0b1111_0111, others) == Kin("old")
    assert kin_of(0b0000_1111, others) == Kin(None)
    assert kin_of(0b1, []) == Kin(None)


def test_a_newcomer_between_two_groups_leaves_them_apart() -> None:
    assert kin_of(0b0111, [(0b0011, "one"), (0b1111_1111, "two")]) == Kin("one", bridges=False)
    assert kin_of(0b0111, [(0b0011, "one"), (0b1111, "two")]) == Kin("one", bridges=True)
