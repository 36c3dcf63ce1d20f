"""A folder with damaged files: each says so in its row, and everything else goes on."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from tests.e2e.driver import Hand, Steps, walk
from urwkv_desktop.gui.panels.worklist_model import refusal_sentence


def test_damaged_files_are_rows_with_a_sentence_and_the_rest_opens(program_home: Path, tmp_path: Path,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    pixels = np.random.default_rng(0).integers(0, 255, (120, 160), np.uint8)
    Picture.fromarray(pixels).save(folder / "good.png")
    whole = (folder / "good.png").read_bytes()
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.png").write_bytes(b"")
    (folder / "text.png").write_text("no picture")
    walk(monkeypatch, [str(folder)], look(Hand()))
    assert (folder / "good.png").read_bytes() == whole


def look(hand: Hand) -> Steps:
    yield lambda: hand.has_project and hand.shows("good")
    sentences = {file: refusal_sentence(hand.row(file)) for file in hand.files()}
    assert sentences.pop("good") is None
    assert set(sentences) == {"cut", "empty", "text"}
    assert all(sentences.values())
    hand.choose("cut")
    yield lambda: hand.card.isVisible() and not hand.space.inspector.footer.accept.isEnabled()
    assert "incomplete" in hand.card.accessibleName()
    hand.choose("good")
    yield lambda: hand.shows("good")
    assert hand.space.inspector.footer.accept.isEnabled()
