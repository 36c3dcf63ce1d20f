"""The loop closes: accepted cases teach the model that answered them; what it became is compared before it is kept."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import msgspec
import numpy as np
import numpy.typing as npt
import pytest
from safetensors.torch import load_file, save_file

from tests.homes import Said, shell, working
from tests.training.small_sets import disc, write_recipe, write_set
from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import MaskEdit
from urwkv_desktop.imaging import Box, Flag, Geometry, Image, Message, Refusal, Status
from urwkv_desktop.inference.card import read_card, write_card
from urwkv_desktop.inference.library import ModelLibrary, family
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.training import fine_tuning
from urwkv_desktop.training.comparing import compared
from urwkv_desktop.training.comparison import Comparison, Fall
from urwkv_desktop.training.scores import CaseScore, EmptyCase, Evaluation, RefusedCase, summary
from urwkv_desktop.workflow import lesson_diary
from urwkv_desktop.workflow.adopting import adopt, next_name
from urwkv_desktop.workflow.exporting import Wish
from urwkv_desktop.workflow.learning import Learned, LessonWish, learn
from urwkv_desktop.workflow.lesson_diary import LessonDiary, held, read_state
from urwkv_desktop.workflow.lessons import LessonData, train
from urwkv_desktop.workflow.places import Places, find_places
from urwkv_desktop.workflow.teaching import Offer

__all__ = ["shell"]

CASES = 24
RECIPE = """
name = "discs"
seed = 3
precision = "float32"
channels = [{ name = "Disc", colour = "#ffb020" }]
suits = { modality = ["US"], colour = "grey", dimension = "2d" }
network = { graph = "with2x4", variant = "small" }
input = { width = 32, height = 32 }
stages = [{ epochs = 1, size = 32 }]
optimiser = { batch = 2 }
"""


@pytest.fixture(scope="module")
def barely_taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder with one model, which has seen three discs."""
    folder = tmp_path_factory.mktemp("discs")
    data = LessonData(write_set(folder / "set", "abcd", [0, 1, 1, 1]), fold=0)
    done = train(str(write_recipe(folder, RECIPE)), data, folder / "run", places=find_places(),
                 report=lambda *words: None, stop=lambda: False)
    assert done.model is not None
    shutil.move(done.model, folder / "models" / "discs")
    return folder / "models"


