"""Projects for the tests: a starter of threads, a project in a folder, strokes made through Document and Brush."""

import threading
from collections.abc import Callable
from pathlib import Path

from tests.editing.scenes import at, blank_image, scene_of
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.events import Event
from urwkv_desktop.editing.tools import Brush
from urwkv_desktop.editing.tools.stroke import StrokeOptions
from urwkv_desktop.imaging import Image, Label, Labels
from urwkv_desktop.store.cases import NewCase
from urwkv_desktop.store.project import Project

LABELS = Labels((Label(1, "lesion", "#ffb020"), Label(2, "vessel", "#56b4e9")))


def start(name: str, loop: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=loop, name=name, daemon=True)
    thread.start()
    return thread


def new_project(folder: Path, *, cases: int = 1) -> Project:
    project = Project.create(folder / "work.urwkv", folder, start)
    project.add_cases([NewCase(f"sha-{n}", f"image {n}", (f"image {n}.png",)) for n in range(1, cases + 1)])
    return project


def open_document(project: Project, case: int = 1, image: Image | None = None) -> Document:
    """As a session does it: the case folded, every event handed to the store with the revision it was made for."""
    image = image or blank_image()
    loaded = project.load(case, image.shape)

    def emit(event: Event) -> None:
        project.append(case, event, document.revision - 1)

    document = Document(case, image, loaded.state, labels=LABELS, reader="ada", emit=emit,
                        is_writable=not project.is_read_only)
    return document


def stroke(document: Document, row: float, column: float, *, size: float = 4, label: int = 1, k: int = 0) -> bool:
    """Whether it changed anything."""
    from urwkv_desktop.imaging import Plane

    brush = Brush(scene_of(document, active=label, plane=Plane(0, k)), StrokeOptions(size=size))
    brush.press(at(row, column))
    edit = brush.release(at(row, column + 3))
    if edit is None:
        return False
    document.apply(edit)
    return True
