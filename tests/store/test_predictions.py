"""The cache of predictions: what was put can be had, and the file may be deleted."""

from pathlib import Path

import numpy as np

from tests.editing.scenes import answer
from tests.store.projects import start
from urwkv_desktop.imaging import Channel, Prediction, Rect, SliceLogits
from urwkv_desktop.store.predictions import FileHeader, PredictionStore


def _prediction(slices: range, *, seed: int = 0, model: str = "cd" * 32) -> Prediction:
    chance = np.random.default_rng(seed)
    logits = {k: SliceLogits(chance.integers(-127, 127, (2, 16, 12)).astype(np.int8), (0.0, 1.5, 16.0, 10.5))
              for k in slices}
    channels = (Channel("lesion", "4147007", "#ffb020", 0.4), Channel("vessel"))
    return Prediction("busi", model, "sigmoid", channels, (1, 2), (40, 30), logits)


def _equal(one: Prediction | None, other: Prediction) -> bool:
    return (one is not None and one.slices.keys() == other.slices.keys()
            and (one.model, one.weights_sha256, one.activation, one.channels, one.labels, one.shape)
            == (other.model, other.weights_sha256, other.activation, other.channels, other.labels, other.shape)
            and all(np.array_equal(one.slices[k].logits, other.slices[k].logits)
                    and one.slices[k].placement == other.slices[k].placement for k in other.slices))


def test_a_prediction_can_be_had_at_once_and_after_a_restart(tmp_path: Path) -> None:
    store = PredictionStore(tmp_path / "a.urwkv", start, project_id="p")
    prediction = _prediction(range(3))
    written = store.put(4, prediction)
    assert _equal(store.get(4, prediction.weights_sha256), prediction)
    written.result(5)
    assert _equal(store.get(4, prediction.weights_sha256), prediction)
    assert store.get(4, "other") is None
    assert store.models(4) == (prediction.weights_sha256,)
    store.close()
    store = PredictionStore(tmp_path / "a.urwkv", start, project_id="p")
    assert _equal(store.get(4, prediction.weights_sha256), prediction)
    store.close()


def test_slices_that_come_one_by_one_are_joined(tmp_path: Path) -> None:
    store = PredictionStore(tmp_path / "a.urwkv", start)
    whole = _prediction(range(5))
    for k in whole.slices:
        store.put(1, Prediction(whole.model, whole.weights_sha256, whole.activation, whole.channels, whole.labels,
                                whole.shape, {k: whole.slices[k]}))
    assert _equal(store.get(1, whole.weights_sha256), whole)
    store.close()
    store = PredictionStore(tmp_path / "a.urwkv", start)
    assert _equal(store.get(1, whole.weights_sha256), whole)
    store.close()


def test_the_answers_of_two_models_stand_side_by_side(tmp_path: Path) -> None:
    store = PredictionStore(tmp_path / "a.urwkv", start)
    one, other = _prediction(range(1)), _prediction(range(1), seed=1, model="ef" * 32)
    store.put(1, one)
    store.put(1, other).result(5)
    assert _equal(store.get(1, one.weights_sha256), one)
    assert _equal(store.get(1, other.weights_sha256), other)
    store.close()


def test_a_stored_prediction_gives_the_same_label_map(tmp_path: Path) -> None:
    store = PredictionStore(tmp_path / "a.urwkv", start)
    prediction = answer((1, 20, 30), {0: Rect(3, 4, 9, 17)})
    store.put(1, prediction).result(5)
    stored = store.get(1, prediction.weights_sha256)
    assert stored is not None
    assert np.array_equal(stored.label_map(0), prediction.label_map(0))
    store.close()


def test_thumbnails_and_headers_are_kept(tmp_path: Path) -> None:
    store = PredictionStore(tmp_path / "a.urwkv", start)
    pixels = np.arange(4 * 5 * 3, dtype=np.uint8).reshape(4, 5, 3)
    store.put_thumbnail(2, pixels)
    header = FileHeader("sub/a.dcm", 512, 1_700_000_000_000_000_000, "{}")
    store.put_headers([header])
    thumbnail = store.get_thumbnail(2)
    assert thumbnail is not None
    assert np.array_equal(thumbnail, pixels)
    store.close()
    store = PredictionStore(tmp_path / "a.urwkv", start)
    thumbnail = store.get_thumbnail(2)
    assert thumbnail is not None
    assert np.array_equal(thumbnail, pixels)
    assert store.headers() == {"sub/a.dcm": header}
    assert store.get_thumbnail(3) is None
    store.close()


def test_a_case_can_be_forgotten(tmp_path: Path) -> None:
    store = PredictionStore(tmp_path / "a.urwkv", start)
    prediction = _prediction(range(2))
    store.put(1, prediction)
    store.put(2, prediction)
    store.forget(1)
    store.close()
    store = PredictionStore(tmp_path / "a.urwkv", start)
    assert store.get(1, prediction.weights_sha256) is None
    assert _equal(store.get(2, prediction.weights_sha256), prediction)
    store.close()


def test_a_damaged_or_foreign_file_is_begun_anew(tmp_path: Path) -> None:
    prediction = _prediction(range(1))
    (tmp_path / "a.urwkv-predictions").write_bytes(b"anything at all" * 500)
    for project in ("one", "another"):
        store = PredictionStore(tmp_path / "a.urwkv", start, project_id=project)
        assert store.get(1, prediction.weights_sha256) is None
        store.put(1, prediction).result(5)
        assert _equal(store.get(1, prediction.weights_sha256), prediction)
        store.close()


def test_where_nothing_can_be_written_predictions_live_in_memory(tmp_path: Path) -> None:
    prediction = _prediction(range(1))
    store = PredictionStore(tmp_path / "absent" / "a.urwkv", start)
    store.put(1, prediction).result(5)
    assert _equal(store.get(1, prediction.weights_sha256), prediction)
    store.close()


def test_a_second_window_reads_what_the_first_has_written(tmp_path: Path) -> None:
    prediction = _prediction(range(1))
    first = PredictionStore(tmp_path / "a.urwkv", start, project_id="p")
    first.put(1, prediction).result(5)
    second = PredictionStore(tmp_path / "a.urwkv", start, project_id="p", read_only=True)
    assert _equal(second.get(1, prediction.weights_sha256), prediction)
    second.put(2, prediction)
    second.close()
    assert first.get(2, prediction.weights_sha256) is None
    first.close()


def test_headers_of_files_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    store = PredictionStore(tmp_path / "a.urwkv", start)
    kept, gone = FileHeader("a.dcm", 1, 2, "{}"), FileHeader("b.dcm", 3, 4, "{}")
    store.put_headers([kept, gone])
    store.forget_headers(["b.dcm"]).result(5)
    assert store.headers() == {"a.dcm": kept}
    store.close()
