"""Operations, each on an array so small that the answer can be written down."""

import numpy as np
import pytest

from tests.editing.scenes import answer, at, blank_document, blank_image, drawn, painted, scene_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.operations import (
    MENU,
    OPERATIONS,
    BackToNetworkOptions,
    ClearLabelOptions,
    DropIslandsOptions,
    FillHolesOptions,
    GrowOptions,
    KeepIslandOptions,
    SmoothOptions,
    WhereOptions,
    back_to_network,
    clear_label,
    drop_small,
    fill_holes,
    grow,
    keep_island,
    keep_largest,
    shrink,
    smooth,
)
from urwkv_desktop.editing.operations.operation import Answer
from urwkv_desktop.editing.scene import PaintRule
from urwkv_desktop.editing.work import Work
from urwkv_desktop.imaging import Geometry, Image, Label, Labels, Plane, Rect, Status, ThirdAxis

LOCKED = Labels((Label(1, "lesion", "#ffb020"), Label(2, "vessel", "#56b4e9", locked=True)))
HIDDEN = Labels((Label(1, "lesion", "#ffb020"), Label(2, "vessel", "#56b4e9", visible=False)))
RING = """
    . . . . . . .
    . 1 1 1 1 1 .
    . 1 . 2 . 1 .
    . 1 1 1 1 1 .
    . . 1 . 1 . .
    . . . . . . .
"""


def made(answered: Answer) -> MaskEdit:
    """The edit, whether it was made at once or is Work."""
    edit = answered.run() if isinstance(answered, Work) else answered
    assert isinstance(edit, MaskEdit)
    return edit


def done(document: Document, answered: Answer, k: int = 0) -> str:
    """Applied, undone and applied again: what slice k looks like."""
    before = document.mask.voxels.copy()
    document.apply(made(answered))
    after = document.mask.voxels.copy()
    document.undo()
    assert np.array_equal(document.mask.voxels, before)
    document.redo()
    assert np.array_equal(document.mask.voxels, after)
    return picture(document, k)


def picture(document: Document, k: int = 0) -> str:
    return "\n".join(" ".join(".12345"[value] for value in row) for row in document.mask.voxels[k])


def same(shown: str, wanted: str) -> bool:
    return [line.strip() for line in shown.strip().splitlines()] == [line.strip() for line in
                                                                      wanted.strip().splitlines()]


def test_filling_holes_takes_the_background_that_is_enclosed_and_no_other_label() -> None:
    document = painted(RING)
    shown = done(document, fill_holes(scene_of(document), FillHolesOptions()))
    assert same(shown, RING.replace("1 . 2 . 1", "1 1 2 1 1"))
    assert fill_holes(scene_of(document), FillHolesOptions()) is None


def test_a_bay_that_is_open_to_the_border_is_no_hole() -> None:
    document = painted("""
        1 1 1
        1 . 1
        1 . 1
    """)
    assert fill_holes(scene_of(document), FillHolesOptions()) is None


def test_holes_are_filled_in_the_slice_or_in_all() -> None:
    document = painted(RING, RING)
    assert same(done(document, fill_holes(scene_of(document), FillHolesOptions()), 1), RING)
    assert not same(done(document, fill_holes(scene_of(document), FillHolesOptions("volume")), 1), RING)


def test_the_largest_island_stays_whatever_joins_it_by_a_corner() -> None:
    document = painted("""
        1 1 . . .
        . . 1 . 1
        . . . . 1
        2 . . . .
    """)
    shown = done(document, keep_largest(scene_of(document), WhereOptions()))
    assert same(shown, """
        1 1 . . .
        . . 1 . .
        . . . . .
        2 . . . .
    """)
    assert keep_largest(scene_of(document), WhereOptions()) is None


def test_the_island_that_is_pointed_at_stays() -> None:
    document = painted("1 1 . 1 . 2")
    assert keep_island(scene_of(document), KeepIslandOptions(at=at(0.5, 5.5))) is None
    assert keep_island(scene_of(document), KeepIslandOptions(at=at(0.5, 9.5))) is None
    shown = done(document, keep_island(scene_of(document), KeepIslandOptions(at=at(0.5, 3.5))))
    assert same(shown, ". . . 1 . 2")


