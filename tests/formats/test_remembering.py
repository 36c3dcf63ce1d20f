"""A folder that is opened again: what has not changed is not read again, and what has changed is noticed."""

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.formats.builders import SHARED, dicom_bytes, item, nifti, ramp, save, slices, ultrasound, write_dicom
from urwkv_desktop.formats.known import KnownFile, Learned
from urwkv_desktop.formats.limits import Limits
from urwkv_desktop.formats.reading.examine import Examiner
from urwkv_desktop.formats.reading.folder import index
from urwkv_desktop.formats.reading.remembering import Remembering
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.imaging import Message, Refusal

posix = pytest.mark.skipif(os.name != "posix", reason="the system does not count its own changes of a file")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Every kind of file that an index knows, an hour old."""
    root = tmp_path / "images"
    save(root / "a.png", ramp(40, 30))
    slices(root / "ct", [0, 1, 2, 5])
    slices(root / "pet", [0, 1], SeriesInstanceUID="1.2.3.5", Modality="PT", RescaleSlope="0.5")
    ultrasound(root / "us.dcm", np.zeros((3, 8, 9), np.uint8), SeriesInstanceUID="1.2.3.6")
    write_dicom(root / "mr.dcm", np.zeros((2, 6, 8), np.uint16), SeriesInstanceUID="1.2.3.7", Modality="MR",
                PerFrameFunctionalGroupsSequence=[_frame(0.0), _frame(3.0)])
    nifti(root / "v.nii.gz", np.arange(24, dtype=np.float32).reshape(2, 3, 4))
    (root / "broken.png").write_bytes(b"no picture")
    (root / "notes.txt").write_text("no image", "utf-8")
    return aged(root)


def _frame(z: float) -> object:
    return item(PlanePositionSequence=[item(ImagePositionPatient=[0.0, 0.0, z])],
                PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])],
                PixelMeasuresSequence=[item(PixelSpacing=[2.0, 0.5])])


def aged(root: Path, seconds: float = 3600) -> Path:
    then = time.time() - seconds
    for path in root.rglob("*"):
        os.utime(path, (then, then))
    return root


def told(sources: Sequence[Source]) -> list[tuple[object, ...]]:
    """All that an index says; refusals are compared by their sentences."""
    return [(replace(source, refusal=None), str(source.refusal), source.caption) for source in sources]


def learned(root: Path) -> tuple[KnownFile, ...]:
    memory = Remembering(root)
    index(root, memory=memory)
    return memory.taken().files


def unreadable(self: object, name: str) -> object:
    raise AssertionError(f"{name} was read again")


def test_a_folder_that_has_not_changed_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("broken.png", "notes.txt"):  # what is refused or no image is looked at each time
        (folder / name).unlink()
    first, known = index(folder), learned(folder)
    monkeypatch.setattr(Examiner, "examine", unreadable)
    memory = Remembering(folder, known)
    assert told(index(folder, memory=memory)) == told(first)
    assert memory.taken() == Learned()


def test_a_refused_file_is_refused_again_with_the_same_sentence(folder: Path) -> None:
    again = index(folder, memory=Remembering(folder, learned(folder)))
    assert told(again) == told(index(folder))
    assert [source.title for source in again if source.kind is SourceKind.refused] == ["broken"]


def test_a_slice_that_changed_is_read_again_and_the_others_are_not(folder: Path, monkeypatch: pytest.MonkeyPatch,
                                                                  ) -> None:
    known, read = learned(folder), list[str]()
    examine = Examiner.examine

    def watched(self: Examiner, name: str) -> object:
        read.append(name)
        return examine(self, name)

    write_dicom(folder / "ct" / "000.dcm", ramp(6, 8, dtype=np.int16), SeriesInstanceUID="1.2.3.99")
    aged(folder / "ct", 1800)
    monkeypatch.setattr(Examiner, "examine", watched)
    sources = index(folder, memory=Remembering(folder, known))
    assert "dicom:1.2.3.99" in {source.identity.rpartition(":")[0] for source in sources}
    assert set(read) == {*(f"ct/00{k}.dcm" for k in range(4)), "broken.png", "notes.txt"}
    assert told(sources) == told(index(folder))


@posix
def test_a_file_replaced_by_one_of_the_same_size_and_time_is_noticed(folder: Path) -> None:
    known = learned(folder)
    path = folder / "ct" / "001.dcm"
    before = path.stat()
    time.sleep(0.05)  # some systems count changes in steps of some milliseconds
    other = path.read_bytes().replace(b"1.2.3.4", b"1.2.3.8")
    path.write_bytes(other)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    sources = index(folder, memory=Remembering(folder, known))
    assert "dicom:1.2.3.8" in {source.identity.rpartition(":")[0] for source in sources}


def test_a_file_that_vanished_leaves_no_case_and_is_forgotten(folder: Path) -> None:
    known = learned(folder)
    (folder / "a.png").unlink()
    (folder / "ct" / "003.dcm").unlink()
    memory = Remembering(folder, known)
    sources = index(folder, memory=memory)
    assert told(sources) == told(index(folder))
    assert "a" not in {source.title for source in sources}
    assert set(memory.taken().gone) == {"a.png", "ct/003.dcm"}


def test_a_new_slice_joins_the_series_that_was_known(folder: Path) -> None:
    known = learned(folder)
    slices(folder / "ct", [7], names=["new.dcm"])
    sources = index(folder, memory=Remembering(folder, known))
    ct, = (source for source in sources if source.title == "ct")
    assert ct.files == ("ct/000.dcm", "ct/001.dcm", "ct/002.dcm", "ct/003.dcm", "ct/new.dcm")


def test_a_file_that_is_still_being_written_is_not_remembered(folder: Path) -> None:
    save(folder / "young.png", ramp(4, 5))
    assert "young.png" not in {one.file for one in learned(folder)}
    aged(folder)
    assert "young.png" in {one.file for one in learned(folder)}


@pytest.mark.parametrize("words", ["", "{", "null", '{"stamp":1}', '{"stamp":"0 0 0 0","changed":0,"found":{}}'])
def test_words_that_are_not_understood_are_passed_over(folder: Path, words: str) -> None:
    known = [replace(one, words=words) for one in learned(folder)]
    assert told(index(folder, memory=Remembering(folder, known))) == told(index(folder))


def test_words_about_another_file_are_not_believed(folder: Path) -> None:
    by_name = {one.file: one for one in learned(folder)}
    swapped = replace(by_name["a.png"], words=by_name["a.png"].words.replace("a.png", "../secret.png"))
    assert swapped.words != by_name["a.png"].words
    assert told(index(folder, memory=Remembering(folder, [swapped]))) == told(index(folder))


def test_numbers_that_lie_in_a_second_file_are_watched_too(tmp_path: Path) -> None:
    (tmp_path / "v.mhd").write_text("NDims = 3\nDimSize = 3 2 2\nElementType = MET_UCHAR\nElementDataFile = v.raw\n",
                                    "ascii")
    (tmp_path / "v.raw").write_bytes(bytes(12))
    known = learned(aged(tmp_path))
    (tmp_path / "v.raw").write_bytes(bytes(range(12)))
    os.utime(tmp_path / "v.raw", (time.time() - 60,) * 2)
    fresh, again = index(tmp_path), index(tmp_path, memory=Remembering(tmp_path, known))
    assert [source.identity for source in again] == [source.identity for source in fresh]


def test_a_lower_limit_refuses_what_was_accepted_before(folder: Path) -> None:
    known, limits = learned(folder), Limits(picture_bytes=1000)
    sources = index(folder, limits=limits, memory=Remembering(folder, known, limits))
    picture, = (source for source in sources if source.title == "a")
    assert "the limit is" in str(picture.refusal)


def test_a_digest_is_counted_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "copy.dcm").write_bytes((folder / "us.dcm").read_bytes())
    known = learned(aged(folder))
    memory = Remembering(folder, known)
    index(folder, memory=memory)
    monkeypatch.setattr("urwkv_desktop.formats.reading.remembering.file_digest", unreadable)
    assert memory.digest("us.dcm") == memory.digest("copy.dcm")


def test_the_worker_hands_over_what_it_learns_and_takes_it_back(folder: Path) -> None:
    worker, kept = DecodeWorker(), list[Learned]()
    try:
        first = worker.index(folder, keep=kept.append)
        known = [one for said in kept for one in said.files]
        kept.clear()
        assert told(worker.index(folder, known=known, keep=kept.append)) == told(first)
        assert kept == []
        (folder / "a.png").unlink()
        worker.index(folder, known=known, keep=kept.append)
        assert kept == [Learned(gone=("a.png",))]
    finally:
        worker.close()


def test_an_index_that_is_given_up_keeps_what_it_has_learned(tmp_path: Path) -> None:
    for k in range(300):
        (tmp_path / f"{k:03}.dcm").write_bytes(dicom_bytes(np.zeros((4, 4), np.int16), SeriesInstanceUID=f"1.2.{k}"))
    aged(tmp_path)
    memory, done = Remembering(tmp_path), list[str]()
    some = index(tmp_path, memory=memory, begin=done.append, stop=lambda: len(done) >= 100)
    known = memory.taken().files
    assert len(some) == len(known) == 100
    assert told(index(tmp_path, memory=Remembering(tmp_path, known))) == told(index(tmp_path))


def test_a_folder_of_which_nothing_is_left_says_so(folder: Path) -> None:
    known = learned(folder)
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    with pytest.raises(Refusal, match="no images"):
        index(folder, memory=Remembering(folder, known))


def test_sentences_with_values_come_back_whole(folder: Path) -> None:
    known = learned(folder)
    ct, = (source for source in index(folder, memory=Remembering(folder, known)) if source.title == "ct")
    assert Message("incomplete: {have} of {need} slices", have=4, need=6) in [one.message for one in ct.findings]


@pytest.mark.parametrize("name", ["dicom", "dicom_zoo/files"])
def test_every_real_file_is_remembered_as_it_was_read(name: str) -> None:
    root = SHARED / name
    if not root.is_dir():
        pytest.skip(f"{name} is not here")
    known = learned(root)
    assert known
    assert told(index(root, memory=Remembering(root, known))) == told(index(root))
