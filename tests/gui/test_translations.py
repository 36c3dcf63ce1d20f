"""Every sentence of the program is in the translations, and a translated one says the same values."""

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from benchmarks import messages
from urwkv_desktop.gui.words import count, load_translations, say, wanted_language
from urwkv_desktop.imaging import Message
from urwkv_desktop.workflow import Places, Settings, find_places
from urwkv_desktop.workflow.settings import Appearance, save

FILES = sorted(messages.FOLDER.glob("*.ts"))
AGAIN = "run `make translations`, then translate what is unfinished"


@pytest.fixture
def module(tmp_path: Path) -> Path:
    return tmp_path / "module.py"


@pytest.fixture(scope="module")
def keys() -> set[messages.Key]:
    return messages.all_keys()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_translations_hold_what_the_program_says_and_nothing_else(file: Path, keys: set[messages.Key]) -> None:
    there = set(messages.read(file))
    assert keys - there == set(), AGAIN
    assert there - keys == set(), AGAIN


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_translation_keeps_its_placeholders(file: Path) -> None:
    wrong = [text for (_, text), said in messages.read(file).items()
             if said and messages.placeholders(said) != messages.placeholders(text)]
    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_compiled_translations_are_those_of_the_source(file: Path, qapp: QApplication) -> None:
    compiled = QTranslator()
    assert compiled.load(str(file.with_suffix(".qm"))), AGAIN
    finished = {key: said for key, said in messages.read(file).items() if said}
    assert {key: compiled.translate(*key) for key in finished} == finished, AGAIN


def test_german_is_finished() -> None:
    assert [key for key, said in messages.read(messages.FOLDER / "urwkv_desktop_de.ts").items() if not said] == []


def test_a_message_whose_text_is_no_literal_is_named_with_its_line(module: Path) -> None:
    module.write_text('x = 1\nMessage(f"{x} files")\n')
    with pytest.raises(messages.NotLiteralError, match=r"module\.py:2"):
        messages.core_keys(module.parent)


def test_literals_in_pieces_are_one_sentence_and_a_passed_on_text_is_none(module: Path) -> None:
    module.write_text('Message("One "\n        "two.", a=1)\nMessage(message.text, **v)\nMessage(text, **v)\n')
    assert messages.core_keys(module.parent) == {("core", "One two.")}


def test_a_translation_survives_being_written_and_read(tmp_path: Path) -> None:
    translations = {("core", "A <b> & {c}."): "Ä <b> & {c}.", ("core", "Not yet."): ""}
    messages.write(tmp_path / "a_de.ts", "de", translations)
    assert messages.read(tmp_path / "a_de.ts") == translations


def test_the_window_speaks_the_language_it_is_given_where_there_is_one(qapp: QApplication) -> None:
    resources, before = find_places().resources, set(qapp.findChildren(QTranslator))
    assert not load_translations(qapp, resources, QLocale("en_US"))
    assert load_translations(qapp, resources, QLocale("de_AT"))
    try:
        assert say(Message("Opening {name}", name="a")) == "a wird geöffnet"
        assert QCoreApplication.translate("actions", "Undo") == "Rückgängig"
    finally:
        for translator in set(qapp.findChildren(QTranslator)) - before:
            qapp.removeTranslator(translator)
    assert say(Message("Opening {name}", name="a")) == "Opening a"


def test_each_language_that_there_is_can_be_chosen_and_numbers_follow_it(qapp: QApplication) -> None:
    choices, before = get_args(get_args(get_type_hints(Appearance, include_extras=True)["language"])[0]), QLocale()
    assert wanted_language("system") is None
    assert QLocale() == before
    try:
        chosen = [wanted_language(choice) for choice in choices if choice != "system"]
        names = {language.name().partition("_")[0] for language in chosen if language is not None}
        assert names == {"en", *(file.stem.rpartition("_")[2] for file in FILES)}
        wanted_language("deutsch")
        assert count(14212) == "14\u202f212"
        wanted_language("english")
        assert count(14212) == "14,212"
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(("choice", "word"), [("deutsch", "Ordner öffnen"), ("english", "Open folder")])
def test_the_window_starts_in_the_language_that_was_chosen(tmp_path: Path, choice: str, word: str) -> None:
    """In a process of its own, whose system speaks the other language."""
    save(Settings().changed("appearance", language=choice), find_places_in(tmp_path).settings_file)
    program = ("import sys\nfrom PySide6.QtCore import QTimer\nfrom PySide6.QtWidgets import QPushButton\n"
               "from urwkv_desktop.gui import app\n"
               "made = app.make_application()\n"
               "def look():\n"
               "    words = [one.text() for top in made.topLevelWidgets() for one in top.findChildren(QPushButton)]\n"
               "    sys.stdout.buffer.write('|'.join(words).encode()); made.exit(0)\n"
               "QTimer.singleShot(0, look)\napp.run(None)\n")
    other = "en_US.UTF-8" if choice == "deutsch" else "de_DE.UTF-8"
    env = {**os.environ, "URWKV_DESKTOP_HOME": str(tmp_path), "LANG": other, "LC_ALL": other, "LANGUAGE": other[:2],
           "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, check=True, timeout=120)
    assert word in said.stdout.decode()


def find_places_in(home: Path) -> Places:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("URWKV_DESKTOP_HOME", str(home))
        return find_places()
