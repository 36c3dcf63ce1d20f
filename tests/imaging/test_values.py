"""Images, labels and sentences."""

import pickle
import subprocess
import sys

import numpy as np
import pytest

from urwkv_desktop.imaging import Geometry, Image, Label, Labels, Message, Plane, Refusal


def test_values_are_stored_times_slope_plus_intercept_of_their_slice() -> None:
    pixels = np.array([[[1, 2]], [[3, 4]]], np.int16)
    image = Image(pixels, Geometry.picture(slices=2), slope=(2.0, 10.0), intercept=(0.0, -1.0))
    assert image.values(Plane(0, 1)).tolist() == [[29.0, 39.0]]
    assert image.values(Plane(1, 0)).tolist() == [[2.0, 4.0], [29.0, 39.0]]


def test_pixels_of_an_image_cannot_be_written() -> None:
    image = Image(np.zeros((1, 2, 2), np.uint8), Geometry.picture())
    with pytest.raises(ValueError, match="read-only"):
        image.pixels[0, 0, 0] = 1


def test_pixels_of_a_shape_that_means_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="pixels must be"):
        Image(np.zeros((1, 2, 2, 4), np.uint8), Geometry.picture())


def test_a_deleted_labels_id_is_never_given_again() -> None:
    labels = Labels().with_label(Label(1, "Lesion", "#ffb020")).with_label(Label(2, "Shadow", "#56b4e9"))
    assert labels.without(2).next_id == 3
    assert [label.name for label in labels.without(2)] == ["Lesion"]


def test_a_refusal_crosses_a_process_border_whole() -> None:
    refusal = Refusal(tried=Message("Opening {name}.", name="a.png"), cause=Message("It is empty."),
                      cure=Message("Copy it."))
    copy = pickle.loads(pickle.dumps(refusal))
    assert str(copy) == "It is empty. Copy it."
    assert copy.tried == refusal.tried


def test_a_sentence_keeps_its_values_apart_from_its_text() -> None:
    message = Message("{have} of {need} bytes", have=8130, need=8192)
    assert message.fill("{have} von {need} Bytes") == "8130 von 8192 Bytes"
    assert str(Message("100 % of {")) == "100 % of {"


def test_messages_can_be_had_without_numpy() -> None:
    code = "import sys; from urwkv_desktop.imaging import Message, Refusal; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
