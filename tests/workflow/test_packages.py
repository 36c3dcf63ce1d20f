"""What only some installations have."""

import pytest

from urwkv_desktop.imaging import Message, Refusal
from urwkv_desktop.workflow.packages import need


def test_a_package_that_is_missing_is_named_with_what_to_install() -> None:
    need("numpy", Message("Training."))
    with pytest.raises(Refusal, match=r"no_such_package(?s:.)*urwkv-desktop\[train\]"):
        need("no_such_package", Message("Training."))
