"""Core's sentences in the person's language, and numbers as people read them."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from urwkv_desktop.imaging import Message, Refusal

_LANGUAGES = {"english": QLocale.Language.English, "deutsch": QLocale.Language.German}


def wanted_language(choice: str) -> QLocale | None:
    """choice: of the settings. None: the system's. Numbers are written as in that language too."""
    if choice not in _LANGUAGES:
        return None
    language = QLocale(_LANGUAGES[choice])
    QLocale.setDefault(language)
    return language


def load_translations(app: QCoreApplication, resources: Path, language: QLocale | None = None) -> bool:
    """The window's words in the person's first language, and Qt's own (its dialogs) where they are installed.

    language: the system's where none is given. False: there is no translation, everything stays English.
    """
    wanted = language or QLocale((QLocale.system().uiLanguages() or ["en"])[0])
    if not _install(app, wanted, "urwkv_desktop", str(resources / "translations")):
        return False
    _install(app, wanted, "qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return True


def _install(app: QCoreApplication, language: QLocale, name: str, folder: str) -> bool:
    translator = QTranslator(app)
    return translator.load(language, name, "_", folder) and app.installTranslator(translator)


def say(message: Message) -> str:
    """The message translated, with its values filled in (a value that is a Message is translated first)."""
    values = {name: say(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    return Message(message.text, **values).fill(QCoreApplication.translate("core", message.text))


def say_refusal(refusal: Refusal) -> str:
    """What was found and what the person can do, in one line."""
    return f"{say(refusal.cause)} {say(refusal.cure)}".strip()


def count(number: int) -> str:
    """14212 -> 14,212; where a comma divides decimals, in groups with a narrow space: measures are written with a full
    stop in every language, and 14.212 px beside 1.76 mL would be taken for fourteen."""
    grouped = f"{number:,}"
    return grouped if QLocale().decimalPoint() == "." else grouped.replace(",", "\u202f")
