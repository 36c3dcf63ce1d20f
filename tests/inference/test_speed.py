"""What an image takes is learnt once for each model, device and precision, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from urwkv_desktop.inference.speed import FILE, SpeedBook


def test_a_speed_is_known_after_six_images_and_on_another_day(tmp_path: Path) -> None:
    book = SpeedBook(tmp_path / "cache")
    for ms in (900.0, 40, 42, 41, 43):
        book.saw("a", "CPU", ms)
    assert book.ms("a", "CPU") is None
    book.saw("a", "CPU", 44)
    assert book.ms("a", "CPU") == 42  # the first, which wakes everything, is left out
    again = SpeedBook(tmp_path / "cache")
    assert (again.ms("a", "CPU"), again.ms("a", "CUDA"), again.ms("b", "CPU")) == (42, None, None)
    for _ in range(9):
        again.saw("a", "CPU", 500)
    assert again.ms("a", "CPU") == 42


@pytest.mark.parametrize("content", [b"", b"no json", b"[1]", b'{"a": "b"}', b"\xff"])
def test_a_damaged_file_is_learnt_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    book = SpeedBook(tmp_path)
    for _ in range(6):
        book.saw("a", "CPU", 10)
    assert SpeedBook(tmp_path).ms("a", "CPU") == 10


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for book in (SpeedBook(None), SpeedBook(tmp_path / "file")):
        for _ in range(6):
            book.saw("a", "CPU", 10)
        assert book.ms("a", "CPU") == 10
