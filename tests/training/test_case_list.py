"""Lists of cases as spreadsheets write them, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

from urwkv_desktop.imaging import Refusal
from urwkv_desktop.training.case_list import read_rows

PLAIN = "image,mask,class,group,fold\nimages/ä.png,masks/ä.png,gutartig,g1,0\nimages/b.png,masks/b.png,bösartig,g2,1\n"
WANTED = ["gutartig g1 0", "bösartig g2 1"]


def listed(folder: Path, stored: bytes) -> list[str]:
    (folder / "folds.csv").write_bytes(stored)
    rows = read_rows(folder / "folds.csv")
    assert [row["image"] for row in rows] == ["images/ä.png", "images/b.png"]
    return [f"{row['class']} {row['group']} {row['fold']}" for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_is_read_as_spreadsheets_write_it(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    text = PLAIN.replace(",", delimiter).replace("\n", end)
    assert listed(tmp_path, text.encode(encoding)) == WANTED


def test_capitals_spaces_and_quotes_make_no_difference(tmp_path: Path) -> None:
    text = PLAIN.replace("image,mask,class,group", ' Image , MASK,"Class",Group').replace(",g1", ', "g1" ')
    assert listed(tmp_path, text.replace(', "g1" ', ',"g1"').encode()) == WANTED


def test_a_short_row_leaves_the_rest_empty_and_an_empty_line_is_none(tmp_path: Path) -> None:
    (tmp_path / "folds.csv").write_text("id,group,fold\nx,g1\n\n,,\ny,g2,3\n")
    assert [tuple(row.values()) for row in read_rows(tmp_path / "folds.csv")] == [("x", "g1", ""), ("y", "g2", "3")]


@pytest.mark.parametrize(
    ("stored", "cause"),
    [
        (PLAIN.encode("utf-16"), "neither UTF-8 nor Latin-1"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither UTF-8 nor Latin-1"),
        (b"picture;outline\na;b\n", "neither a column image nor a column id"),
        (b"", "neither a column image nor a column id"),
    ],
)
def test_what_is_no_such_list_is_refused_with_its_name_and_reason(tmp_path: Path, stored: bytes, cause: str) -> None:
    (tmp_path / "folds.csv").write_bytes(stored)
    with pytest.raises(Refusal, match=rf"The list folds\.csv cannot be used\. .*{cause}"):
        read_rows(tmp_path / "folds.csv")


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="can't be read"):
        read_rows(tmp_path / "folds.csv")
