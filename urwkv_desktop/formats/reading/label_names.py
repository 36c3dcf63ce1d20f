"""labels.json beside a mask (or one folder above): what its values and its colours mean."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.label_set import LabelName
from urwkv_desktop.formats.reading.label_painting import refused
from urwkv_desktop.imaging import Message

FILE = "labels.json"
_LONGEST = 1 << 20
_BLACK = 0


def names_beside(path: Path) -> tuple[LabelName, ...]:
    """() where there is no such file, or it says something else. As an export writes it:
    [{"id": 1, "name": "...", "colour": "#rrggbb", "code": "..."}], or {"labels": [...]}.
    """
    for folder in (path.parent, path.parent.parent):
        file = folder / FILE
        if file.is_file() and file.stat().st_size <= _LONGEST:
            try:
                said = json.loads(file.read_bytes())
                return tuple(_name(one) for one in (said["labels"] if isinstance(said, dict) else said))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                return ()
    return ()


def _name(one: dict[str, Any]) -> LabelName:
    return LabelName(int(one["id"]), str(one["name"]), str(one.get("code") or ""),
                     str(one.get("colour") or one.get("color") or "").lower())


def by_colour(pixels: npt.NDArray[np.generic], names: tuple[LabelName, ...],
              ) -> tuple[npt.NDArray[np.uint16], tuple[LabelName, ...]]:
    """pixels: [..., 3] of 8 bits; black is background. Raises Refusal for a colour that the map lacks."""
    if not any(name.colour for name in names):
        raise refused(Message("The mask is a colour picture; one number for each pixel is needed."),
                      Message("Put a labels.json beside it that names the colour of each label."))
    if pixels.dtype != np.uint8:
        raise refused(Message("The mask's colours have more than 8 bits."))
    wide = pixels.astype(np.uint32)
    packed = (wide[..., 0] << 16) | (wide[..., 1] << 8) | wide[..., 2]
    table = {int(name.colour[1:], 16): name.value for name in names
             if _is_colour(name.colour) and 0 < name.value < 1 << 16}
    values = np.zeros(packed.shape, np.uint16)
    for colour in np.unique(packed).tolist():
        if colour == _BLACK:
            continue
        if colour not in table:
            raise refused(Message("The mask has the colour {colour}, which {file} does not name.",
                                  colour=f"#{colour:06x}", file=FILE),
                          Message("Add it there with the label that it means."))
        values[packed == colour] = table[colour]
    return values, names


def _is_colour(said: str) -> bool:
    return len(said) == 7 and said[0] == "#" and all(letter in "0123456789abcdef" for letter in said[1:])
