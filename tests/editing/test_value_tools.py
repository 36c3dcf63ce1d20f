"""Threshold and probability brush, and what holds for the flood fill too: PRODUCT's table, on 20 x 20."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editing.scenes import LABELS, at, scene_of
from tests.editing.value_scenes import PATH, SIZE, document_of, random_pixels, stroked
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.editing.scene import PaintRule, Scene
from urwkv_desktop.editing.tools import FloodFill, ProbabilityBrush, ThresholdBrush
from urwkv_desktop.editing.tools.capsule import swept
from urwkv_desktop.editing.tools.chances import passes
from urwkv_desktop.editing.tools.flood_fill import FloodOptions
from urwkv_desktop.editing.tools.paint import keeps
from urwkv_desktop.editing.tools.probability_brush import ProbabilityOptions
from urwkv_desktop.editing.tools.threshold_brush import ThresholdOptions
from urwkv_desktop.imaging import (
    ImagePoint,
    Label,
    Labels,
    Padding,
    Plane,
    Rect,
    Window,
)


def covered(path: Sequence[ImagePoint], size: float) -> np.ndarray:
    whole = np.zeros(SIZE, bool)
    for start, end in itertools.pairwise((path[0], *path)):
        rect, inside = swept(start, end, size, "disc", SIZE)
        whole[rect.index] |= inside
    return whole


# ── threshold brush ──────────────────────────────────────────────────────────────────────────────────────────────────

@given(st.integers(0, 255), st.integers(0, 255))
@settings(max_examples=30, deadline=None)
def test_threshold_brush_takes_what_is_covered_and_inside_the_band(one: int, other: int) -> None:
    pixels = random_pixels()
    document = document_of(pixels)
    stroked(document, ThresholdBrush, ThresholdOptions(size=6, low=one, high=other))
    low, high = sorted((one, other))
    assert np.array_equal(document.mask.voxels[0] == 1, covered(PATH, 6) & (pixels[0] >= low) & (pixels[0] <= high))


def test_the_band_is_in_the_images_unit() -> None:
    pixels = (np.arange(400, dtype=np.int16).reshape(1, *SIZE) * 5)
    document = document_of(pixels, slope=(0.1,), intercept=(-20.0,), unit="HU", padding=Padding.of(400))
    stroked(document, ThresholdBrush, ThresholdOptions(size=60, low=10.0, high=30.0))
    values = pixels[0] * 0.1 - 20
    assert np.array_equal(document.mask.voxels[0] == 1, (values > 9.99) & (values < 30.01) & (pixels[0] != 400))


def test_a_colour_picture_is_taken_by_its_luminance() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (1, *SIZE, 3)).astype(np.uint8)
    document = document_of(pixels)
    stroked(document, ThresholdBrush, ThresholdOptions(size=80, low=100, high=150))
    grey = pixels[0] @ np.array([0.299, 0.587, 0.114])
    taken = document.mask.voxels[0] == 1
    assert taken[(grey > 101) & (grey < 149)].all()
    assert not taken[(grey < 99) | (grey > 151)].any()


def test_ctrl_removes_inside_the_band_only() -> None:
    pixels = random_pixels()
    document = document_of(pixels)
    document.mask.voxels[:] = 1
    stroked(document, ThresholdBrush, ThresholdOptions(size=6, low=100, high=255), inverted=True)
    assert np.array_equal(document.mask.voxels[0] == 0, covered(PATH, 6) & (pixels[0] >= 100))


def test_a_band_taken_from_a_place_holds_most_of_what_is_there() -> None:
    pixels = np.full((1, *SIZE), 10, np.uint8)
    pixels[0, :10] = np.random.default_rng(2).integers(80, 121, (10, 20))
    document = document_of(pixels)
    options = ThresholdBrush.sampled(ThresholdOptions(size=5), scene_of(document), at(5, 10))
    assert 78 <= options.low <= 90
    assert 110 <= options.high <= 122
    assert ThresholdBrush.sampled(ThresholdOptions(), scene_of(document), at(-50, 3)) == ThresholdOptions()


def test_a_band_that_nobody_has_chosen_lies_in_the_middle_of_the_window() -> None:
    scene = replace(scene_of(document_of(random_pixels())), window=Window(100.0, 80.0))
    options = ThresholdBrush.fitted(ThresholdOptions(), scene, frozenset())
    assert options.band == (80.0, 120.0)
    assert ThresholdBrush.fitted(options, scene, frozenset({"low"})).band == options.band


# ── probability brush ────────────────────────────────────────────────────────────────────────────────────────────────

def chance(document: Document) -> np.ndarray:
    assert document.prediction is not None
    return document.prediction.probability(0)[0]


def random_logits(layers: int = 1) -> np.ndarray:
    return np.random.default_rng(5).integers(-40, 41, (layers, 10, 10)).astype(np.int8)


@pytest.mark.parametrize("threshold", [0.05, 0.5, 0.62, 0.9])
def test_probability_brush_takes_what_is_covered_and_above_the_threshold(threshold: float) -> None:
    document = document_of(random_pixels(), logits=random_logits())
    stroked(document, ProbabilityBrush, ProbabilityOptions(size=7, threshold=threshold))
    assert np.array_equal(document.mask.voxels[0] == 1, covered(PATH, 7) & (chance(document) > threshold))


def test_ctrl_removes_where_the_probability_is_below_the_threshold() -> None:
    document = document_of(random_pixels(), logits=random_logits())
    document.mask.voxels[:] = 1
    stroked(document, ProbabilityBrush, ProbabilityOptions(size=7, threshold=0.6), inverted=True)
    assert np.array_equal(document.mask.voxels[0] == 0, covered(PATH, 7) & ~(chance(document) > 0.6))


def test_at_the_networks_own_threshold_the_brush_draws_what_the_network_drew() -> None:
    document = document_of(random_pixels(), logits=random_logits())
    options = ProbabilityBrush.fitted(ProbabilityOptions(size=90), scene_of(document), frozenset({"size"}))
    stroked(document, ProbabilityBrush, options)
    assert document.prediction is not None
    assert np.array_equal(document.mask.voxels[0], document.prediction.label_map(0))


def test_a_softmax_networks_probability_is_that_of_the_active_label() -> None:
    document = document_of(random_pixels(), logits=random_logits(3), activation="softmax")
    prediction = document.prediction
    assert prediction is not None
    taken = passes(prediction, 1, Plane(0, 0), Rect(0, 0, *SIZE), 0.4)
    assert np.array_equal(taken, prediction.probability(0)[1] > 0.4)


def test_moving_the_threshold_moves_a_running_stroke() -> None:
    document = document_of(random_pixels(), logits=random_logits())
    brush = ProbabilityBrush(scene_of(document), ProbabilityOptions(size=9, threshold=0.9))
    brush.press(at(10, 10))
    preview = brush.tune(ProbabilityOptions(size=9, threshold=0.3))
    edit = brush.release(at(10, 10))
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    expected = covered([at(10, 10)], 9) & (chance(document) > 0.3)
    assert np.array_equal(document.mask.voxels[0] == 1, expected)
    assert np.array_equal(preview.labels == 1, expected[preview.rect.index])


def test_the_wand_takes_what_is_joined_to_the_place_and_follows_the_threshold() -> None:
    logits = np.full((1, *SIZE), -60, np.int8)
    logits[0, 2:8, 2:8], logits[0, 12:18, 12:18], logits[0, 2:8, 8:11] = 60, 60, 12  # 12: a logit of 1, p = 0.73
    document = document_of(random_pixels(), logits=logits)
    options = ProbabilityOptions(takes="region", threshold=0.9)
    wand = ProbabilityBrush(scene_of(document), options)
    assert int((wand.hover(at(5, 5)).labels == 1).sum()) == 36
    wand.press(at(5, 5))
    assert int((wand.tune(replace(options, threshold=0.6)).labels == 1).sum()) == 36 + 18
    edit = wand.release(at(5, 5))
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    assert np.array_equal(np.argwhere(document.mask.voxels[0])[[0, -1]], [[2, 2], [7, 10]])
    document.undo()
    assert not document.mask.voxels.any()


@pytest.mark.parametrize("reason", ["no prediction", "another label", "another plane"])
def test_without_a_probability_the_brush_refuses_and_says_why(reason: str) -> None:
    document = document_of(random_pixels(), logits=None if reason == "no prediction" else random_logits())
    scene: dict[str, Any] = {"another label": {"active": 2}, "another plane": {"plane": Plane(1, 3)}}.get(reason, {})
    here = scene_of(document, **scene)
    assert ProbabilityBrush.cursor(ProbabilityOptions(), here).is_refused
    assert ProbabilityBrush.veil(ProbabilityOptions(), here) is None
    words = str(ProbabilityBrush.hint(here, ProbabilityOptions(), False))
    assert {"no prediction": "network has not looked", "another label": "vessel",
            "another plane": "slices as stored"}[reason] in words
    if reason != "another plane":
        assert stroked(document, ProbabilityBrush, ProbabilityOptions(), **scene) is None


# ── all of them ──────────────────────────────────────────────────────────────────────────────────────────────────────

EVERY: tuple[tuple[Any, Any], ...] = (
    (ThresholdBrush, ThresholdOptions(size=14, low=0, high=255)),
    (ProbabilityBrush, ProbabilityOptions(size=14)),
    (ProbabilityBrush, ProbabilityOptions(takes="region")),
    (FloodFill, FloodOptions(255.0)),
)


def full_document(labels: Labels = LABELS) -> Document:
    """Where every tool takes all that it reaches; the right half is vessel."""
    document = document_of(random_pixels(), labels=labels, logits=np.full((1, 10, 10), 100, np.int8))
    document.mask.voxels[0, :, 10:] = 2
    return document


@pytest.mark.parametrize(("tool", "options"), EVERY)
def test_a_locked_or_hidden_label_is_never_overwritten(tool: Any, options: Any) -> None:
    for kept in (Label(2, "vessel", "#fff", locked=True), Label(2, "vessel", "#fff", visible=False)):
        document = full_document(Labels((LABELS.items[0], kept)))
        stroked(document, tool, options)
        assert np.all(document.mask.voxels[0, :, 10:] == 2)
        assert (document.mask.voxels[0, :, :10] == 1).any()


@pytest.mark.parametrize(("tool", "options"), EVERY)
def test_nothing_is_painted_with_a_hidden_label(tool: Any, options: Any) -> None:
    document = full_document(Labels((Label(1, "lesion", "#fff", visible=False), LABELS.items[1])))
    assert tool.cursor(options, scene_of(document)).is_refused
    assert stroked(document, tool, options) is None


@pytest.mark.parametrize(("tool", "options"), EVERY)
def test_the_paint_rules_hold(tool: Any, options: Any) -> None:
    document = full_document()
    stroked(document, tool, options, rule=PaintRule.background)
    assert np.all(document.mask.voxels[0, :, 10:] == 2)
    document = full_document()
    stroked(document, tool, options, [at(10, 15)], rule=PaintRule.label)
    assert not (document.mask.voxels[0, :, :10] == 1).any()
    assert (document.mask.voxels[0, :, 10:] == 1).any()


@pytest.mark.parametrize(("tool", "options"), EVERY)
def test_one_gesture_is_one_step_back(tool: Any, options: Any) -> None:
    document = full_document()
    held = document.mask.voxels.copy()
    edit = stroked(document, tool, options)
    assert edit is not None
    assert edit.tool_id == tool.id
    assert len(document.history.groups) == 1
    document.undo()
    assert np.array_equal(document.mask.voxels, held)


@pytest.mark.parametrize(("tool", "options"), EVERY)
def test_a_gesture_given_up_leaves_nothing(tool: Any, options: Any) -> None:
    document = full_document()
    held = document.mask.voxels.copy()
    gesture = tool(scene_of(document), options)
    gesture.press(at(10, 10))
    assert gesture.pending is not None
    gesture.cancel()
    assert gesture.pending is None
    assert gesture.release(at(10, 10)) is None
    assert np.array_equal(document.mask.voxels, held)


@pytest.mark.parametrize(("tool", "options"), EVERY)
def test_the_preview_is_what_release_makes(tool: Any, options: Any) -> None:
    document = full_document()
    gesture = tool(scene_of(document), options)
    shown = document.mask.voxels[0].copy()
    for preview in (gesture.press(PATH[0]), gesture.move(PATH[1]), gesture.move(PATH[2])):
        if preview.is_whole:
            shown = document.mask.voxels[0].copy()
        shown[preview.rect.index] = preview.labels
    edit = gesture.release(PATH[2])
    assert isinstance(edit, MaskEdit)
    document.apply(edit)
    assert np.array_equal(document.mask.voxels[0], shown)


@pytest.mark.parametrize(("tool", "options"), EVERY)
@pytest.mark.parametrize("rule", PaintRule)
def test_each_hint_says_what_the_hand_does_and_what_ctrl_would(tool: Any, options: Any, rule: PaintRule) -> None:
    scene: Scene = scene_of(full_document(), rule=rule)
    assert "Ctrl" in str(tool.hint(scene, options, False))
    assert "Removes" in str(tool.hint(scene, options, True))


def test_the_outline_of_a_large_region_lies_where_it_ends() -> None:
    logits = np.full((1, 64, 64), -60, np.int8)
    logits[0, 16:48, 8:56] = 60
    document = document_of(np.zeros((1, 2048, 2048), np.uint8), logits=logits)
    wand = ProbabilityBrush(scene_of(document), ProbabilityOptions(takes="region"))
    for shown in (wand.hover(at(1000, 1000)), wand.press(at(1000, 1000))):
        assert shown.rect.is_empty
        points = np.asarray(shown.shapes[0].points)
        assert np.abs(points.min(axis=0) - (16 * 32, 8 * 32)).max() < 24
        assert np.abs(points.max(axis=0) - (48 * 32, 56 * 32)).max() < 24


@pytest.mark.parametrize(("rule", "active", "locked", "adds", "kept"), [
    (PaintRule.all, 1, False, True, False), (PaintRule.all, 1, True, True, True), (PaintRule.all, 1, True, False, True),
    (PaintRule.all, 2, True, True, False), (PaintRule.all, 2, True, False, True),
    (PaintRule.background, 1, False, True, True), (PaintRule.background, 1, False, False, True),
    (PaintRule.background, 2, False, False, False), (PaintRule.label, 1, False, True, False),
    (PaintRule.label, 1, False, False, True),
])
def test_the_hand_knows_beforehand_what_stays(rule: PaintRule, active: int, locked: bool, adds: bool, kept: bool,
                                              ) -> None:
    document = full_document(Labels((LABELS.items[0], Label(2, "vessel", "#fff", locked=locked))))
    scene = scene_of(document, rule=rule, active=active)
    assert keeps(scene, at(10, 15), adds=adds) == kept
    assert not keeps(scene, at(10, 5), adds=adds)
    # It is as the rules have it: what would stay is what may not be written.
    table = scene.writable(adds=adds, begun_on=2)
    assert kept == (table is not None and not table[2]) or active == 2
