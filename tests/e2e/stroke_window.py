"""The real window in a process of its own: it makes strokes with mouse events and says, line by line, what has been
acknowledged: case, revision, checksum of the mask. It is killed in between.

It begins with a line on its standard input: what is heavy has been imported by then.
"""

import itertools
import random
import sys
import zlib
from pathlib import Path

from PySide6.QtCore import QPoint

from tests.gui.live import Live, living
from tests.homes import HEIGHT, WIDTH
from urwkv_desktop.gui import program as _loaded  # noqa: F401 - imported before the line comes
from urwkv_desktop.imaging import ImagePoint
from urwkv_desktop.workflow.places import find_places


def main(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    with living(find_places(), folder) as live:
        say(f"open {live.main.session.project_path}")
        for number in itertools.count():
            if number % 9 == 8:
                other_case(live)
            elif number % 7 == 6:
                live.main.keymap["edit.undo"].trigger()
            else:
                stroke(live, chance)
            live.until(lambda: not live.main.workspace.canvas.is_busy and live.is_saved())
            document = live.document
            assert document is not None
            say(f"{document.case} {document.revision} {zlib.crc32(document.mask.voxels.tobytes())}")


def stroke(live: Live, chance: random.Random) -> None:
    """Over the image, from one place of it to another, with the pen or the eraser."""
    live.main.keymap[chance.choice(("tool.brush", "tool.brush", "tool.eraser"))].trigger()
    canvas = live.main.workspace.canvas
    ratio = canvas.devicePixelRatioF()
    places = [canvas.transform.to_screen(ImagePoint(chance.uniform(2, HEIGHT - 2), chance.uniform(2, WIDTH - 2)))
              for _ in range(4)]
    live.drag([QPoint(round(x / ratio), round(y / ratio)) for x, y in places])


def other_case(live: Live) -> None:
    before = live.document
    live.main.keymap["case.next" if live.main.session.current == 1 else "case.previous"].trigger()
    live.until(lambda: live.document is not None and live.document is not before)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def when_told(folder: str) -> None:
    main(Path(folder), int(sys.stdin.readline()))
