"""Whether the last stroke is acknowledged, and why not."""

import time
from collections.abc import Callable
from concurrent.futures import Future

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.store.project import StaleRevision
from urwkv_desktop.workflow.changes import SavedKind, SavedState
from urwkv_desktop.workflow.jobs import Post

# After this long without an acknowledgement painting stops.
GIVE_UP_SECONDS = 10.0
SLOW_SECONDS = 2.0


class Saving:
    """Follows the writes of one project. changed: on the owner's thread, when `state` may be another."""

    def __init__(self, post: Post, changed: Callable[[], None]) -> None:
        self._post = post
        self._changed = changed
        self._waiting = 0
        self._since = 0.0
        self._trouble: Message | None = None
        self._is_lost = False  # something was drawn that will never be saved

    def follow(self, write: "Future[int]", *, failed: Callable[[BaseException], bool] | None = None) -> None:
        """failed(error): true where somebody has dealt with it (an answer that came too late)."""
        if self._waiting == 0:
            self._since = time.monotonic()
        self._waiting += 1
        write.add_done_callback(lambda done: self._post(lambda: self._over(done.exception(), failed)))
        if self._waiting == 1:
            self._changed()

    def trouble(self, refusal: Refusal) -> None:
        """The store says that its disk does not take what it is given; it goes on trying by itself."""
        self._post(lambda: self._fail(refusal))

    @property
    def is_acknowledged(self) -> bool:
        return self._waiting == 0 and self._trouble is None

    @property
    def is_slow(self) -> bool:
        """Worth the word `writing…` at the dot."""
        return self._waiting > 0 and time.monotonic() - self._since > SLOW_SECONDS

    @property
    def state(self) -> SavedState:
        if self._trouble is not None:
            return SavedState(SavedKind.failed, self._trouble)
        if self._waiting == 0:
            return SavedState()
        if time.monotonic() - self._since > GIVE_UP_SECONDS:
            return SavedState(SavedKind.failed, Message("The disk has not answered for {seconds} seconds.",
                                                        seconds=round(GIVE_UP_SECONDS)))
        return SavedState(SavedKind.writing)

    def _over(self, error: BaseException | None, failed: Callable[[BaseException], bool] | None) -> None:
        self._waiting -= 1
        self._since = time.monotonic()
        if error is None:
            self._trouble = self._trouble if self._is_lost else None
        elif failed is None or not failed(error):
            self._trouble, self._is_lost = _sentence(error), True
        if self._waiting == 0 or error is not None:
            self._changed()

    def _fail(self, refusal: Refusal) -> None:
        self._trouble = _sentence(refusal)
        self._changed()


def _sentence(error: BaseException) -> Message:
    if isinstance(error, Refusal):
        return Message("{cause} {cure}", cause=error.cause, cure=error.cure)
    return Message("The project file does not take what was drawn ({kind}). Close the project and open it again.",
                   kind=type(error).__name__)


def is_late(error: BaseException) -> bool:
    """The case had moved on when something for it came: that is dropped or made anew, and nothing is wrong."""
    return isinstance(error, StaleRevision)
