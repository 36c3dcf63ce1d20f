"""Any sequence of edits, undos, jumps, answers, case switches and restarts, against a plain list of what was done."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.editing.scenes import answer, blank_image
from tests.store.projects import new_project, open_document, start
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit, StatusEdit
from urwkv_desktop.imaging import Box, Message, Rect, Status
from urwkv_desktop.store.project import Project

SHAPE = (2, 8, 8)
IMAGE = blank_image(8, 8, slices=2)
CASES = 2

edge = st.integers(0, 7)
fills = st.tuples(st.just("fill"), st.integers(0, 1), edge, edge, st.integers(0, 3))
answers = st.tuples(st.just("answer"), st.integers(0, 1), edge, edge)
jumps = st.tuples(st.just("jump"), st.floats(0, 1))
words = st.sampled_from([("undo",), ("undo",), ("redo",), ("accept",), ("switch",), ("leave",), ("reopen",)])
steps = st.one_of(fills, fills, fills, jumps, answers, words)


@dataclass
class Model:
    """done: everything in the order of the history. position: how much of it counts."""

    done: list[tuple[object, ...]] = field(default_factory=list)
    position: int = 0

    @property
    def mask(self) -> np.ndarray:
        mask = np.zeros(SHAPE, np.uint8)
        for step in self.done[: self.position]:
            if step[0] == "fill":
                mask[step[1], step[2]: step[2] + 3, step[3]: step[3] + 3] = step[4]  # type: ignore[operator, misc]
            elif step[0] == "answer":
                mask[step[1]] = 0
                mask[step[1], step[2]: step[2] + 4, step[3]: step[3] + 4] = 1  # type: ignore[operator, misc]
        return mask

    @property
    def status(self) -> Status:
        applied = [step[0] for step in self.done[: self.position]]
        if "accept" in applied and not {"fill", "answer"} & set(applied[len(applied) - applied[::-1].index("accept"):]):
            return Status.accepted
        return Status.edited if "fill" in applied else Status.predicted if "answer" in applied else Status.new

    def add(self, step: tuple[object, ...]) -> None:
        self.done[self.position:] = [step]
        self.position += 1

    def may_answer(self, k: int) -> bool:
        touched = any(step[0] == "fill" and step[1] == k for step in self.done)
        redo = any(step[0] == "answer" and step[1] == k for step in self.done[self.position:])
        return not touched and not redo and self.status is not Status.accepted


@given(st.lists(steps, min_size=40, max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_sequence_ends_where_a_plain_list_of_it_ends(sequence: list[tuple[object, ...]]) -> None:
    follow(sequence)


def follow(sequence: list[tuple[object, ...]]) -> None:
    """Does it all in a project and in the model, and compares after every step and after the last restart."""
    with tempfile.TemporaryDirectory() as folder:
        project = new_project(Path(folder), cases=CASES)
        models = {case: Model() for case in range(1, CASES + 1)}
        document = open_document(project, 1, IMAGE)
        for step in sequence:
            project, document = _do(project, document, models, step)
            model = models[document.case]
            assert np.array_equal(document.mask.voxels, model.mask)
            assert (document.history.position, document.status) == (model.position, model.status)
        assert project.close()
        _check_file(project.path, models)


def _do(project: Project, document: Document, models: dict[int, Model], step: tuple[object, ...],
        ) -> tuple[Project, Document]:
    model = models[document.case]
    match step:
        case ("fill", int(k), int(row), int(column), int(label)):
            _fill(document, model, k, row, column, label)
        case ("answer", int(k), int(row), int(column)):
            may = model.may_answer(k)
            rect = Rect(row, column, min(row + 4, 8), min(column + 4, 8))
            assert document.receive(answer(SHAPE, {k: rect}), [k]).applied == ((k,) if may else ())
            if may:
                model.done.insert(model.position, step)
                model.position += 1
        case ("undo",):
            assert (document.undo() is not None) == (model.position > 0)
            model.position = max(0, model.position - 1)
        case ("redo",):
            assert (document.redo() is not None) == (model.position < len(model.done))
            model.position = min(len(model.done), model.position + 1)
        case ("jump", float(share)):
            model.position = round(share * len(model.done))
            document.jump(model.position)
        case ("accept",):
            document.apply(StatusEdit(Status.accepted))
            model.add(step)
        case ("leave",):
            project.leave(document.case)
        case ("switch",):
            project.leave(document.case)
            return project, open_document(project, document.case % CASES + 1, IMAGE)
        case ("reopen",):
            assert project.close()
            project = Project.open(project.path, start)
            return project, open_document(project, document.case, IMAGE)
    return project, document


def _fill(document: Document, model: Model, k: int, row: int, column: int, label: int) -> None:
    box = Box(k, row, column, k + 1, min(row + 3, 8), min(column + 3, 8))
    before = document.mask.voxels[box.index].copy()
    document.apply(MaskEdit(Message("Fill"), "fill", 0, 0, box, before, np.full(box.shape, label, np.uint8)))
    model.add(("fill", k, row, column, label))


def _check_file(path: Path, models: dict[int, Model]) -> None:
    project = Project.open(path, start, read_only=True)
    for case, model in models.items():
        loaded = project.load(case, SHAPE)
        assert np.array_equal(loaded.mask.voxels, model.mask)
        assert (loaded.row.status, loaded.history.position) == (model.status, model.position)
    project.close()
