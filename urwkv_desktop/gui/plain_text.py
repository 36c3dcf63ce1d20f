"""Text that somebody else wrote (tags, names of files, comments) where Qt would read markup or a key into it."""

import html

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """For a tool tip, which Qt shows as HTML where it looks like that."""
    if not Qt.mightBeRichText(text):
        return text
    return "<qt>" + html.escape(text).replace("\n", "<br>") + "</qt>"


def plain_word(text: str) -> str:
    """For a button or a menu, where a single & would name a key."""
    return text.replace("&", "&&")
