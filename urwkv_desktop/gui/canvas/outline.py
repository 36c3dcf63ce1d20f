"""A mask's look: a light fill, an outline of two pixels on the pixels' edges, and a dark rim around it."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from urwkv_desktop.gui.canvas.pyramid import Codes
from urwkv_desktop.gui.canvas.screen_buffer import Words

_RIM_OPACITY = 0.62
_DASH = 7  # device pixels (times the ratio) of a dash, and of the gap after it


@dataclass(frozen=True)
class Ink:
    """Premultiplied 0xAARRGGBB of each code: fill and line are uint32 [256]; rim is one colour for all.

    width: device pixels of the line on each side of an edge (1 at a ratio of 1), and of the rim beyond it.
    """

    fill: Words
    line: Words
    rim: int
    width: int

    @property
    def margin(self) -> int:
        """How far a pixel's colour depends on its neighbours: the blur of the soft outline reaches furthest."""
        return 4 * self.width

    @property
    def has_outline(self) -> bool:
        return bool(self.line.any())


def premultiplied(rgb: int, opacity: float) -> int:
    """rgb: 0xRRGGBB; opacity: 0..1."""
    alpha = round(255 * min(max(opacity, 0.0), 1.0))
    red, green, blue = ((rgb >> shift & 255) * alpha // 255 for shift in (16, 8, 0))
    return alpha << 24 | red << 16 | green << 8 | blue


def make_ink(colours: list[int], *, opacity: float, style: str, ratio: float) -> Ink:
    """colours: 0xRRGGBB of code 1, 2, ...; opacity: of the fill; style: "fill", "outline", "both"; ratio: of pixels."""
    fill, line = np.zeros(256, np.uint32), np.zeros(256, np.uint32)
    for code, rgb in enumerate(colours[:255], start=1):
        # Without an outline the fill alone must be seen, so it is never fainter than a third.
        fill[code] = 0 if style == "outline" else premultiplied(rgb, max(opacity, 0.34) if style == "fill" else opacity)
        line[code] = 0 if style == "fill" else premultiplied(rgb, 1.0)
    return Ink(fill, line, 0 if style == "fill" else premultiplied(0, _RIM_OPACITY), max(1, round(ratio)))


def draw(codes: Codes, ink: Ink, out: Words) -> None:
    """codes: uint8, larger than out by ink.margin on each side; out: the overlay's words, overwritten."""
    margin = ink.margin
    inner = codes[margin:-margin, margin:-margin]
    if not codes.any():
        out[:] = 0
        return
    out[:] = ink.fill.take(inner)
    if not ink.has_outline:
        return
    edge, owner, rim = _edges(codes, ink.width)
    out[rim[margin:-margin, margin:-margin]] = ink.rim
    on_edge = edge[margin:-margin, margin:-margin]
    out[on_edge] = ink.line.take(owner[margin:-margin, margin:-margin][on_edge])


def draw_dashed(codes: Codes, known: Codes, ink: Ink, place: tuple[int, int], out: Words) -> None:
    """A suggestion over what is drawn: the edges of codes that are none of known, dashed; shapes as in draw.

    place: (x, y) of out on the screen, so that dashes do not crawl when a part is drawn anew.
    """
    margin = ink.margin
    edge, owner, _ = _edges(codes, ink.width)
    there, _, _ = _edges(known, ink.width)
    fresh = (edge & ~there)[margin:-margin, margin:-margin]
    x = np.arange(out.shape[1]) + place[0]
    y = np.arange(out.shape[0]) + place[1]
    dash = ((x[None, :] + y[:, None]) // (_DASH * ink.width)) % 2 == 0
    out[fresh & ~dash] = ink.rim
    drawn = fresh & dash
    out[drawn] = ink.line.take(owner[margin:-margin, margin:-margin][drawn])


def _edges(codes: Codes, width: int) -> tuple[npt.NDArray[np.bool_], Codes, npt.NDArray[np.bool_]]:
    """(on an edge, whose edge it is, in the rim beside it), each like codes."""
    near = np.ones((2 * width + 1, 2 * width + 1), np.uint8)
    largest, smallest = cv2.dilate(codes, near), cv2.erode(codes, near)
    edge = largest != smallest
    beyond = cv2.dilate(largest, near) != cv2.erode(smallest, near)
    owner = np.where(codes > 0, codes, largest)
    return edge, owner, beyond & ~edge
