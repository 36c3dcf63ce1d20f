"""What is brought onto the screen of a volume is what is stored, whether it was gathered beforehand or not."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.gui.canvas.hand import document_of, screen
from urwkv_desktop.gui.canvas import plane_values
from urwkv_desktop.gui.canvas.plane_values import PlaneValues
from urwkv_desktop.gui.canvas.view import CanvasView
from urwkv_desktop.imaging import Geometry, Image, Plane, ThirdAxis


class Later:
    """Another thread's stand-in: does what it was given when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def work(self) -> int:
        done = len(self.waiting)
        while self.waiting:
            self.waiting.pop(0)()
        return done


def volume(shape: tuple[int, ...] = (7, 9, 40)) -> Image:
    pixels = np.random.default_rng(1).integers(0, 4000, shape).astype(np.uint16)
    return Image(pixels, Geometry.picture(slices=shape[0], third_axis=ThirdAxis.space))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Even small planes are gathered beforehand."""
    monkeypatch.setattr(plane_values, "_FEW", 0)
    return Later()


@pytest.mark.parametrize("shape", [(7, 9, 40), (5, 6, 33, 3)])
def test_every_plane_is_what_is_stored_before_and_after_it_was_gathered(later: Later, shape: tuple[int, ...]) -> None:
    image, values = volume(shape), PlaneValues(later.waiting.append)
    for _ in range(2):
        for axis in range(3):
            for index in range(shape[axis]):
                plane = Plane(axis, index)
                found, is_scaled = values.of(image, plane)
                assert np.array_equal(found, plane.cut(image.pixels))
                assert not is_scaled
                later.work()


def test_a_step_along_the_last_axis_finds_its_plane_gathered(later: Later, monkeypatch: pytest.MonkeyPatch) -> None:
    image, values = volume(), PlaneValues(later.waiting.append)
    values.of(image, Plane(2, 3))
    later.work()
    gathered: list[object] = []
    monkeypatch.setattr(plane_values.np, "ascontiguousarray", gathered.append)
    for index in (*range(4, 40), *range(39, -1, -1)):
        values.of(image, Plane(2, index))
        later.work()
    assert not gathered


def test_a_hand_that_is_faster_than_the_reading_waits_for_nothing_that_it_has_passed(later: Later) -> None:
    image, values = volume((7, 9, 160)), PlaneValues(later.waiting.append)
    for index in range(160):
        values.of(image, Plane(2, index))
    assert values._across is not None
    later.work()
    assert list(values._across[1]._blocks) == [9]


def test_only_a_few_blocks_are_kept_and_none_of_an_image_that_is_left(later: Later,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plane_values, "_BYTES", 0)
    image, values = volume((7, 9, 160)), PlaneValues(later.waiting.append)
    for index in range(160):
        values.of(image, Plane(2, index))
        later.work()
    assert values._across is not None
    assert len(values._across[1]._blocks) <= 3
    values.forget()
    assert values._across is None


@pytest.mark.parametrize("zoom", [0.6, 3.0])
def test_the_screen_shows_the_same_whether_the_plane_was_gathered_or_not(view: CanvasView, later: Later, zoom: float,
                                                                         ) -> None:
    shape = (150, 160, 40)
    pixels = np.random.default_rng(2).integers(0, 255, shape).astype(np.uint8)
    document = document_of(pixels, geometry=Geometry.from_affine(np.diag([1.0, 1.0, 1.5, 1.0]), shape[0]))
    view.show_document(document)
    view.set_axis(2)
    view.zoom = zoom
    bare = []
    for index in range(14, 20):
        view.set_slice(index)
        bare.append(screen(view))
    view.beside = later.waiting.append
    view.set_slice(0)
    for index, before in zip(range(14, 20), bare, strict=True):
        view.set_slice(index)
        later.work()
        view.set_slice(index + 1)
        view.set_slice(index)
        assert np.array_equal(screen(view), before)
