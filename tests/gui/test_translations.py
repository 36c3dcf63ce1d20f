"""Every sentence of the program is in the translations, and a translated one says the same values."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from benchmarks import messages
from urwkv_desktop.gui.words import load_translations, say
from urwkv_desktop.imaging import Message
from urwkv_desktop.workflow import find_places

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
