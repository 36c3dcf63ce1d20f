"""The bounds that a person sets reach the decoder."""

from urwkv_desktop.formats.limits import free_memory
from urwkv_desktop.workflow.decoding import limits_of
from urwkv_desktop.workflow.settings import Settings


def test_raised_limits_reach_the_decoder() -> None:
    before, after = limits_of(Settings()), limits_of(Settings().changed("limits", picture_mib=2048, volume_percent=90))
    assert before.picture_bytes == 1 << 30
    assert after.picture_bytes == 2 << 30
    share = after.bytes_for(volume=True) / before.bytes_for(volume=True)
    assert 1.5 < share < 2.1
    assert after.bytes_for(volume=True) < free_memory()
