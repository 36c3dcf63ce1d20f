"""JSON and CSV, read back and compared like everything else."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from urwkv_desktop.formats.writing.names import cell
from urwkv_desktop.formats.writing.proven import Outlet, Written, mismatch
from urwkv_desktop.imaging import Labels, Message


def write_json(outlet: Outlet, name: str, whole: object) -> Written:
    data = json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"

    def prove(path: Path) -> None:
        if json.loads(path.read_text("utf-8")) != json.loads(data):
            raise mismatch(name, Message("Read back, it is not what was written."))

    return outlet.write(name, "json", lambda file: _put(file, data), prove)


def write_csv(outlet: Outlet, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Written:
    """Text cells that a spreadsheet would run get an apostrophe in front."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, columns, lineterminator="\n")
    table.writeheader()
    safe = [{column: cell(row[column]) for column in columns} for row in rows]
    table.writerows(safe)
    data = text.getvalue().encode()

    def prove(path: Path) -> None:
        with path.open(newline="", encoding="utf-8") as lines:
            for number, (found, expected) in enumerate(zip(csv.DictReader(lines), safe, strict=True)):
                if found != expected:
                    raise mismatch(name, Message("Read back, row {number} is another one.", number=number + 1))

    return outlet.write(name, "csv", lambda file: _put(file, data), prove)


def _put(file: Any, data: bytes) -> None:
    file.write(data)


def label_rows(labels: Labels) -> list[dict[str, Any]]:
    return [{"id": label.id, "name": label.name, "colour": label.colour, "code": label.code} for label in labels]
