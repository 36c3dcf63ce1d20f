"""Three linked planes of a volume: what is painted in any of them is the voxel under the hand."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.canvas.hand import LEFT, SHIFT, document_of, drag, screen, wheel
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import PaintRule
from urwkv_desktop.editing.tools import Brush
from urwkv_desktop.gui.canvas.mask_content import MaskContent
from urwkv_desktop.gui.canvas.orientation import plane_name, shape_of
from urwkv_desktop.gui.canvas.plane_view import PlaneView
from urwkv_desktop.gui.canvas.planes import Planes
from urwkv_desktop.gui.panels.tool_strip import ToolStrip
from urwkv_desktop.gui.theme import DARK
from urwkv_desktop.gui.workspace import CanvasArea
from urwkv_desktop.imaging import Box, Geometry, Image, ImagePoint, Message, Plane

SHAPE = (9, 24, 32)


def oblique(*, degrees: float = 20.0, order: tuple[int, int, int] = (0, 1, 2), signs: tuple[int, int, int] = (1, 1, 1),
            slices: int = SHAPE[0]) -> Geometry:
    """Spacing 0.7 (columns), 1.1 (rows), 3.3 mm (slices), turned about two axes; order: along which LPS axis each of
    columns, rows and slices runs, before the turn."""
    angle = np.radians(degrees)
    about_x = np.array([[1, 0, 0], [0, np.cos(angle), -np.sin(angle)], [0, np.sin(angle), np.cos(angle)]])
    half = angle / 2
    about_z = np.array([[np.cos(half), -np.sin(half), 0], [np.sin(half), np.cos(half), 0], [0, 0, 1]])
    axes = np.eye(3)[list(order)] * np.array(signs)[:, None]
    affine = np.eye(4)
    affine[:3, :3] = (about_z @ about_x @ axes.T) * np.array([0.7, 1.1, 3.3])
    affine[:3, 3] = (-40, 25, 7)
    return Geometry.from_affine(affine, slices)


@pytest.fixture
def area(qtbot: QtBot) -> Iterator[CanvasArea]:
    planes = Planes(DARK)
    made = CanvasArea(planes, ToolStrip(()))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    yield made
    planes.show_document(None)


def show(area: CanvasArea, pixels: np.ndarray, geometry: Geometry, **about: object) -> Document:
    document = document_of(pixels, geometry=geometry, **about)
    area.planes.show_document(document)
    if not area.planes.is_on:
        area.planes.toggle()
    QApplication.processEvents()
    return document


def brightest(view: PlaneView) -> QPoint:
    """The middle of the brightest part of what is painted: no transform of ours is asked."""
    shown = screen(view).astype(int).min(axis=2)
    shown[:40], shown[-40:] = 0, 0  # texts stand there
    rows, columns = np.nonzero(shown == shown.max())
    return QPointF(float(np.median(columns)), float(np.median(rows))).toPoint()


@pytest.mark.parametrize(("order", "signs"), [((0, 1, 2), (1, 1, 1)), ((0, 1, 2), (-1, -1, 1)),
                                             ((1, 2, 0), (1, -1, -1)), ((2, 0, 1), (-1, 1, 1))])
@pytest.mark.parametrize("modality", ["", "MR"])
def test_what_is_painted_in_any_plane_is_the_voxel_under_the_hand(
        area: CanvasArea, order: tuple[int, int, int], signs: tuple[int, int, int], modality: str) -> None:
    voxel = (5, 8, 20)
    pixels = np.zeros(SHAPE, np.uint8)
    pixels[voxel] = 255
    document = show(area, pixels, oblique(order=order, signs=signs), modality=modality)
    area.planes.main.set_tool(Brush, Brush.Options(size=1.0))
    area.planes.main.mask_style = "outline"
    for view in area.planes.views:
        view.set_place(voxel)
        view.shows_cross = False
        at = brightest(view)
        QTest.mouseClick(view, LEFT, Qt.KeyboardModifier.NoModifier, at)
        assert np.argwhere(document.mask.voxels).tolist() == [list(voxel)], view.plane
        document.undo()


def test_three_planes_keep_the_label_the_tool_and_the_rule_that_were_chosen_before_they_were_asked_for(
        area: CanvasArea) -> None:
    document = show(area, np.zeros(SHAPE, np.uint8), oblique(degrees=0))
    planes = area.planes
    planes.toggle()
    planes.main.set_tool(Brush, Brush.Options(size=3.0))
    planes.main.set_active_label(2)
    planes.main.set_rule(PaintRule.background)
    planes.toggle()
    assert [view.tool_class for view in planes.views] == [Brush] * 3
    assert {scene.active for view in planes.views if (scene := view.scene())} == {2}
    assert {scene.rule for view in planes.views if (scene := view.scene())} == {PaintRule.background}
    QTest.mouseClick(planes.main, LEFT, Qt.KeyboardModifier.NoModifier, planes.main.rect().center())
    assert set(np.unique(document.mask.voxels)) == {0, 2}


def test_a_plane_has_its_true_shape(area: CanvasArea) -> None:
    show(area, np.zeros(SHAPE, np.uint8), oblique(degrees=0))
    millimetres = (SHAPE[0] * 3.3, SHAPE[1] * 1.1, SHAPE[2] * 0.7)
    for view in area.planes.views:
        extent = view.transform.extent(view.shape_on_screen.rect)
        rows, columns = (axis for axis in range(3) if axis != view.plane.axis)
        across, down = (rows, columns) if view.shape_on_screen.swapped else (columns, rows)
        assert extent.width / extent.height == pytest.approx(millimetres[across] / millimetres[down], rel=0.02)


def test_planes_stand_upright_however_the_volume_is_stored() -> None:
    for order in ((0, 1, 2), (1, 2, 0), (2, 0, 1), (0, 2, 1), (1, 0, 2), (2, 1, 0)):
        for signs in ((1, 1, 1), (-1, 1, -1), (1, -1, -1)):
            image = Image(np.zeros(SHAPE, np.uint8), oblique(order=order, signs=signs, degrees=5))
            named = {plane_name(image, axis)[0]: axis for axis in range(3)}
            assert set(named) == {"axial", "coronal", "sagittal"}
            for name, letters in (("axial", "RALP"), ("coronal", "RHLF"), ("sagittal", "AHPF")):
                plane = Plane(named[name], 0)
                from urwkv_desktop.gui.canvas.orientation import sides
                assert "".join(side[0] for side in sides(image, plane, shape_of(image, plane))) == letters


def test_a_direction_that_leans_is_named_by_two_letters(area: CanvasArea) -> None:
    show(area, np.zeros(SHAPE, np.uint8), oblique(degrees=25), modality="MR")
    assert area.planes.main.corner_texts.sides[1] == "AF"
    assert area.planes.main.corner_texts.top_right[0].startswith("Axial, oblique  5 / 9")


def test_shift_and_a_click_move_the_cross_hair_of_all_planes(area: CanvasArea) -> None:
    document = show(area, np.zeros(SHAPE, np.uint8), oblique())
    area.planes.main.set_tool(Brush)
    view = area.planes.views[2]
    x, y = view.transform.to_screen(ImagePoint(2.5, 7.5))
    drag(view, [view.rect().center(), QPointF(x, y).toPoint()], held=SHIFT)
    rows, columns = (axis for axis in range(3) if axis != view.plane.axis)
    assert (view.place_in_volume[rows], view.place_in_volume[columns]) == (2, 7)
    assert {one.place_in_volume for one in area.planes.views} == {view.place_in_volume}
    assert all(one.plane.index == one.place_in_volume[one.plane.axis] for one in area.planes.views)
    assert not document.mask.voxels.any()


def test_the_wheel_steps_the_plane_it_is_over_and_the_others_show_where(area: CanvasArea) -> None:
    show(area, np.zeros(SHAPE, np.uint8), oblique())
    view = area.planes.views[1]
    before, main = view.plane.index, area.planes.main.plane.index
    wheel(view, -2)
    assert view.plane.index == before + 2
    assert area.planes.main.plane.index == main
    assert area.planes.main.place_in_volume[view.plane.axis] == before + 2


def test_an_edit_in_one_plane_is_seen_in_the_others_and_undone_where_it_was_made(area: CanvasArea) -> None:
    document = show(area, np.zeros(SHAPE, np.uint8), oblique())
    view = area.planes.views[2]
    plain = [screen(one) for one in area.planes.views]
    edit = MaskEdit(Message("x"), "brush", 0, 0, Box(3, 5, 12, 6, 15, 20), np.zeros((3, 10, 8), np.uint8),
                    np.ones((3, 10, 8), np.uint8))
    document.apply(edit)
    assert all((screen(one) != before).any() for one, before in zip(area.planes.views, plain, strict=True))
    view.set_slice(0)
    change = document.undo()
    assert change is not None
    assert change.box is not None
    view.reveal(change.box)
    assert change.box.i0 <= view.plane.index < change.box.i1 if view.plane.axis == 2 else True
    assert all(one.place_in_volume == view.place_in_volume for one in area.planes.views)


def test_tool_label_window_and_look_are_the_same_in_every_plane(area: CanvasArea) -> None:
    show(area, np.zeros(SHAPE, np.int16), oblique())
    side = area.planes.views[1]
    area.planes.main.set_tool(Brush, Brush.Options(size=9.0))
    area.planes.main.set_active_label(2)
    side.window = type(side.window)(7.0, 70.0)
    side.fill_opacity = 0.5
    QTest.mouseClick(side, LEFT, Qt.KeyboardModifier.NoModifier, side.rect().center())
    assert area.planes.active is side
    for view in area.planes.views:
        assert view.tool_options == Brush.Options(size=9.0)
        assert (view.window.width, view.fill_opacity) == (70.0, 0.5)
    assert set(np.unique(side.document.mask.voxels)) == {0, 2}  # type: ignore[union-attr]


def test_a_picture_has_one_plane_and_the_next_volume_three_again(area: CanvasArea) -> None:
    show(area, np.zeros(SHAPE, np.uint8), oblique())
    area.planes.show_document(document_of(np.zeros((1, 40, 40), np.uint8)))
    assert not area.planes.is_on
    assert not area.planes.views[1].isVisible()
    assert not area.bars[0].isVisible()
    area.planes.show_document(document_of(np.zeros(SHAPE, np.uint8), geometry=oblique()))
    assert area.planes.views[1].isVisible()
    area.planes.toggle()
    assert area.planes.views[1].document is None


def test_another_plane_becomes_the_large_one(area: CanvasArea) -> None:
    show(area, np.zeros(SHAPE, np.uint8), oblique())
    seen = []
    for _ in range(3):
        seen.append(area.planes.main.plane.axis)
        assert {view.plane.axis for view in area.planes.views} == {0, 1, 2}
        area.planes.turn()
    assert sorted(seen) == [0, 1, 2]


def test_slices_with_scales_of_their_own_are_shown_in_one_window_across_them(area: CanvasArea) -> None:
    pixels = np.full(SHAPE, 10, np.int16)
    slope = tuple(float(k + 1) for k in range(SHAPE[0]))
    show(area, pixels, oblique(degrees=0), slope=slope, modality="PT")
    view = next(one for one in area.planes.views if one.plane.axis == 1)
    view.window = type(view.window)(50.5, 101.0)
    view.shows_cross = False
    shown = screen(view)[..., 0].astype(int)
    x, _ = view.transform.to_screen(ImagePoint(0, 12.5))
    for k in range(SHAPE[0]):
        _, y = view.transform.to_screen(ImagePoint(k + 0.5, 0))
        assert abs(shown[int(y), int(x)] - min(255, round(10 * (k + 1) / 100 * 255))) <= 3


def test_what_is_known_of_the_mask_never_leaves_a_pixel_out() -> None:
    random = np.random.default_rng(5)
    voxels = np.zeros((7, 11, 13), np.uint8)
    content = MaskContent(lambda: voxels)
    for _ in range(60):
        low = random.integers(0, (6, 10, 12))
        high = low + 1 + random.integers(0, np.array((7, 11, 13)) - low)
        box = Box(*low.tolist(), *high.tolist())
        voxels[box.index] = random.integers(0, 2) * random.integers(0, 3, box.shape)
        content.touched(box)
        if random.random() < 0.5:
            while content.learn(0.0):
                pass
        for axis in range(3):
            for index in range(voxels.shape[axis]):
                found = np.argwhere(Plane(axis, index).cut(voxels))
                rect = content.bounds(Plane(axis, index))
                assert all(rect.top <= r < rect.bottom and rect.left <= c < rect.right for r, c in found)
        if content.is_known:
            for axis in range(3):
                others = tuple(other for other in range(3) if other != axis)
                assert content.marks(axis).tolist() == voxels.any(axis=others).tolist()


def test_the_right_arrow_goes_right_on_the_screen_in_every_plane(area: CanvasArea) -> None:
    show(area, np.zeros(SHAPE, np.uint8), oblique(order=(1, 2, 0), signs=(1, -1, -1)))
    for view in area.planes.views:
        view.setFocus()
        QTest.mouseMove(view, view.rect().center())  # the cursor begins where the mouse rests, wherever that was left
        QTest.keyClick(view, Qt.Key.Key_Right)  # shows the cursor
        before = view.place_of_hand()
        QTest.keyClick(view, Qt.Key.Key_Right)
        QTest.keyClick(view, Qt.Key.Key_Right)
        after = view.place_of_hand()
        assert before is not None
        assert after is not None
        (x0, y0), (x1, y1) = view.transform.to_screen(before), view.transform.to_screen(after)
        assert x1 > x0
        assert y1 == y0
