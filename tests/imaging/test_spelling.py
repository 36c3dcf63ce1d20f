"""Names of files as texts can hold them."""

import os

from urwkv_desktop.imaging import legible


def test_a_byte_that_is_no_text_is_spelled_out_and_everything_else_stays() -> None:
    assert legible(os.fsdecode(b"bad\xff\xe4.png")) == "bad%FF%E4.png" or os.name == "nt"
    assert legible("half\ud83d.png") == "half%UD83D.png"
    assert legible("Größe 50% 画像😀.png") == "Größe 50% 画像😀.png"
