"""Homes for tests of the whole program: a small model, folders of small pictures, and a session to work in."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from urwkv_desktop.cli import run
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.imaging import Box, Message, Status
from urwkv_desktop.workflow.jobs import Jobs, Turns
from urwkv_desktop.workflow.places import Places, find_places
from urwkv_desktop.workflow.session import Session
from urwkv_desktop.workflow.settings import Network, Settings

HEIGHT, WIDTH = 48, 64
MODEL = "tiny"


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models with one, `tiny`, which says that it suits grey ultrasound."""
    pytest.importorskip("torch", reason="the tiny model of these tests is made with torch")
    from tests.inference.tiny_model import make_tiny_model

    folder = tmp_path_factory.mktemp("tiny-models")
    make_tiny_model(folder / MODEL)
    return folder


@pytest.fixture
def places(tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A fresh home, in which `tiny` is the only model."""
    home = tmp_path / "home"
    monkeypatch.setenv("URWKV_DESKTOP_HOME", str(home))
    shutil.copytree(tiny_models, home / "data" / "models")
    return replace(find_places(), models=tmp_path / "no bundled models")


def picture(seed: int) -> npt.NDArray[np.uint8]:
    """uint8 [HEIGHT, WIDTH]: smooth noise, in which the tiny model finds shapes."""
    noise = np.random.default_rng(seed).integers(0, 256, (6, 8), dtype=np.uint8)
    grown: npt.NDArray[np.uint8] = cv2.resize(noise, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC).astype(np.uint8)
    return grown


def make_folder(folder: Path, names: Sequence[str] = ("a", "b", "c"), *, model: str | None = MODEL) -> Path:
    """Grey pictures; project.toml names their model."""
    folder.mkdir(parents=True)
    for seed, name in enumerate(names):
        (folder / f"{name}.png").parent.mkdir(parents=True, exist_ok=True)
        assert cv2.imwrite(str(folder / f"{name}.png"), picture(seed))
    if model is not None:
        (folder / "project.toml").write_text(f'[[kind]]\nfiles = ["*.png"]\nmodel = "{model}"\n')
    return folder


PROGRESS = re.compile(r"\w+: \d+ of \d+")


@dataclass(frozen=True)
class Said:
    """code: the exit code. lines: of stderr without the progress."""

    code: int
    out: str
    lines: tuple[str, ...]


@pytest.fixture
def shell(places: Places, capsys: pytest.CaptureFixture[str],
          monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Runs one command in a fresh home that has the model `tiny`."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def call(*words: object) -> Said:
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return Said(code, said.out, tuple(line for line in said.err.splitlines() if not PROGRESS.match(line)))

    return call


class Work:
    """A session on this thread."""

    def __init__(self, session: Session, turns: Turns, jobs: Jobs) -> None:
        self.session = session
        self.jobs = jobs
        self._turns = turns

    def wait(self, reached: Callable[[], bool]) -> None:
        assert self._turns.until(reached, seconds=30), "what was waited for did not come"

    def settle(self) -> None:
        """Until nothing runs and everything is acknowledged."""
        session = self.session
        self.wait(lambda: not session.is_indexing and session.progress is None and not self.jobs.jobs
                  and session.is_acknowledged and self._turns.is_idle)

    def show(self, name: str) -> Document:
        """Opens the case of that title and waits for it."""
        case = next(row.id for row in self.session.rows if row.title == name)
        self.session.open_case(case)
        self.wait(lambda: self.session.document is not None and self.session.current == case)
        assert self.session.document is not None
        return self.session.document

    def status(self, name: str) -> Status:
        return next(row.status for row in self.session.rows if row.title == name)


@contextmanager
def working(folder: Path, places: Places, *, reader: str = "Ada", network: Network | None = None) -> Iterator[Work]:
    turns = Turns()
    jobs = Jobs(turns.post)
    settings = Settings(network=network or Network()).changed("reader", name=reader)
    session = Session.open(folder, places=places, jobs=jobs, post=turns.post, settings=settings)
    try:
        yield Work(session, turns, jobs)
    finally:
        session.close()
        assert jobs.shutdown()


def stroke(document: Document, *, row: int = 3, column: int = 4, size: int = 5, label: int | None = None) -> MaskEdit:
    """A square of the hand, other than what stands there."""
    box = Box(0, row, column, 1, row + size, column + size)
    before = document.mask.voxels[box.index].copy()
    first = document.labels.items[0].id if label is None else label
    value = 0 if (before == first).all() else first
    after = np.full(before.shape, value, np.uint8)
    edit = MaskEdit(Message("Brush"), "brush", 0, 0, box, before, after, reader=document.reader)
    document.apply(edit)
    return edit
