"""The hand without a mouse: arrow keys show and move a cursor, Space is its left button."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from urwkv_desktop.imaging import ImagePoint, Rect

_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


@dataclass(frozen=True)
class KeyboardCursor:
    """at: the middle of a pixel, so that each step is exactly one."""

    at: ImagePoint

    @staticmethod
    def within(point: ImagePoint, plane: Rect) -> "KeyboardCursor":
        row = min(max(int(point.row // 1), plane.top), plane.bottom - 1)
        column = min(max(int(point.column // 1), plane.left), plane.right - 1)
        return KeyboardCursor(ImagePoint(row + 0.5, column + 0.5))

    def moved(self, key: int, *, far: bool, plane: Rect, mirrored: tuple[bool, bool] = (False, False),
              swapped: bool = False) -> "KeyboardCursor":
        """One pixel, or ten. mirrored: (rows, columns) of the view, and swapped: whether its rows run
        across the screen, so that Up is always up."""
        down, across = _STEPS[Qt.Key(key)]
        if swapped:
            down, across = across, down
        length = 10 if far else 1
        row = self.at.row + down * length * (-1 if mirrored[0] else 1)
        column = self.at.column + across * length * (-1 if mirrored[1] else 1)
        return KeyboardCursor.within(ImagePoint(row, column), plane)


def is_arrow(key: int) -> bool:
    return key in _STEPS
