"""Sentences for people, with their values kept apart so that the window can translate them."""

from dataclasses import dataclass
from enum import Enum


class Message:
    """An English sentence with {named} values; two are equal when text and values are.

    The text is the key of the translation. str(message) fills in the values, in English.
    """

    __slots__ = ("_values", "text")

    def __init__(self, text: str, **values: object) -> None:
        self.text = text
        self._values = values

    @property
    def values(self) -> dict[str, object]:
        return dict(self._values)

    def fill(self, translated: str) -> str:
        """The translated sentence with this message's values."""
        return translated.format(**self._values) if self._values else translated

    def __str__(self) -> str:
        return self.fill(self.text)

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.text, self._values) == (other.text, other._values)

    def __hash__(self) -> int:
        return hash(self.text)


class Severity(Enum):
    note = "note"
    warning = "warning"
    refused = "refused"


@dataclass(frozen=True)
class Finding:
    """Something about a file or a case that a person should know. code: stable, dotted, for machines."""

    code: str
    message: Message
    severity: Severity = Severity.warning


class Refusal(Exception):  # noqa: N818 - the product's own word
    """The world is bad (file, disk, device): what was tried, what was found, what the person can do."""

    def __init__(self, *, tried: Message, cause: Message, cure: Message) -> None:
        super().__init__(tried, cause, cure)
        self.tried = tried
        self.cause = cause
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.cause} {self.cure}".strip()

    def __reduce__(self) -> tuple[object, tuple[Message, Message, Message]]:
        return _refusal, (self.tried, self.cause, self.cure)


def _refusal(tried: Message, cause: Message, cure: Message) -> Refusal:
    """Rebuilds a Refusal that crossed a process border (its arguments are keyword-only)."""
    return Refusal(tried=tried, cause=cause, cure=cure)
