from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.builders import ramp, write_dicom
from tests.training.small_sets import write_set
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.training.cases import Case, DataPlace, read_cases, without_mask
from urwkv_desktop.training.split import split_by_fold, split_by_word


def _case(name: str, group: str, *, fold: int | None = None, split: str = "") -> Case:
    return Case(name, Path(name), Path(name), group, fold=fold, split=split)


def test_one_fold_validates_and_the_others_train() -> None:
    split = split_by_fold([_case("a", "1", fold=0), _case("b", "2", fold=1), _case("c", "3", fold=2)], 0)
    assert [case.id for case in split.validation] == ["a"]
    assert [case.id for case in split.train] == ["b", "c"]


def test_a_group_in_two_folds_is_refused_by_name() -> None:
    with pytest.raises(Refusal, match="Group patient7 stands on both sides: a and b"):
        split_by_fold([_case("a", "patient7", fold=0), _case("b", "patient7", fold=1)], 0)


def test_a_group_in_train_and_test_is_refused() -> None:
    with pytest.raises(Refusal, match="both sides"):
        split_by_word([_case("a", "1", split="train"), _case("b", "1", split="test")])


def test_rows_of_the_test_split_neither_train_nor_validate() -> None:
    cases = [_case(word, word, split=word) for word in ("train", "validation", "test")]
    split = split_by_word(cases)
    assert [case.id for case in (*split.train, *split.validation)] == ["train", "validation"]


def test_a_fold_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refusal, match="2 cases would train and 0 validate"):
        split_by_fold([_case("a", "1", fold=0), _case("b", "2", fold=1)], 9)


def test_a_folder_with_folds_csv_lists_its_cases(tmp_path: Path) -> None:
    cases = read_cases(DataPlace(folder=write_set(tmp_path / "set", ["g1", "g1", "g2"], [0, 0, 1])))
    assert [(case.id, case.group, case.fold) for case in cases] == [
        ("case_0", "g1", 0), ("case_1", "g1", 0), ("case_2", "g2", 1),
    ]