@pytest.fixture
def places(barely_taught: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A home in which `discs` is the only model, with a key that puts cases on all three sides."""
    return home_of(barely_taught, tmp_path, monkeypatch, steps=60)


def home_of(models: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, *, steps: int) -> Places:
    """A home with these models alone and a key that puts cases on all three sides; a lesson takes so many steps."""
    home = folder / "home"
    monkeypatch.setenv("URWKV_DESKTOP_HOME", str(home))
    shutil.copytree(models, home / "data" / "models")
    (home / "data" / "split.key").write_text("a key of these tests\n")
    monkeypatch.setattr(fine_tuning, "STEPS", steps)
    return replace(find_places(), models=folder / "no bundled models")


@pytest.fixture
def project(places: Places, tmp_path: Path) -> Path:
    """Pictures with one disc each, put right by hand and accepted."""
    folder = tmp_path / "images"
    folder.mkdir()
    truths = {}
    for number in range(CASES):
        rng = np.random.default_rng(number)
        truth = disc(40, *(int(place) for place in rng.integers(12, 28, 2)), int(rng.integers(5, 10)))
        picture = (60 + 120 * truth + rng.integers(0, 30, truth.shape)).astype(np.uint8)
        cv2.imwrite(str(folder / f"case-{number:02}.png"), picture)
        truths[f"case-{number:02}"] = truth
    (folder / "project.toml").write_text('[[kind]]\nfiles = ["*.png"]\nmodel = "discs"\n')
    with working(folder, places) as work:
        work.settle()
        for name, truth in truths.items():
            put_right(work.show(name), truth)
            work.session.accept(then_next=False)
        work.settle()
    return folder


def put_right(document: Document, truth: npt.NDArray[np.uint8]) -> None:
    """One edit that makes the mask what it should be. truth: [H, W] or [Z, H, W], 1 for the first label and so on."""
    before = document.mask.voxels.copy()
    ids = np.asarray([0, *(label.id for label in document.labels.items)], np.uint8)
    after = ids[truth].reshape(before.shape)
    document.apply(MaskEdit(Message("Brush"), "brush", 0, 0, Box(0, 0, 0, *before.shape), before, after,
                            reader=document.reader))


def sides(lesson: Path) -> Counter[str]:
    with (lesson / "set" / "cases.csv").open() as file:
        return Counter(row["split"] for row in csv.DictReader(file))


def quietly(wish: LessonWish, places: Places, stop: Callable[[], bool] = lambda: False) -> Learned:
    return learn(wish, places, report=lambda *words: None, stop=stop)


# ── the lesson ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_accepted_cases_teach_their_model_and_the_better_one_is_adopted(
    shell: Callable[..., Said], places: Places, project: Path, tmp_path: Path
) -> None:
    lesson = tmp_path / "lesson"
    said = shell("learn", project, "--out", lesson)
    assert said.code == 0, said.lines
    assert "discs-2 is no worse than discs, though 2 cases tell little" in said.out
    found = json.loads((lesson / "comparison.json").read_text())
    assert found["n"] == sides(lesson)["test"] > 0
    assert found["after"] > found["before"] + 0.1
    assert (found["model"], found["new_model"], found["is_no_worse"]) == ("discs", "discs-2", True)
    assert sides(lesson).total() == CASES

    card, parent = (read_card(folder / "card.json") for folder in (lesson / "model", places.user_models / "discs"))
    assert card.parent == parent.files["model.safetensors"]
    assert f"--from discs@{card.parent[:12]}" in card.command
    assert (card.input, card.channels, card.suits) == (parent.input, parent.channels, parent.suits)

    assert shell("models", "adopt", lesson).code == 0
    assert {"discs", "discs-2"} < {card["name"] for card in json.loads(shell("models", "--json").out)}
    said = shell("models", "adopt", lesson)
    assert said.code == 2
    assert "It is among the models already, as discs-2." in said.lines[-1]


def test_a_lesson_that_was_stopped_goes_on_where_it_was(places: Places, project: Path, tmp_path: Path) -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += (tmp_path / "lesson" / "lesson.toml").is_file()  # the export is done
        return asked > 20

    assert quietly(LessonWish(project, tmp_path / "lesson"), places, stop) == Learned()
    assert not (tmp_path / "lesson" / "model").exists()
    step = json.loads((tmp_path / "lesson" / "run.json").read_text())["step"]
    assert 0 < step < 60
    another(places, "discs-2", taught=True)  # adopted meanwhile, from another project
    learned = quietly(LessonWish(project, tmp_path / "lesson", resume=True), places)
    assert learned.comparison is not None
    assert learned.comparison.n > 0
    assert (learned.comparison.model, learned.comparison.sha256) == ("discs", sha256(places, "discs"))
    assert read_card(tmp_path / "lesson" / "model" / "card.json").parent == sha256(places, "discs")
    assert adopt(tmp_path / "lesson", places) == "discs-3"
    assert read_card(places.user_models / "discs-3" / "card.json").name == "discs-3"


def test_a_lesson_that_was_stopped_before_it_learnt_goes_on_too(
    places: Places, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fine_tuning, "STEPS", 3)
    lesson = tmp_path / "lesson"
    assert quietly(LessonWish(project, lesson), places, stop=lambda: True) == Learned()
    assert not (lesson / "lesson.toml").exists()
    assert quietly(LessonWish(project, lesson, resume=True), places).name == "discs-2"


def test_a_lesson_that_is_stopped_while_it_compares_says_nothing(
    places: Places, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fine_tuning, "STEPS", 3)
    lesson = tmp_path / "lesson"
    assert quietly(LessonWish(project, lesson), places, stop=lambda: (lesson / "model").is_dir()) == Learned()
    assert not (lesson / "comparison.json").exists()
    state = read_state(lesson)
    assert state is not None
    assert state.phase == "stopped"
    found = quietly(LessonWish(project, lesson, resume=True), places).comparison
    assert found is not None
    assert found.n == sides(lesson)["test"]


def test_a_lesson_that_is_begun_anew_takes_nothing_over(places: Places, project: Path, tmp_path: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fine_tuning, "STEPS", 3)
    lesson = tmp_path / "lesson"
    quietly(LessonWish(project, lesson), places)
    assert quietly(LessonWish(project, lesson), places, stop=lambda: True) == Learned()
    for name in ("comparison.json", "model", "checkpoint.pt", "lesson.toml"):
        assert not (lesson / name).exists()
    with pytest.raises(Refusal, match="There is no finished lesson"):
        adopt(lesson, places)


def test_a_folder_that_holds_other_things_is_left_alone(places: Places, project: Path, tmp_path: Path) -> None:
    (tmp_path / "mine" / "set").mkdir(parents=True)
    (tmp_path / "mine" / "set" / "thesis.txt").write_text("mine")
    with pytest.raises(Refusal, match="holds other things than a lesson"):
        quietly(LessonWish(project, tmp_path / "mine"), places)
    assert (tmp_path / "mine" / "set" / "thesis.txt").read_text() == "mine"


def test_two_lessons_in_one_folder_are_refused(places: Places, project: Path, tmp_path: Path,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lesson_diary, "_PATIENCE", 0.1)
    lesson = tmp_path / "lesson"
    lesson.mkdir()
    with held(lesson) as is_ours:
        assert is_ours
        LessonDiary(lesson)
        with pytest.raises(Refusal, match="A lesson is at work"):
            quietly(LessonWish(project, lesson), places)


def test_a_mistake_of_ours_is_written_down(places: Places, project: Path, tmp_path: Path,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("no memory left")

    monkeypatch.setattr(fine_tuning, "fine_tuning", breaks)
    with pytest.raises(RuntimeError):
        quietly(LessonWish(project, tmp_path / "lesson"), places)
    state = read_state(tmp_path / "lesson")
    assert state is not None
    assert (state.phase, state.words) == ("died", "RuntimeError: no memory left")


def test_a_taught_model_can_be_taught_again(places: Places, project: Path, tmp_path: Path) -> None:
    another(places, "discs-2", taught=True)
    lesson = tmp_path / "lesson"
    quietly(LessonWish(project, lesson), places, stop=lambda: (lesson / "lesson.toml").is_file())
    recipe = tomllib.loads((lesson / "lesson.toml").read_text())
    assert recipe["name"] == "discs-3"
    assert recipe["data"]["note"].startswith("Learnt from discs-2,")
    assert sides(lesson).total() == CASES  # what discs had answered counts too


def test_too_few_cases_are_refused_with_how_many_there_are(shell: Callable[..., Said], places: Places,
                                                           tmp_path: Path) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    cv2.imwrite(str(folder / "one.png"), 60 + 120 * disc(40, 20, 20, 8))
    (folder / "project.toml").write_text('[[kind]]\nfiles = ["*.png"]\nmodel = "discs"\n')
    with working(folder, places) as work:
        work.settle()
        assert shell("learn", folder, "--out", tmp_path / "lesson").code == 2
        put_right(work.show("one"), disc(40, 20, 20, 8))
        work.session.accept(then_next=False)
        work.settle()
    said = shell("learn", folder, "--out", tmp_path / "lesson")
    assert said.code == 2
    assert re.search(r"Of the accepted cases \d would train, \d validate and \d be kept aside", said.lines[-1])
    assert not (tmp_path / "lesson" / "run.json").exists()


def test_a_lesson_among_the_images_is_refused(shell: Callable[..., Said], project: Path) -> None:
    said = shell("learn", project, "--out", project / "lesson")
    assert said.code == 2
    assert "lies among the project's images" in said.lines[-1]
    assert not (project / "lesson").exists()


def test_only_cases_that_the_model_answered_leave_for_its_lesson() -> None:
    wish = Wish(Path("out"), ("training",), (Status.accepted,), b"key", answered_by=frozenset({"busi", "busi-2"}))
    row = CaseRow(1, "a", "a", ("a.png",), "2d", Status.accepted, answered_by="busi-2")
    assert wish.takes(row)
    assert not wish.takes(replace(row, answered_by="nuclei"))
    assert not wish.takes(replace(row, answered_by=""))
    assert not wish.takes(replace(row, status=Status.edited))
    assert not wish.takes(replace(row, flag=Flag(excluded=True)))


@pytest.mark.parametrize(("name", "of"), [("busi", "busi"), ("busi-2", "busi"), ("a-12", "a"), ("e-4-x", "e-4-x")])
def test_a_taught_model_is_of_the_family_that_it_was_taught_from(name: str, of: str) -> None:
    assert family(name) == of


def test_the_next_of_a_family_has_the_number_after_its_highest(places: Places) -> None:
    assert next_name("discs", ModelLibrary([places.user_models])) == "discs-2"
    another(places, "discs-19")
    assert next_name("discs", ModelLibrary([places.user_models])) == "discs-20"


def another(places: Places, name: str, *, taught: bool = False) -> None:
    """A second model: the first one with other weights; taught: it names the first as its parent."""
    folder = shutil.copytree(places.user_models / "discs", places.user_models / name)
    weights = folder / "model.safetensors"
    tensors = load_file(weights)
    tensors["Conv_1x1.bias"] += 0.01 * (1 + sum(name.encode()) % 97)
    save_file(tensors, weights)
    card = read_card(folder / "card.json")
    files = {**card.files, weights.name: hashlib.sha256(weights.read_bytes()).hexdigest()}
    parent = sha256(places, "discs") if taught else None
    write_card(msgspec.structs.replace(card, name=name, files=files, parent=parent), folder / "card.json")


def sha256(places: Places, name: str) -> str:
    return read_card(places.user_models / name / "card.json").files["model.safetensors"]


def as_lesson(places: Places, lesson: Path, *, after: float) -> None:
    """A finished lesson whose model is `discs` with other weights: mean Dice 0.5 before, `after` after it."""
    another(places, "discs-2", taught=True)
    lesson.mkdir(parents=True)
    (places.user_models / "discs-2").rename(lesson / "model")
    found = Comparison(n=12, before=0.5, after=after, lo=0.0, hi=0.1, better=0, model="discs", new_model="discs-2",
                       new_sha256=read_card(lesson / "model" / "card.json").files["model.safetensors"])
    (lesson / "comparison.json").write_bytes(msgspec.json.encode(found))


# ── in the window ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_window_begins_a_lesson_in_a_process_of_its_own_and_stops_it(places: Places, project: Path) -> None:
    with working(project, places) as work:
        work.settle()
        teaching = work.session.teaching
        assert teaching.offers == (Offer("discs", CASES),)
        assert teaching.state("discs") is None
        assert teaching.lack("discs") is None
        teaching.begin("discs")
        state = teaching.state("discs")
        assert state is not None
        assert state.is_at_work
        teaching.begin("discs")  # pressed twice: it goes on as it was
        teaching.stop("discs")
        assert reached(lambda: (now := teaching.state("discs")) is not None and not now.is_at_work)
        state = teaching.state("discs")
        assert state is not None
        assert (state.phase, state.words) == ("stopped", "")
        assert not (teaching.folder("discs") / "stop").exists()
        assert not (places.user_models / "discs-2").exists()


def test_a_lesson_whose_process_has_gone_without_a_word_has_died(tmp_path: Path) -> None:
    with held(tmp_path):
        LessonDiary(tmp_path).enter("learning")
        state = read_state(tmp_path)
        assert state is not None
        assert state.is_at_work
    state = read_state(tmp_path)
    assert state is not None
    assert state.phase == "died"


def test_the_reason_of_a_refused_lesson_reaches_the_window_in_its_parts(tmp_path: Path) -> None:
    why = Refusal(tried=Message("Teaching a model."), cause=Message("Of {n} cases none.", n=3), cure=Message("Accept."))
    LessonDiary(tmp_path).enter("refused", refusal=why)
    state = read_state(tmp_path)
    assert state is not None
    assert state.refusal is not None
    assert (state.refusal.cause, str(state.refusal)) == (why.cause, str(why))


def test_an_adopted_model_looks_in_the_place_of_its_parent_and_masks_stay(places: Places, tmp_path: Path) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    for number in range(2):
        cv2.imwrite(str(folder / f"{number}.png"), 60 + 120 * disc(40, 20, 15 + 5 * number, 8))
    (folder / "project.toml").write_text('[[kind]]\nfiles = ["*.png"]\nmodel = "discs"\n')
    with working(folder, places) as work:
        work.settle()
        document = work.show("0")
        mask = document.mask.voxels.copy()
        as_lesson(places, work.session.teaching.folder("discs"), after=0.6)
        found: list[str | Refusal] = []
        work.session.adopt("discs", found.append)
        work.wait(lambda: bool(found))
        assert found == ["discs-2"]
        work.settle()
        assert work.session.model_name == "discs-2"
        assert np.array_equal(document.mask.voxels, mask)
        comparison = work.session.teaching.comparison("discs")
        assert comparison is not None
        assert work.session.teaching.adopted_as(comparison) == "discs-2"
        work.show("1")
        assert work.session.model_name == "discs-2"
        work.session.choose_model("discs", for_kind=True)  # the old one can be had again
        work.settle()
        assert work.session.model_name == "discs"
    with working(folder, places) as work:
        work.settle()
        work.show("0")
        assert work.session.model_name == "discs"


def test_a_model_chosen_for_a_kind_of_image_gives_way_to_the_one_taught_from_it(places: Places, tmp_path: Path) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    cv2.imwrite(str(folder / "a.png"), 60 + 120 * disc(40, 20, 15, 8))
    with working(folder, places) as work:
        work.settle()
        work.show("a")
        work.session.choose_model("discs", for_kind=True)
        work.settle()
        as_lesson(places, work.session.teaching.folder("discs"), after=0.6)
        work.session.adopt("discs", lambda found: None)
        work.settle()
        assert work.session.model_name == "discs-2"


def test_the_last_taught_of_a_family_suits_in_the_place_of_all_before_it(places: Places) -> None:
    ultrasound = Image(np.zeros((1, 40, 40), np.uint8), Geometry.picture(), modality="US")

    def suiting() -> list[str]:
        return sorted(model.name for model in ModelLibrary([places.user_models]).suiting(ultrasound).models)

    assert suiting() == ["discs"]
    another(places, "discs-2")  # imported under that name, not taught from it
    assert suiting() == ["discs", "discs-2"]
    another(places, "discs-3", taught=True)
    assert suiting() == ["discs-3"]
    shutil.rmtree(places.user_models / "discs-2")
    assert suiting() == ["discs-3"]


def reached(is_so: Callable[[], bool], seconds: float = 60.0) -> bool:
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


# ── the comparison ────────────────────────────────────────────────────────────────────────────────────────────────────


def scored(*dice: float, drawn: int = 0) -> Evaluation:
    return summary([CaseScore(f"case-{number}", one, one / 2, None) for number, one in enumerate(dice)],
                   [EmptyCase("nothing", drawn)])


def test_a_model_whose_mean_falls_is_worse() -> None:
    assert compared(scored(0.5, 0.6), scored(0.55, 0.6)).is_no_worse
    assert compared(scored(0.5, 0.6), scored(0.5, 0.6)).is_no_worse
    assert not compared(scored(0.5, 0.6), scored(0.5, 0.59)).is_no_worse


def test_a_model_that_fails_more_than_a_tenth_of_the_cases_is_worse_whatever_its_mean() -> None:
    before = scored(*[0.5] * 20)
    two, three = (scored(*[0.4] * falls, *[0.9] * (20 - falls)) for falls in (2, 3))
    assert compared(before, two).is_no_worse
    found = compared(before, three)
    assert found.after > found.before
    assert not found.is_no_worse
    assert found.falls[0] == Fall("case-0", 0.5, 0.4)
    assert (found.better, len(found.falls)) == (17, 3)


def test_a_model_that_draws_on_more_images_with_nothing_to_find_is_worse() -> None:
    assert not compared(scored(0.5), scored(0.9, drawn=51)).is_no_worse
    assert compared(scored(0.5, drawn=60), scored(0.9, drawn=51)).is_no_worse


def test_nothing_to_compare_is_no_reason_to_adopt() -> None:
    assert not compared(scored(), scored()).is_no_worse


def test_a_handful_of_cases_tells_little() -> None:
    assert not compared(scored(*[0.5] * 9), scored(*[0.6] * 9)).is_telling
    assert compared(scored(*[0.5] * 10), scored(*[0.6] * 10)).is_telling


def test_a_case_that_one_model_could_not_be_measured_on_counts_for_neither() -> None:
    after = msgspec.structs.replace(scored(0.9), refused=(RefusedCase("case-1", "damaged"),))
    found = compared(scored(0.5, 0.1), after)
    assert (found.n, found.before, found.after, found.refused) == (1, 0.5, 0.9, 1)


def test_a_worse_model_is_adopted_only_when_it_is_wanted_anyway(
    shell: Callable[..., Said], places: Places, tmp_path: Path
) -> None:
    lesson = tmp_path / "lesson"
    said = shell("models", "adopt", lesson)
    assert said.code == 2
    assert "There is no finished lesson" in said.lines[-1]
    as_lesson(places, lesson, after=0.4)
    said = shell("models", "adopt", lesson)
    assert said.code == 2
    assert "worse than discs" in said.lines[-1]
    assert shell("models", "adopt", lesson, "--anyway").code == 0
    assert (places.user_models / "discs-2" / "model.xml").is_file()
    assert not list(places.user_models.glob(".*"))


def test_a_model_other_than_the_one_that_was_compared_is_not_adopted(places: Places, tmp_path: Path) -> None:
    as_lesson(places, tmp_path / "lesson", after=0.6)
    another(places, "x")
    shutil.rmtree(tmp_path / "lesson" / "model")
    (places.user_models / "x").rename(tmp_path / "lesson" / "model")
    with pytest.raises(Refusal, match="another one than the one that was compared"):
        adopt(tmp_path / "lesson", places)
