"""Frames in time are shown at the rate that their file names."""

import pytest
from pydicom.dataset import Dataset

from urwkv_desktop.formats.reading.dicom import _frame_rate


@pytest.mark.parametrize(("elements", "rate"), [
    ({}, None), ({"FrameTime": "40"}, 25.0), ({"CineRate": "12", "FrameTime": "40"}, 12.0),
    ({"RecommendedDisplayFrameRate": "30", "CineRate": "12"}, 30.0), ({"FrameTime": "0"}, None),
    ({"FrameTime": "-40"}, None)])
def test_what_is_recommended_for_display_goes_before_how_it_was_taken(elements: dict[str, str], rate: float | None,
                                                                      ) -> None:
    dataset = Dataset()
    for keyword, value in elements.items():
        setattr(dataset, keyword, value)
    assert _frame_rate(dataset) == rate
