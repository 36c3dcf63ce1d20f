"""A process that makes strokes and says, line by line, which revision has been acknowledged. It is killed in between.

Each mask can be told from its revision: the stroke of step n paints with a place and label that follow from n.
"""

import sys
from pathlib import Path

from tests.store.projects import open_document, start
from urwkv_desktop.editing.document import Document
from urwkv_desktop.store.project import Project


def step(document: Document, number: int) -> None:
    """The number-th thing that the hand does; always one event."""
    from tests.store.projects import stroke

    if number % 7 == 6:
        document.undo()
    elif number % 11 == 10 and document.history.can_redo:
        document.redo()
    elif not stroke(document, 2 + number * 5 % 16, number * 7 % 15, size=3 + number % 4, label=1 + number % 2):
        stroke(document, 2 + number * 5 % 16, number * 7 % 15, size=3 + number % 4, label=2 - number % 2)


def main(path: Path) -> None:
    project = Project.open(path, start)

    def tell(case: int, revision: int) -> None:
        sys.stdout.write(f"{revision}\n")
        sys.stdout.flush()

    project.on_acknowledged = tell
    document = open_document(project)
    sys.stdout.write(f"open {document.revision}\n")
    sys.stdout.flush()
    number = document.revision
    while True:
        step(document, number)
        number = document.revision
        if number % 3 == 0:
            project.leave(1)
        project.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