def test_an_island_goes_through_the_slices_of_a_volume() -> None:
    document = painted("1 . 1", "1 . .", "1 . 1")
    scene = scene_of(document, plane=Plane(0, 1))
    assert keep_island(scene, KeepIslandOptions(at=at(0.5, 0.5))) is None
    done(document, keep_island(scene, KeepIslandOptions("volume", at=at(0.5, 0.5))))
    assert [picture(document, k) for k in range(3)] == ["1 . ."] * 3


def test_small_islands_go_by_pixels_or_by_square_millimetres() -> None:
    document = painted("1 . 1 1 . 1 1 1")
    assert same(done(document, drop_small(scene_of(document), DropIslandsOptions(size=2))), ". . 1 1 . 1 1 1")
    half = painted("1 . 1 1 . 1 1 1", spacing=0.5)
    assert same(done(half, drop_small(scene_of(half), DropIslandsOptions(size=0.75, unit="mm"))), ". . . . . 1 1 1")
    with pytest.raises(ValueError, match="millimetres"):
        drop_small(scene_of(document), DropIslandsOptions(unit="mm"))


def test_growing_takes_what_lies_within_the_distance_and_shrinking_gives_it_up() -> None:
    document = painted("""
        . . . . . . .
        . . . . . . .
        . . . . . . .
        . . . 1 . . .
        . . . . . . .
        . . . . . . .
        . . . . . . .
    """)
    disc = """
        . . . . . . .
        . . . 1 . . .
        . . 1 1 1 . .
        . 1 1 1 1 1 .
        . . 1 1 1 . .
        . . . 1 . . .
        . . . . . . .
    """
    assert same(done(document, grow(scene_of(document), GrowOptions(distance=2.0))), disc)
    shown = done(document, shrink(scene_of(document), GrowOptions(distance=1.0)))
    assert shown.count("1") == 5
    assert grow(scene_of(document), GrowOptions(distance=0.5)) is None


def test_the_border_of_the_image_is_no_edge_of_the_label() -> None:
    document = painted("1 1 1 1 .")
    assert same(done(document, shrink(scene_of(document), GrowOptions(distance=1.0))), "1 1 1 . .")


@pytest.mark.parametrize("distance", [1.5, 4.0, 15.0])
def test_growing_and_shrinking_agree_with_the_distances_of_all_pairs(distance: float) -> None:
    random = np.random.default_rng(7)
    ids = (random.random((24, 31)) < 0.02).astype(np.uint8)
    ids[12:, 16:] |= 1
    document = painted(ids)
    places = np.argwhere(np.ones_like(ids, bool)).astype(float)

    def near(marked: np.ndarray) -> np.ndarray:
        gaps = np.linalg.norm(places[:, None] - np.argwhere(marked)[None], axis=2)
        return (gaps.min(axis=1) <= distance).reshape(ids.shape)

    grown = made(grow(scene_of(document), GrowOptions(distance=distance)))
    shrunk = made(shrink(scene_of(document), GrowOptions(distance=distance)))
    for edit, wanted in ((grown, near(ids == 1)), (shrunk, (ids == 1) & ~near(ids == 0))):
        document.apply(edit)
        assert np.array_equal(document.mask.voxels[0] == 1, wanted)
        document.undo()


def test_millimetres_are_measured_along_each_axis_and_through_the_slices() -> None:
    image = Image(np.zeros((5, 5, 7), np.uint8), Geometry.from_affine(np.diag([1.0, 2.0, 3.0, 1.0]), 5))
    document = Document(1, image, labels=LOCKED)
    voxels = np.zeros((5, 5, 7), np.uint8)
    voxels[2, 2, 3] = 1
    document.apply(drawn(document, voxels))
    flat = made(grow(scene_of(document, plane=Plane(0, 2)), GrowOptions(distance=2.0, unit="mm")))
    assert (flat.box.shape, int(flat.after.sum())) == ((1, 3, 5), 7)
    solid = made(grow(scene_of(document, plane=Plane(0, 2)), GrowOptions("volume", distance=3.0, unit="mm")))
    assert (solid.box.shape, int((solid.after != solid.before).sum())) == ((3, 3, 7), 18)


