"""Ctrl+Z takes back what was done last, also where it stands outside of the open case's history."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.e2e.driver import Hand, Steps, walk
from tests.e2e.test_open_again import make
from urwkv_desktop.imaging import Status

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def test_enter_by_mistake_is_taken_back_and_the_next_case_is_left_alone(
        program_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walk(monkeypatch, [str(make(tmp_path / "images", ("one", "two"), 0))], accepted_by_mistake(Hand()))


def accepted_by_mistake(hand: Hand) -> Steps:
    yield lambda: hand.has_project and hand.shows("one")
    hand.stroke(20, 20, 30, 30)
    yield lambda: hand.is_saved and hand.document.status is Status.edited
    painted = hand.document.mask.voxels.copy()
    hand.press(K.Key_Return)
    yield lambda: hand.shows("two") and hand.row("one").status is Status.accepted
    hand.press(K.Key_Z, CTRL)
    yield lambda: hand.shows("one") and hand.row("one").status is Status.edited
    assert (hand.document.mask.voxels == painted).all()

    # What a hand did since is taken back before it.
    hand.press(K.Key_Return)
    yield lambda: hand.shows("two") and hand.row("one").status is Status.accepted
    hand.stroke(20, 20, 30, 30)
    yield lambda: hand.is_saved and bool(hand.document.mask.voxels.any())
    hand.press(K.Key_Z, CTRL)
    yield lambda: hand.is_saved and not hand.document.mask.voxels.any()
    assert hand.shows("two")
    assert hand.row("one").status is Status.accepted
    hand.press(K.Key_Z, CTRL)
    yield lambda: hand.shows("one") and hand.row("one").status is Status.edited

    # Who went on by himself has left it behind.
    hand.press(K.Key_Return)
    yield lambda: hand.shows("two") and hand.row("one").status is Status.accepted
    hand.choose("one")
    yield lambda: hand.shows("one")
    hand.choose("two")
    yield lambda: hand.shows("two")
    hand.press(K.Key_Z, CTRL)
    yield lambda: hand.is_saved
    assert hand.row("one").status is Status.accepted


def test_a_deleted_label_comes_back_with_what_it_marked(
        program_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walk(monkeypatch, [str(make(tmp_path / "images", ("one", "two"), 0))], deleted_by_mistake(Hand()))


def deleted_by_mistake(hand: Hand) -> Steps:
    yield lambda: hand.has_project and hand.shows("one")
    hand.stroke(20, 20, 30, 30)
    yield lambda: hand.is_saved and bool(hand.document.counts())
    panel, band, counts = hand.space.inspector.labels, hand.space.area.band, hand.document.counts()
    panel.changed.emit(hand.document.labels.with_label(hand.document.labels.items[0]))  # no change: nothing is told
    assert not band.isVisible()
    panel._append()
    panel._delete(next(iter(counts)))
    assert hand.document.counts() == {}
    assert "is deleted" in band.text()
    hand.press(K.Key_Z, CTRL)
    assert hand.document.counts() == counts
    assert not band.isVisible()
    panel._delete(next(iter(counts)))
    assert hand.document.counts() == {}
    hand.click("Undo", band)
    assert hand.document.counts() == counts

    # Once the labels have changed again it is no longer the deletion that undo would take back.
    panel._delete(next(iter(counts)))
    renamed = replace(hand.document.labels.items[0], name="Rim")
    panel.changed.emit(hand.document.labels.with_label(renamed))
    assert not band.isVisible()
    hand.press(K.Key_Z, CTRL)
    assert hand.document.labels.get(renamed.id) == renamed
    assert hand.document.counts() == {}
    yield lambda: hand.is_saved
