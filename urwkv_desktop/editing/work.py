"""What may take over 4 ms and so is not done on the thread that paints."""

from collections.abc import Callable
from dataclasses import dataclass

from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.suggestion import Suggestion
from urwkv_desktop.imaging import Message


@dataclass(frozen=True, eq=False)
class Work:
    """name: what is shown while it runs. run: a plain function of frozen inputs (copies, or arrays that nobody writes),
    called on another thread; None where nothing would change.

    Its result belongs to the document's revision for which it was made and is dropped once that has passed.
    """

    name: Message
    run: Callable[[], MaskEdit | Suggestion | None]
