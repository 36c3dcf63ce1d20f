"""A mistake of ours while it saves: told at once, nothing more is called saved, and what stood before is whole."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.projects import new_project, open_document, stroke
from urwkv_desktop.editing.edits import StatusEdit
from urwkv_desktop.imaging import Refusal, Status
from urwkv_desktop.store.cases import NewCase
from urwkv_desktop.store.project import Project
from urwkv_desktop.store.writer import Write, Writer


class Runner:
    """Keeps what ended a thread, as the program's own starter does."""

    def __init__(self) -> None:
        self.crashes: list[BaseException] = []
        self.threads: list[threading.Thread] = []

    def __call__(self, name: str, loop: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                loop()
            except BaseException as error:  # noqa: BLE001 - whatever it was
                self.crashes.append(error)

        self.threads.append(threading.Thread(target=guarded, name=name, daemon=True))
        self.threads[-1].start()

    def wait(self) -> None:
        for thread in self.threads:
            thread.join(5)
            assert not thread.is_alive()


def opened(path: Path) -> tuple[Writer, Runner, list[Refusal]]:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.execute("CREATE TABLE IF NOT EXISTS word (text TEXT)")
        return connection

    runner, troubles = Runner(), list[Refusal]()
    return Writer(connect, runner, name="writer", on_error=troubles.append), runner, troubles


def word(text: object) -> Write:
    return Write(lambda connection: connection.execute("INSERT INTO word VALUES (?)", (text,)) and None)


@pytest.mark.parametrize("mistake", ["no \udcff text", object(), 2 ** 70])
def test_a_mistake_in_one_write_is_told_and_answers_every_later_one(tmp_path: Path, mistake: object) -> None:
    writer, runner, troubles = opened(tmp_path / "words")
    writer.put(word("before")).result(5)
    with pytest.raises(Refusal, match="made a mistake while it saved"):
        writer.put(word(mistake)).result(5)
    runner.wait()
    assert len(runner.crashes) == 1
    assert [str(trouble.cause) for trouble in troubles] == [
        "The program made a mistake while it saved, and saves nothing more into this project."]
    with pytest.raises(Refusal):
        writer.put(word("after")).result(5)
    assert writer.close(5)
    with closing(sqlite3.connect(tmp_path / "words")) as connection:
        assert connection.execute("SELECT text FROM word").fetchall() == [("before",)]


def test_nothing_that_waited_beside_a_mistake_is_called_saved(tmp_path: Path) -> None:
    writer, runner, _ = opened(tmp_path / "words")
    gate = threading.Event()
    writer.put(Write(lambda connection: gate.wait(5)))
    waiting = [writer.put(word(text)) for text in ("one", "no \udcff text", "two")]
    gate.set()
    for write in waiting:
        with pytest.raises(Refusal):
            write.result(5)
    runner.wait()
    with closing(sqlite3.connect(tmp_path / "words")) as connection:
        assert connection.execute("SELECT text FROM word").fetchall() == []


def test_a_project_whose_writing_ended_by_a_mistake_opens_again_with_all_that_was_acknowledged(tmp_path: Path) -> None:
    new_project(tmp_path).close()
    runner, troubles = Runner(), list[Refusal]()
    project = Project.open(tmp_path / "work.urwkv", runner)
    project.on_error = troubles.append
    document = open_document(project)
    assert stroke(document, 3, 5)
    assert project.flush()
    project.add_cases([NewCase("sha-2", "no \udcff text", ("2.png",))])
    runner.wait()
    assert len(troubles) == 1
    with pytest.raises(Refusal):
        project.append(1, StatusEdit(Status.accepted, 9)).result(5)
    assert not project.flush()
    assert not project.close()

    again = Project.open(tmp_path / "work.urwkv", Runner())
    assert [row.title for row in again.cases()] == ["image 1"]
    assert open_document(again).mask.voxels.any()
    assert again.close()
