"""Projects are opened beside the event loop, one at a time, and what is on screen is never opened again."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Closable, Opened, wait_until
from tests.gui.stand_in import BROKEN
from urwkv_desktop.gui.bridge import Bridge
from urwkv_desktop.gui.opening import Opener, Wish
from urwkv_desktop.workflow import Jobs
from urwkv_desktop.workflow.opening import Opening

A, B = Wish(Path("/a")), Wish(Path("/b"))


class Table:
    """An Opener whose openings wait for `gate`; what it told is in `told`."""

    def __init__(self) -> None:
        self.gate, self.told, self.made = threading.Event(), list[object](), list[tuple[Wish, Closable]]()
        self.shown: Path | None = None
        self._bridge = Bridge()
        self.jobs = Jobs(self._bridge.later)
        self.opener = Opener(self.jobs, self._prepare, lambda: self.shown)
        self.opener.opened.connect(self.told.append)
        self.opener.refused.connect(self.told.append)
        self.opener.is_shown.connect(self.told.append)

    def _prepare(self, wish: Wish, shown: Path | None) -> Opening | None:
        assert self.gate.wait(10)
        if wish.target == shown:
            return None
        if wish.target.name == "refused":
            raise BROKEN
        self.made.append((wish, Closable()))
        return self.made[-1][1]  # type: ignore[return-value]


@pytest.fixture
def table(qapp: QApplication) -> Iterator[Table]:
    made = Table()
    yield made
    made.gate.set()
    made.opener.close()
    made.jobs.shutdown()
    qapp.processEvents()


def test_asking_twice_opens_once(table: Table) -> None:
    table.opener.ask(A)
    table.opener.ask(A)
    table.gate.set()
    wait_until(lambda: bool(table.told))
    QApplication.processEvents()
    assert table.told == [table.made[0][1]]
    assert len(table.made) == 1


def test_of_several_wishes_the_last_is_shown_and_the_first_closed_again(table: Table) -> None:
    for wish in (A, Wish(Path("/between")), B):
        table.opener.ask(wish)
    table.gate.set()
    wait_until(lambda: bool(table.told))
    (first, unseen), (last, seen) = table.made
    assert (first, last) == (A, B)
    assert unseen.is_closed
    assert not seen.is_closed
    assert table.told == [seen]


def test_a_refusal_is_told_and_the_next_wish_is_heard(table: Table) -> None:
    table.gate.set()
    table.opener.ask(Wish(Path("/refused")))
    wait_until(lambda: table.told == [BROKEN])
    table.opener.ask(A)
    wait_until(lambda: len(table.told) == 2)


def test_a_project_that_was_closed_while_it_was_asked_for_again_is_opened(table: Table) -> None:
    table.shown = A.target
    table.opener.ask(A)
    table.shown = None
    table.gate.set()
    wait_until(lambda: bool(table.told))
    assert table.told == [table.made[0][1]]


def test_what_arrives_after_the_window_was_closed_is_closed_too(table: Table) -> None:
    table.opener.ask(A)
    table.gate.set()
    table.opener.close()
    QApplication.processEvents()
    assert table.told == []
    assert all(opening.is_closed for _, opening in table.made)


def test_a_slow_opening_says_so_where_the_person_looks(opened: Opened) -> None:
    opened.program._say_opening("archive")
    assert opened.window.workspace.area.band.text() == "Opening archive…"


def test_the_project_on_screen_is_kept_and_the_named_image_shown(opened: Opened) -> None:
    window = opened.window
    opened.program.open(Path("/nowhere/case-4.png"))
    wait_until(lambda: opened.session.current == 4)
    assert opened.window is window
    assert not opened.asked("close")
