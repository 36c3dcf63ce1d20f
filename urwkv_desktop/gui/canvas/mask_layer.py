"""The mask on the screen: a kept overlay of which only what has changed is drawn anew."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.gui.canvas.outline import draw, draw_dashed, make_ink
from urwkv_desktop.gui.canvas.preview_layer import Ids, PreviewLayer
from urwkv_desktop.gui.canvas.pyramid import CodePyramid, Codes
from urwkv_desktop.gui.canvas.sampling import Grid, nearest
from urwkv_desktop.gui.canvas.screen_buffer import ScreenBuffer
from urwkv_desktop.gui.canvas.soft_outline import draw_soft
from urwkv_desktop.gui.canvas.transform import Extent, ViewTransform, strips_around
from urwkv_desktop.imaging import ImagePoint, Labels, Plane, Rect

_NO_SIZE = (0, 0)
_NOWHERE = Extent(0, 0, 0, 0)


class MaskLayer:
    """buffer: the overlay, premultiplied ARGB32. preview: the running gesture; suggestion: what is offered, dashed."""

    def __init__(self) -> None:
        self._mask: Ids = np.zeros(_NO_SIZE, np.uint8)
        self._codes: npt.NDArray[np.uint8] = np.zeros(256, np.uint8)
        self._ids_are_codes = False
        self._content = self._whole
        self._drawn = _NOWHERE
        self._ink = make_ink([], opacity=0.18, style="both", ratio=1.0)
        self._pyramid = CodePyramid(_NO_SIZE, self._read, lambda: self._content)
        self.preview = PreviewLayer()
        self.suggestion = PreviewLayer()
        self.buffer = ScreenBuffer(1, 1, QImage.Format.Format_ARGB32_Premultiplied, 0)

    def resize(self, width: int, height: int) -> None:
        self.buffer = ScreenBuffer(width, height, QImage.Format.Format_ARGB32_Premultiplied, 0)
        self._drawn = _NOWHERE

    def show_plane(self, mask: Ids | None, content: Rect | None = None) -> None:
        """mask: a view of the plane's label ids, read whenever something is drawn; None for nothing. content: beyond
        it there is background only; looked for where nobody knows."""
        self._mask = np.zeros(_NO_SIZE, np.uint8) if mask is None else mask
        rows, columns = self._mask.shape
        self._pyramid = CodePyramid((rows, columns), self._read, lambda: self._content)
        self._content = _bounds(self._mask) if content is None else content
        self.preview.clear()
        self.suggestion.clear()

    def reread(self, mask: Ids) -> None:
        """The same plane, whose array may have been widened."""
        self._mask = mask

    def offer(self, suggestion: Suggestion | None, plane: Plane) -> None:
        """What a suggestion would make of this plane; drawn with the next composing."""
        self.suggestion.clear()
        for edit in suggestion.edits if suggestion is not None else ():
            rect = plane.rect(edit.box)
            if rect is not None:
                begins = (edit.box.k0, edit.box.j0, edit.box.i0)[plane.axis]
                within = Plane(plane.axis, plane.index - begins)
                self.suggestion.paste(rect, within.cut(edit.after), self._mask)
                self._content = self._content.union(rect)

    def set_look(self, labels: Labels, *, opacity: float, style: str, ratio: float) -> None:
        """Which labels are shown and how; takes effect with the next drawing."""
        shown = [label for label in labels if label.visible][:255]
        # One place more than there are ids, so that an unknown one counts as background.
        codes = np.zeros(max(256, labels.next_id + 1), np.uint8)
        for code, label in enumerate(shown, start=1):
            codes[label.id] = code
        if not np.array_equal(codes, self._codes):
            self._codes = codes
            self._pyramid.forget()
        in_order = np.array_equal(codes[:len(shown) + 1], np.arange(len(shown) + 1))
        self._ids_are_codes = in_order and not labels.retired and len(shown) == len(labels)
        colours = [int(label.colour.lstrip("#"), 16) for label in shown]
        self._ink = make_ink(colours, opacity=opacity, style=style, ratio=ratio)

    @property
    def drawn(self) -> Extent:
        """Outside of this the overlay is empty."""
        return self._drawn

    @property
    def margin(self) -> int:
        """Device pixels around a changed rectangle that change with it."""
        return self._ink.margin

    def compose(self, transform: ViewTransform) -> None:
        """All of the overlay anew."""
        before, self._drawn = self._drawn, self._reach(transform)
        for strip in strips_around(self._drawn, before):
            self.buffer.clear(strip)
        self._draw(self._drawn, transform)

    def update(self, rect: Rect, transform: ViewTransform) -> Extent:
        """The mask or the preview changed inside rect; answers what is drawn anew."""
        self.mend(rect)
        n = _level(transform.zoom)
        # A pixel of a level stands for 2^n, and where it is drawn may be one device pixel further.
        extent = transform.extent(rect.grown(2**n - 1)).grown(self.margin + (1 if n else 0))
        extent = extent.intersection(self.buffer.extent)
        self._drawn = self._drawn.union(extent)
        self._draw(extent, transform)
        return extent

    def mend(self, rect: Rect) -> None:
        """As update, without drawing."""
        rect = rect.intersection(self._whole)
        self._content = self._content.union(rect)
        self._pyramid.refresh(rect)

    def scroll(self, dx: int, dy: int, transform: ViewTransform) -> None:
        """The view has moved by whole device pixels to `transform`: shift what is there, draw the strips."""
        before, self._drawn = self._drawn, self._reach(transform)
        kept = before.moved(dx, dy).intersection(self._drawn)
        if not kept.is_empty:
            self.buffer.words[kept.index] = self.buffer.words[kept.moved(-dx, -dy).index]
        for strip in strips_around(kept, before):
            self.buffer.clear(strip)
        for strip in strips_around(kept, self._drawn):
            self._draw(strip, transform)

    @property
    def _whole(self) -> Rect:
        return Rect(0, 0, self._mask.shape[0], self._mask.shape[1])

    def _reach(self, transform: ViewTransform) -> Extent:
        """What of the screen the mask colours."""
        if self._content.is_empty:
            return _NOWHERE
        spread = 2 ** _level(transform.zoom) - 1
        return transform.extent(self._content.grown(spread)).grown(self.margin + 1).intersection(self.buffer.extent)

    def _read(self, rect: Rect) -> Codes:
        """Codes of the plane with the gesture, uint8 [rect]."""
        ids = self._mask[rect.index]
        common = rect.intersection(self.preview.area)
        if not common.is_empty:
            ids = ids.copy()
            area = self.preview.area
            ids[common.top - rect.top:common.bottom - rect.top, common.left - rect.left:common.right - rect.left] = \
                self.preview.ids[common.top - area.top:common.bottom - area.top,
                                 common.left - area.left:common.right - area.left]
        return self._coded(ids)

    def _coded(self, ids: npt.NDArray[np.generic]) -> Codes:
        if self._ids_are_codes and ids.dtype == np.uint8:
            return np.asarray(ids, np.uint8)
        return self._codes.take(ids, mode="clip")  # type: ignore[call-overload, no-any-return]

    def _draw(self, extent: Extent, transform: ViewTransform) -> None:
        if extent.is_empty:
            return
        around = extent.grown(self.margin)
        codes = np.zeros((around.height, around.width), np.uint8)
        inside = around.intersection(transform.extent(self._whole))
        if not inside.is_empty:
            codes[inside.moved(-around.x0, -around.y0).index] = self._sample(inside, transform)
        out = self.buffer.words[extent.index]
        if transform.is_magnified or not self._ink.has_outline:
            draw(codes, self._ink, out)
        else:
            draw_soft(codes, self._ink, out)
        if not self.suggestion.is_empty:
            offered = codes.copy()
            self._patch(offered, around, self.suggestion, transform)
            draw_dashed(offered, codes, self._ink, (extent.x0, extent.y0), out)

    def _sample(self, extent: Extent, transform: ViewTransform) -> Codes:
        n = _level(transform.zoom)
        if n:
            return np.asarray(nearest(self._pyramid.level(n), Grid(transform, n), extent), np.uint8)
        codes = self._coded(nearest(self._mask, Grid(transform, 0), extent))
        self._patch(codes, extent, self.preview, transform)
        return codes

    def _patch(self, codes: Codes, extent: Extent, patch: PreviewLayer, transform: ViewTransform) -> None:
        """Put the patch's codes into those of the extent."""
        common = transform.extent(patch.area).intersection(extent)
        if patch.is_empty or common.is_empty:
            return
        x, y = transform.to_screen(ImagePoint(patch.area.top, patch.area.left))
        moved = replace(transform, left=x, top=y)
        ids = nearest(patch.ids, Grid(moved, 0), common)
        codes[common.moved(-extent.x0, -extent.y0).index] = self._coded(ids)


def _bounds(mask: Ids) -> Rect:
    """The rectangle outside of which there is background only."""
    if not mask.size:
        return Rect(0, 0, 0, 0)
    rows = np.flatnonzero(mask.any(axis=1))
    if not rows.size:
        return Rect(0, 0, 0, 0)
    columns = np.flatnonzero(mask[rows[0]:rows[-1] + 1].any(axis=0))
    return Rect(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)


def _level(zoom: float) -> int:
    """The pyramid's level for a zoom; as ImagePyramid chooses, without its smallest."""
    n = 0
    while zoom * 2 ** (n + 1) <= 1:
        n += 1
    return n
