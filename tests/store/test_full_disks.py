"""A tenth of the soak's 45 sizes."""

import os
import sys
from pathlib import Path

import pytest

from tests.store.full_disks import SIZES, work_on

pytestmark = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root may mount a small disk")


def test_small_disks_leave_old_or_new(tmp_path: Path) -> None:
    ends = [work_on(tmp_path / "disk", size) for size in SIZES[::9]]
    assert ends[0] == "refused"
    assert "stopped" in ends
