"""Labels: what a mask's numbers mean."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

# Colour-blind safe and readable on grey (LOOK).
PALETTE = ("#ffb020", "#56b4e9", "#4cc38a", "#e5484d", "#b18cff", "#f6e05e", "#ff8fb1", "#7fd1c7")


@dataclass(frozen=True)
class Label:
    """id: 1.., fixed when the label is made and never given again. code: SNOMED CT where known, "" otherwise."""

    id: int
    name: str
    colour: str
    code: str = ""
    locked: bool = False
    visible: bool = True


@dataclass(frozen=True)
class Labels:
    """A project's labels in the order of the panel. 0 is background and stands in no list.

    retired: ids of deleted labels; their pixels count as background everywhere.
    """

    items: tuple[Label, ...] = ()
    retired: tuple[int, ...] = ()

    def __iter__(self) -> Iterator[Label]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def get(self, label_id: int) -> Label | None:
        return next((label for label in self.items if label.id == label_id), None)

    @property
    def next_id(self) -> int:
        return max((*self.retired, *(label.id for label in self.items), 0)) + 1

    def with_label(self, label: Label) -> "Labels":
        """Replaced where the id exists, appended otherwise."""
        if self.get(label.id) is None:
            return replace(self, items=(*self.items, label), retired=tuple(i for i in self.retired if i != label.id))
        return replace(self, items=tuple(label if old.id == label.id else old for old in self.items))

    def without(self, label_id: int) -> "Labels":
        items = tuple(label for label in self.items if label.id != label_id)
        return replace(self, items=items, retired=(*self.retired, label_id))
