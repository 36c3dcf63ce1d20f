"""The stored logits give one answer, whichever rectangle is asked for."""

import numpy as np
import pytest

from urwkv_desktop.imaging import Channel, Prediction, Rect, SliceLogits


def prediction(logits: np.ndarray, shape: tuple[int, int], **over: object) -> Prediction:
    channels = tuple(Channel(f"c{i}") for i in range(len(logits)))
    fields: dict[str, object] = {
        "model": "m", "weights_sha256": "0", "activation": "sigmoid", "channels": channels,
        "labels": tuple(range(1, len(logits) + 1)), "shape": shape,
        "slices": {0: SliceLogits(logits.astype(np.int8), (0.0, 0.0, *map(float, logits.shape[1:])))},
    }
    return Prediction(**(fields | over))  # type: ignore[arg-type]


def test_a_rectangle_equals_the_same_rectangle_of_the_whole_slice() -> None:
    random = np.random.default_rng(3)
    answer = prediction(random.integers(-127, 128, (2, 16, 24)), (97, 61))
    whole = answer.logits(0)
    rect = Rect(13, 7, 55, 60)
    assert np.array_equal(answer.logits(0, rect), whole[:, *rect.index])
    assert np.array_equal(answer.label_map(0, rect), answer.label_map(0)[rect.index])


def test_own_grid_comes_back_unchanged() -> None:
    logits = np.random.default_rng(1).integers(-127, 128, (1, 8, 8))
    assert np.array_equal(prediction(logits, (8, 8)).logits(0), (logits / 12).astype(np.float32))


def test_bilinear_resize_agrees_with_opencv() -> None:
    import cv2

    logits = np.random.default_rng(2).integers(-127, 128, (1, 12, 10))
    expected = cv2.resize((logits[0] / 12).astype(np.float32), (35, 50), interpolation=cv2.INTER_LINEAR)
    assert np.abs(prediction(logits, (50, 35)).logits(0)[0] - expected).max() < 1e-3


def test_letterboxed_borders_are_left_out() -> None:
    grid = np.full((1, 8, 8), -120)
    grid[0, 2:6] = 120  # the image covers rows 2..6 only
    stored = SliceLogits(grid.astype(np.int8), (2.0, 0.0, 6.0, 8.0))
    answer = prediction(grid, (40, 80), slices={0: stored})
    assert answer.label_map(0)[3:-3].all()


def test_a_pixel_at_its_threshold_is_not_in_the_mask() -> None:
    at_threshold = prediction(np.zeros((1, 4, 4)), (4, 4))
    assert not at_threshold.label_map(0).any()


def test_where_two_labels_pass_the_higher_wins() -> None:
    logits = np.zeros((2, 1, 2))
    logits[0], logits[1] = [24, 12], [12, 24]
    assert prediction(logits, (1, 2), labels=(5, 9)).label_map(0).tolist() == [[5, 9]]


def test_softmax_counts_channel_zero_as_background() -> None:
    logits = np.zeros((3, 1, 3))
    logits[0, 0, 0] = logits[1, 0, 1] = logits[2, 0, 2] = 60
    answer = prediction(logits, (1, 3), activation="softmax", labels=(4, 7))
    assert answer.label_map(0).tolist() == [[0, 4, 7]]
    assert answer.probability(0).sum(axis=0) == pytest.approx(1.0)


@pytest.mark.parametrize(("activation", "labels"), [("sigmoid", (300, 7)), ("softmax", (7, 300)), ("sigmoid", (300,))])
def test_ids_above_255_are_drawn_as_they_are(activation: str, labels: tuple[int, ...]) -> None:
    logits = np.full((len(labels) + (activation == "softmax"), 2, 2), -40)
    logits[labels.index(300) + (activation == "softmax"), 0] = 40
    drawn = prediction(logits, (2, 2), activation=activation, labels=labels).label_map(0)
    assert drawn.dtype == np.uint16
    assert set(drawn.ravel().tolist()) == {0, 300}
