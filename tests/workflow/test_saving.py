"""What the dot says."""

from concurrent.futures import Future

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.workflow.changes import SavedKind
from urwkv_desktop.workflow.saving import Saving


def saving() -> Saving:
    return Saving(lambda call: call(), lambda: None)


def over(saving: Saving, error: BaseException | None = None) -> None:
    write: Future[int] = Future()
    saving.follow(write)
    if error is None:
        write.set_result(1)
    else:
        write.set_exception(error)


def test_a_disk_that_takes_it_again_is_no_trouble_any_more() -> None:
    dot = saving()
    dot.trouble(Refusal(tried=Message("Saving."), cause=Message("The disk is full."), cure=Message("Make room.")))
    assert dot.state.kind is SavedKind.failed
    over(dot)
    assert dot.state.kind is SavedKind.saved


def test_what_was_drawn_and_will_never_be_saved_stays_a_trouble_whatever_is_saved_later() -> None:
    dot = saving()
    over(dot, ValueError())
    over(dot)
    assert dot.state.kind is SavedKind.failed
    assert not dot.is_acknowledged
