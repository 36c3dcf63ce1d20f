"""The cases that went worst, as one picture: what was there, what was drawn."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.imaging import Image
from urwkv_desktop.inference.depth import finite
from urwkv_desktop.training.evaluate import Seen
from urwkv_desktop.training.state_files import replace

COUNT, EMPTY_COUNT, COLUMNS = 12, 4, 4
TILE, CAPTION, GAP = 300, 24, 8
TRUTH, ANSWER = (86, 180, 233), (255, 140, 0)  # told apart by colour-blind eyes, and by their width
_PAPER, _INK = (24, 24, 27), (235, 235, 235)

Picture = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class _Tile:
    """badness: the larger, the earlier in the picture."""

    badness: float
    name: str
    words: str
    picture: Picture


class Worst:
    """Give it to `evaluate` as `watch`; it keeps, already small, the `count` cases of the lowest IoU.

    Behind them stand up to four images with nothing to find, those on which most was drawn.
    """

    def __init__(self, count: int = COUNT) -> None:
        self.count = count
        self._tiles: list[_Tile] = []
        self._empty: list[_Tile] = []

    def __call__(self, seen: Seen) -> None:
        if seen.truth.any():
            _keep(self._tiles, self.count, 1 - seen.iou, seen, f"IoU {seen.iou:.3f}")
        elif seen.drawn.any():
            pixels = int((seen.drawn > 0).sum())
            _keep(self._empty, EMPTY_COUNT, pixels / seen.drawn.size, seen, f"nothing there, {pixels} px drawn")

    @property
    def names(self) -> tuple[str, ...]:
        """Ids, the worst first."""
        return tuple(tile.name for tile in (*self._tiles, *self._empty))

    def write(self, path: Path) -> None:
        """One PNG. Raises OSError where it cannot be written."""
        from PIL import Image as Pillow
        from PIL import ImageDraw, ImageFont

        lines = [part[start : start + COLUMNS] for part in (self._tiles, self._empty)
                 for start in range(0, len(part), COLUMNS)]
        columns = max([1, *map(len, lines)])
        width, height = GAP + columns * (TILE + GAP), CAPTION + GAP + max(1, len(lines)) * (TILE + CAPTION + GAP)
        sheet = Pillow.new("RGB", (width, height), _PAPER)
        pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=14)
        _legend(pen, font)
        for row, line in enumerate(lines):
            top = CAPTION + GAP + row * (TILE + CAPTION + GAP)
            for column, tile in enumerate(line):
                left = GAP + column * (TILE + GAP)
                sheet.paste(Pillow.fromarray(tile.picture), (left, top))
                pen.text((left, top + TILE + 4), f"{tile.name[-24:]}   {tile.words}", fill=_INK, font=font)
        stream = io.BytesIO()
        sheet.save(stream, "PNG", optimize=True)
        replace(path, stream.getvalue())


def _keep(tiles: list[_Tile], count: int, badness: float, seen: Seen, words: str) -> None:
    if len(tiles) == count and badness <= tiles[-1].badness:
        return
    tiles.append(_Tile(badness, seen.case.id, words, _drawn(seen)))
    tiles.sort(key=lambda tile: -tile.badness)
    del tiles[count:]


def _legend(pen: Any, font: Any) -> None:
    for left, colour, word in ((GAP, TRUTH, "truth"), (GAP + 90, ANSWER, "answer")):
        pen.line((left, 16, left + 22, 16), fill=colour, width=3)
        pen.text((left + 28, 7), word, fill=_INK, font=font)


def _drawn(seen: Seen) -> Picture:
    """The slice where the two differ most, with both outlines, letterboxed into a tile."""
    k = int(np.argmax((seen.drawn != seen.truth).sum(axis=(1, 2))))
    values = _shown(seen.image, k)
    height, width = values.shape[:2]
    factor = TILE / max(height, width)
    size = max(1, round(width * factor)), max(1, round(height * factor))
    picture = cv2.resize(values, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)
    for labels, colour, thick in ((seen.truth[k], TRUTH, 2), (seen.drawn[k], ANSWER, 1)):
        for label in np.unique(labels[labels > 0]):
            mask = cv2.resize((labels == label).astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
            outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
            cv2.drawContours(picture, outlines, -1, colour, thick, cv2.LINE_AA)
    tile = np.full((TILE, TILE, 3), _PAPER, np.uint8)
    top, left = (TILE - size[1]) // 2, (TILE - size[0]) // 2
    tile[top : top + size[1], left : left + size[0]] = picture
    return tile


def _shown(image: Image, k: int) -> Picture:
    """uint8 [H,W,3]: pictures as they are, anything deeper between its 0.5th and 99.5th percentile."""
    pixels = image.pixels[k]
    if pixels.dtype != np.uint8:
        known = finite(image.pixels.astype(np.float32))
        low, high = np.percentile(known, (0.5, 99.5)) if known.size else (0.0, 1.0)
        scaled = np.clip((pixels.astype(np.float32) - low) / max(high - low, 1e-6), 0, 1)
        pixels = (255 * np.nan_to_num(scaled)).astype(np.uint8)
    return np.ascontiguousarray(pixels if pixels.ndim == 3 else np.repeat(pixels[:, :, None], 3, axis=2))