def test_cases_csv_names_cases_by_id_and_split(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", ["g1", "g2"], [0, 1])
    (folder / "folds.csv").unlink()
    (folder / "cases.csv").write_text("id,group,split\ncase_0,p1,train\ncase_1,p2,validation\n")
    cases = read_cases(DataPlace(folder=folder))
    assert [(case.image.name, case.split) for case in cases] == [("case_0.png", "train"), ("case_1.png", "validation")]


def test_images_pair_with_masks_of_the_same_name_or_with_a_tail(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", ["g1", "g2"], [0, 1])
    (folder / "masks" / "case_1.png").rename(folder / "masks" / "case_1_mask.png")
    cases = read_cases(DataPlace(images=folder / "images", masks=folder / "masks", folds=folder / "folds.csv"))
    assert [(case.mask.name, case.fold) for case in cases] == [("case_0.png", 0), ("case_1_mask.png", 1)]


def test_a_listed_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", ["g1", "g2"], [0, 1])
    (folder / "images" / "case_1.png").unlink()
    with pytest.raises(Refusal, match=r"case_1\.png is listed and is not there"):
        read_cases(DataPlace(folder=folder))


def test_a_folder_without_images_and_masks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no folder images"):
        read_cases(DataPlace(folder=tmp_path))


def test_a_list_from_a_german_spreadsheet_is_read(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", ["g1", "g2"], [0, 1])
    text = (folder / "folds.csv").read_text().replace(",disc", ",Größe").replace(",", ";")
    (folder / "folds.csv").write_bytes(text.replace("images/", "images\\").encode("cp1252"))
    cases = read_cases(DataPlace(folder=folder))
    assert [(case.id, case.kind, case.group, case.fold) for case in cases] == [
        ("case_0", "Größe", "g1", 0), ("case_1", "Größe", "g2", 1)]


def test_images_of_every_kind_that_the_window_opens_are_found_beside_their_masks(tmp_path: Path) -> None:
    for kind in ("images", "masks"):
        (tmp_path / kind).mkdir()
        for name in ("a.mhd", "b.NHDR", "c.dicom", "d.png"):
            (tmp_path / kind / name).touch()
    assert [case.id for case in read_cases(DataPlace(folder=tmp_path))] == ["a", "b", "c", "d"]


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def _pairs(place: DataPlace) -> dict[str, str]:
    assert place.masks is not None
    return {case.id: case.mask.relative_to(place.masks).as_posix() for case in read_cases(place)}


@pytest.mark.parametrize(("image", "mask"), [("images/a.png", "masks/a.png"), ("images/a.png", "labels/a.png"),
                                             ("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz")])
def test_a_folder_is_read_as_others_lay_it_out_too(tmp_path: Path, image: str, mask: str) -> None:
    _touch(tmp_path, image, mask)
    case, = read_cases(DataPlace(folder=tmp_path))
    assert (case.image, case.mask) == (tmp_path / image, tmp_path / mask)


def test_images_in_sub_folders_are_found_and_have_the_mask_of_their_place(tmp_path: Path) -> None:
    _touch(tmp_path, "i/a.png", "i/x/a.png", "i/y/a.png", "i/y/b.png", "i/z/c.png")
    _touch(tmp_path, "m/a.png", "m/x/a.png", "m/deep/b_mask.png", "m/z/c_seg.nii.gz")
    place = DataPlace(images=tmp_path / "i", masks=tmp_path / "m")
    assert _pairs(place) == {"a": "a.png", "x/a": "x/a.png", "y/b": "deep/b_mask.png", "z/c": "z/c_seg.nii.gz"}
    assert without_mask(place) == ("y/a",)


def test_dicom_without_a_suffix_is_an_image(tmp_path: Path) -> None:
    for name in ("1.2.840.113", "1.2.840.114", "IM0001"):
        write_dicom(tmp_path / "i" / name, ramp(3, 4))
    _touch(tmp_path, "i/README", "m/1.2.840.113.png", "m/1.2.840.114.png", "m/IM0001_mask.png")
    place = DataPlace(images=tmp_path / "i", masks=tmp_path / "m")
    assert list(_pairs(place)) == ["1.2.840.113", "1.2.840.114", "IM0001"]


def test_masks_in_the_folder_of_the_images_or_below_it_are_no_images(tmp_path: Path) -> None:
    _touch(tmp_path, "set/a.png", "set/a_mask.png", "set/b.png", "set/masks/b.png")
    assert _pairs(DataPlace(images=tmp_path / "set", masks=tmp_path / "set")) == {"a": "a_mask.png"}
    assert _pairs(DataPlace(images=tmp_path / "set", masks=tmp_path / "set" / "masks")) == {"b": "b.png"}


def test_two_images_of_one_name_in_one_folder_are_refused(tmp_path: Path) -> None:
    _touch(tmp_path, "i/a.png", "i/a.jpg", "m/a.png")
    with pytest.raises(Refusal, match="a is listed twice"):
        read_cases(DataPlace(images=tmp_path / "i", masks=tmp_path / "m"))


def test_a_list_tells_images_of_one_name_apart_by_their_folders(tmp_path: Path) -> None:
    files = ["x/a.png", "y/a.png", "b.png"]
    _touch(tmp_path, *(f"{kind}/{file}" for kind in ("images", "masks") for file in files))
    rows = [f"images/{file},masks/{file},{fold}" for fold, file in enumerate(files, start=1)]
    (tmp_path / "folds.csv").write_text("\n".join(["image,mask,fold", *rows]))
    listed = read_cases(DataPlace(folder=tmp_path))
    paired = read_cases(DataPlace(images=tmp_path / "images", masks=tmp_path / "masks", folds=tmp_path / "folds.csv"))
    assert {case.id: case.fold for case in listed} == {"x/a": 1, "y/a": 2, "b": 3}
    assert {case.id: case.fold for case in paired} == {"x/a": 1, "y/a": 2, "b": 3}
    assert len({case.group for case in listed}) == 3