def test_frames_in_time_are_no_body() -> None:
    image = Image(np.zeros((3, 1, 3), np.uint8), Geometry.picture(slices=3, third_axis=ThirdAxis.time))
    document = Document(1, image, labels=LOCKED)
    voxels = np.zeros((3, 1, 3), np.uint8)
    voxels[1, 0, 1] = 1
    document.apply(drawn(document, voxels))
    document.apply(made(grow(scene_of(document), GrowOptions("volume", distance=1.0))))
    assert [picture(document, k) for k in range(3)] == [". . .", "1 1 1", ". . ."]


def test_smoothing_takes_away_what_sticks_out_and_closes_what_cuts_in() -> None:
    document = painted("""
        . . . . . . . . .
        . 1 1 1 1 1 1 . .
        . 1 1 . 1 1 1 . .
        . 1 1 1 1 1 1 1 .
        . 1 1 1 1 1 1 . .
        . 1 1 1 1 1 1 . .
        . . . . . . . . .
    """)
    shown = done(document, smooth(scene_of(document), SmoothOptions(radius=1.0)))
    assert same(shown, """
        . . . . . . . . .
        . 1 1 1 1 1 1 . .
        . 1 1 1 1 1 1 . .
        . 1 1 1 1 1 1 . .
        . 1 1 1 1 1 1 . .
        . 1 1 1 1 1 1 . .
        . . . . . . . . .
    """)


def test_smoothing_with_a_large_disc_counts_exactly() -> None:
    ids = (np.random.default_rng(3).random((40, 40)) < 0.5).astype(np.uint8)
    ids[:13], ids[-13:], ids[:, :13], ids[:, -13:] = 0, 0, 0, 0
    document = painted(ids)
    document.apply(made(smooth(scene_of(document), SmoothOptions(radius=12.0))))
    rows, columns = np.ogrid[:40, :40]
    for row in range(13, 27):
        for column in range(13, 27):
            disc = (rows - row) ** 2 + (columns - column) ** 2 <= 144
            assert document.mask.voxels[0, row, column] == (2 * int(ids[disc].sum()) > int(disc.sum()))


@pytest.mark.parametrize(("labels", "rule"), [(LOCKED, PaintRule.all), (HIDDEN, PaintRule.all),
                                              (Labels(LOCKED.items[:1]), PaintRule.background)])
def test_what_is_locked_hidden_or_forbidden_by_the_rule_is_not_grown_over(labels: Labels, rule: PaintRule) -> None:
    document = painted("2 1 .", labels=labels)
    assert same(done(document, grow(scene_of(document, rule=rule), GrowOptions(distance=1.0))), "2 1 1")


def test_growing_paints_over_another_label_where_the_rule_allows_it() -> None:
    document = painted("2 1 .")
    assert same(done(document, grow(scene_of(document), GrowOptions(distance=1.0))), "1 1 1")


@pytest.mark.parametrize("labels", [LOCKED, HIDDEN])
def test_nothing_is_done_to_a_label_that_is_locked_or_hidden(labels: Labels) -> None:
    document = painted("2 . 2 2", labels=labels)
    scene = scene_of(document, active=2)
    assert keep_largest(scene, WhereOptions()) is None
    assert grow(scene, GrowOptions()) is None
    operation = next(one for one in OPERATIONS if one.id == "grow")
    assert operation.refusal(scene) is not None
    assert operation.refusal(scene_of(document)) is None


def test_inside_a_lasso_alone() -> None:
    document = painted("1 . . 1 .")
    region = np.array([[True, True, True, False, False]])
    assert same(done(document, grow(scene_of(document), GrowOptions("lasso", region, 1.0))), "1 1 1 1 .")


