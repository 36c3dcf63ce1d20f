"""Core's sentences in the person's language, and numbers as people read them."""

from PySide6.QtCore import QCoreApplication, QLocale

from urwkv_desktop.imaging import Message, Refusal


def say(message: Message) -> str:
    """The message translated, with its values filled in (a value that is a Message is translated first)."""
    values = {name: say(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    return Message(message.text, **values).fill(QCoreApplication.translate("core", message.text))


def say_refusal(refusal: Refusal) -> str:
    """What was found and what the person can do, in one line."""
    return f"{say(refusal.cause)} {say(refusal.cure)}".strip()


def count(number: int) -> str:
    """14212 -> 14,212 in the person's own grouping."""
    return QLocale().toString(number)
