"""labelme and COCO files among the images of a folder: which images they hold labels for, by name."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from urwkv_desktop.formats.pairing import Pairs, stem
from urwkv_desktop.formats.reading import label_json
from urwkv_desktop.formats.refusals import too_hungry, too_large
from urwkv_desktop.imaging import Refusal

_START = 1 << 16  # bytes in which such a file shows its kind
_LONGEST = 64 << 20  # what is longer is not read for its names alone


def is_json(name: str) -> bool:
    return name.lower().endswith(".json")


def join(root: Path, pairs: Pairs, files: Iterable[str]) -> dict[str, Refusal]:
    """Joins to `pairs` the files that hold labels for its images; the others become what the index passes over.

    files: JSON, relative to root. Returns those of them that can't be read, with the reason.
    """
    images, refused = _Images(pairs.images), dict[str, Refusal]()
    for name in files:
        try:
            found = _named(root / name, name, images)
        except Refusal as refusal:
            refused[name] = refusal
        except MemoryError:
            refused[name] = too_hungry()
        except OSError:  # examined later, which says why
            pairs.images.append(name)
        else:
            _join(pairs, name, found)
    return refused


def _join(pairs: Pairs, name: str, images: Iterable[str] | None) -> None:
    if images is None:
        pairs.images.append(name)
        return
    pairs.labels.append(name)
    for image in images:
        if image in pairs.mask_of:
            pairs.several.add(image)
        else:
            pairs.mask_of[image] = name


class _Images:
    """By their last name, with and without suffix; those of one name are told apart by their folders."""

    def __init__(self, files: Iterable[str]) -> None:
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_stem: dict[tuple[str, str], list[str]] = defaultdict(list)
        for file in files:
            self._by_name[PurePosixPath(file).name].append(file)
            self._by_stem[str(PurePosixPath(file).parent), stem(file)].append(file)

    def beside(self, name: str) -> list[str]:
        """The one of the same stem in the same folder."""
        found = self._by_stem.get((str(PurePosixPath(name).parent), stem(name)), [])
        return found if len(found) == 1 else []

    def in_the_root(self, name: str) -> list[str]:
        """The one of the same stem anywhere, for a file in a folder of masks."""
        if not {part.casefold() for part in PurePosixPath(name).parts[:-1]} & {"masks", "labels"}:
            return []
        found = [image for (_, one), images in self._by_stem.items() if one == stem(name) for image in images]
        return found if len(found) == 1 else []

    def called(self, said: str, folder: str) -> list[str]:
        """The one image that a list in that folder can mean by that name: from there, from the root, or alike."""
        words = label_json.parts(said)
        found = [image for image in self._by_name.get(words[-1] if words else "", ()) if label_json.can_be(said, image)]
        for exact in ((*label_json.parts(folder), *words), words):
            found = [image for image in found if label_json.parts(image) == exact] or found
        return found if len(found) == 1 else []


def _named(path: Path, name: str, images: _Images) -> list[str] | None:
    """The images that the file holds labels for; None where it is no such file. Raises Refusal, OSError."""
    with path.open("rb") as file:
        head = file.read(_START)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return None
    if b'"shapes"' in head and (beside := images.beside(name)):
        return beside
    if not any(word in head for word in (b'"shapes"', b'"images"', b'"annotations"')):
        return None
    if path.stat().st_size > _LONGEST:
        raise too_large(path.stat().st_size, _LONGEST)
    said = label_json.files_of(path)
    if said is None:
        return None
    called = [image for one in sorted(said) for image in images.called(one, str(PurePosixPath(name).parent))]
    return called or (images.in_the_root(name) if b'"shapes"' in head else [])
