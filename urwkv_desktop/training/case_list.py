"""A list of cases as a spreadsheet writes it: CSV with commas, semicolons or tabs, in UTF-8 or Latin-1."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from urwkv_desktop.imaging import Message, Refusal

NAMES = ("cases.csv", "folds.csv")
"""What a list is called, the first one first."""

_LARGEST = 64 << 20
_DELIMITERS = ",;\t"


def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    """The rows by their column's name; names in lower case, spaces around names and values left out.

    What is no UTF-8 is read as Windows-1252, the Latin-1 of spreadsheets; it keeps groups apart in any case, and a
    file whose name it gets wrong is not there. Refuses what cannot be read, is no text, or has no header.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise _refusal(path, Message("It is larger than any list of cases."))
        stored = path.read_bytes()
    except OSError as error:
        raise _refusal(path, Message("It can't be read: {reason}.", reason=error.strerror or "error")) from error
    text = _text(path, stored)
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _refusal(path, Message("It is no CSV: {reason}.", reason=str(error))) from error
    columns = [name.strip().casefold() for name in table[0]] if table else []
    if not {"image", "id"} & set(columns):
        raise _refusal(path, Message("Its first line names neither a column image nor a column id."))
    rows = (dict(zip(columns, (value.strip() for value in row), strict=False)) for row in table[1:] if any(row))
    return tuple({**dict.fromkeys(columns, ""), **row} for row in rows)


def as_posix(named: str) -> str:
    """A file as a list names it, also one that was written on Windows."""
    return named.replace("\\", "/")


def _text(path: Path, stored: bytes) -> str:
    try:
        return stored.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" not in stored:
            try:
                return stored.decode("cp1252")
            except UnicodeDecodeError:
                pass
        raise _refusal(path, Message("Its letters are neither UTF-8 nor Latin-1.")) from error


def _refusal(path: Path, cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Read the list {name}.", name=path.name),
        cause=Message("The list {name} cannot be used. {cause}", name=path.name, cause=cause),
        cure=Message("Save it as CSV in UTF-8, its first line naming the columns, image or id among them."),
    )