def test_an_operation_works_along_the_plane_that_is_shown() -> None:
    document = painted("1 . .", ". . .", "1 . .")
    document.apply(made(grow(scene_of(document, plane=Plane(1, 0)), GrowOptions(distance=1.0))))
    assert [picture(document, k) for k in range(3)] == ["1 1 .", "1 . .", "1 1 ."]


def test_what_takes_long_is_work_on_what_was_there_when_it_was_asked_for() -> None:
    ids = np.zeros((600, 600), np.uint8)
    ids[200:400, 200:400] = 1
    document = painted(ids)
    work = grow(scene_of(document), GrowOptions(distance=20.0))
    assert isinstance(work, Work)
    document.undo()
    edit = work.run()
    assert isinstance(edit, MaskEdit)
    assert edit.box.shape == (1, 240, 240)


def test_only_what_was_ever_drawn_is_looked_at() -> None:
    ids = np.zeros((600, 600), np.uint8)
    ids[10:20, 10:20] = 1
    document = painted(ids)
    assert document.history.reach.shape == (1, 10, 10)
    assert isinstance(grow(scene_of(document, with_reach=True), GrowOptions()), MaskEdit)


def test_every_operation_has_words_an_action_of_its_own_and_options() -> None:
    assert len({operation.action for operation in OPERATIONS}) == len(OPERATIONS) == 12
    assert [operation for operation in MENU if operation is not None] == list(OPERATIONS)
    for operation in OPERATIONS:
        operation.Options()
        assert operation.icon.startswith("mdi6.")
    document = blank_document()
    assert [operation.run(scene_of(document), operation.Options()) for operation in OPERATIONS] == [None] * 12


def test_clear_label_empties_the_active_label_in_this_slice_alone() -> None:
    document = painted("1 2", "1 2", "1 .")
    done(document, clear_label(scene_of(document, plane=Plane(0, 1)), ClearLabelOptions()))
    assert [picture(document, k) for k in range(3)] == ["1 2", ". 2", "1 ."]
    done(document, clear_label(scene_of(document), ClearLabelOptions(everywhere=True)))
    assert [picture(document, k) for k in range(3)] == [". 2", ". 2", ". ."]


def test_clear_label_leaves_a_locked_label_alone() -> None:
    document = painted("2", labels=LOCKED)
    assert clear_label(scene_of(document, active=2), ClearLabelOptions()) is None


def test_back_to_network_undoes_the_hand_inside_the_region_and_is_an_edit() -> None:
    document = blank_document()
    prediction = answer(document.image.shape, {0: Rect(4, 4, 10, 10)})
    document.receive(prediction, [0])
    network = document.mask.voxels.copy()
    scribbled = network.copy()
    scribbled[0, 2:18, 2:5] = 2
    document.apply(drawn(document, scribbled))
    upper = np.zeros((20, 20), bool)
    upper[:12] = True
    document.apply(made(back_to_network(scene_of(document), BackToNetworkOptions("lasso", upper))))
    assert np.array_equal(document.mask.voxels[0, :12], network[0, :12])
    assert np.array_equal(document.mask.voxels[0, 12:], scribbled[0, 12:])
    document.apply(made(back_to_network(scene_of(document), BackToNetworkOptions("volume"))))
    assert np.array_equal(document.mask.voxels, network)
    assert (document.status, document.shares().changed) == (Status.edited, 0)
    assert back_to_network(scene_of(document), BackToNetworkOptions()) is None


def test_slices_without_an_answer_stay_as_they_are() -> None:
    document = Document(1, blank_image(20, 20, 2), labels=LOCKED)
    document.receive(answer(document.image.shape, {0: Rect(4, 4, 10, 10)}), [0])
    document.apply(drawn(document, np.ones((2, 20, 20), np.uint8)))
    document.apply(made(back_to_network(scene_of(document), BackToNetworkOptions("volume"))))
    assert (int(document.mask.voxels[0].sum()), int(document.mask.voxels[1].sum())) == (36, 400)
