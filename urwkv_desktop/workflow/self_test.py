"""The program tests itself where it is installed: a sample is opened, predicted, edited, undone, exported, compared."""

import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from urwkv_desktop.editing.distance import distance
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.operations.islands import islands
from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.editing.tools import Brush
from urwkv_desktop.imaging import ImagePoint, Message, Plane, Rect, Refusal, Status, Window
from urwkv_desktop.workflow.places import Places
from urwkv_desktop.workflow.walk import export_all, opened_samples, show


def self_test(places: Places, tell: Callable[[Message], None]) -> None:
    """Raises Refusal with what failed. tell: after each step."""
    with _no_network(), opened_samples(places, "self-test") as (session, turns):
        turns.until(lambda: not session.is_indexing)
        _demand(bool(session.rows), Message("No sample was found."))
        document = show(session, turns, session.rows[0].id)
        _demand(document.status is Status.predicted, session.unsuited or Message("The network did not answer."))
        tell(Message("opened and predicted: {pixels} pixels, {engine}", pixels=sum(document.counts().values()),
                     engine=session.engine_note))
        _paint(document)
        _measure_volume()
        tell(Message("edited, undone, redone"))
        session.accept(then_next=False)
        with tempfile.TemporaryDirectory(prefix="urwkv-desktop-") as folder:
            report = export_all(session, turns, Path(folder))
            _compare(document, Path(folder), session.rows[0].files[0].partition(".")[0])
            tell(Message("exported and compared: {count} files", count=len(report.written)))


def _paint(document: Document) -> None:
    before = document.mask.voxels.copy()
    height, width = document.image.shape[1:]
    scene = Scene(document.image, document.mask, document.prediction, document.labels, PaintRule.all,
                  document.labels.items[0].id, Plane(0, 0), Rect(0, 0, height, width), Window(128, 256),
                  document.reader, document.begin_group)
    brush = Brush(scene, Brush.Options(), inverted=bool(before[0, height // 4, width // 4]))
    brush.press(ImagePoint(height / 4, width / 4))
    edit = brush.release(ImagePoint(height / 4, width / 3))
    if not isinstance(edit, MaskEdit):
        raise _failed(Message("A stroke changed nothing."))
    document.apply(edit)
    after = document.mask.voxels.copy()
    _demand(bool((before != after).any()), Message("A stroke changed nothing."))
    document.undo()
    _demand(np.array_equal(document.mask.voxels, before), Message("Undo did not give the mask back."))
    document.redo()
    _demand(np.array_equal(document.mask.voxels, after), Message("Redo did not give the stroke back."))


def _measure_volume() -> None:
    """With the compiled libraries that only a volume's operations need: two cubes, three voxels apart."""
    cubes = np.zeros((8, 8, 11), bool)
    cubes[2:6, 2:6, 1:4] = cubes[2:6, 2:6, 7:10] = True
    _, sizes = islands(cubes)
    _demand(sizes[1:].tolist() == [48, 48] and float(distance(~cubes, (1.0, 1.0, 1.0))[3, 3, 5]) == 2.0,
            Message("Islands or distances of a volume are wrong."))


def _compare(document: Document, folder: Path, stem: str) -> None:
    import cv2

    found = cv2.imread(str(folder / f"{stem}.png"), cv2.IMREAD_UNCHANGED)
    _demand(found is not None and np.array_equal(found, document.mask.voxels[0]),
            Message("The exported mask is not the one on screen."))


@contextmanager
def _no_network() -> Iterator[None]:
    """Whoever asks for a network socket in this process gets an error."""
    real = socket.socket

    class Forbidden(socket.socket):
        def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:
            if fileno is None and family in (-1, socket.AF_INET, socket.AF_INET6):
                raise _failed(Message("Something asked for a network socket."))
            super().__init__(family, type, proto, fileno)

    module: Any = socket
    module.socket = Forbidden
    try:
        yield
    finally:
        module.socket = real


def _demand(is_so: bool, otherwise: Message) -> None:
    if not is_so:
        raise _failed(otherwise)


def _failed(cause: Message) -> Refusal:
    return Refusal(tried=Message("The program's test of itself."), cause=cause,
                   cure=Message("This installation is not to be relied on; install it again."))
