"""A case's image and its truth, read as the program itself reads them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.formats.reading import index, read
from urwkv_desktop.imaging import Image, Message, Refusal
from urwkv_desktop.training.cases import Case
from urwkv_desktop.training.mask_key import UnknownValue
from urwkv_desktop.training.vetting import refuse_no_mask

LabelMap = NDArray[np.uint8]

_SAME_PLACE_MM = 0.1


@contextmanager
def named(case: Case) -> Iterator[None]:
    """A refusal of one case of many says whose it is."""
    try:
        yield
    except Refusal as refusal:
        cause = Message("{name}: {cause}", name=case.id, cause=refusal.cause)
        raise Refusal(tried=refusal.tried, cause=cause, cure=refusal.cure) from refusal


def read_image(case: Case) -> Image:
    """The case's image. Refuses a file that cannot be decoded."""
    return _read(case, case.image)


def read_truth(case: Case, image: Image, classes: int, *, to_learn: bool = False) -> LabelMap:
    """The case's mask [Z,H,W] of label indices: what the set says of its values; where it says nothing, every value
    above 0 is the one label, or the value is the index.

    Refuses a mask of another size or at another place than its image, a value that no label has, and a picture; where
    it is `to_learn` from also smeared edges.
    """
    mask = _read(case, case.mask)
    values: NDArray[Any] = mask.pixels
    if mask.is_colour or mask.shape != image.shape:
        raise _refusal(
            case,
            Message(
                "The mask has {mask} pixels (slices, rows, columns) and the image {image}.",
                mask=_size(mask.pixels.shape), image=_size(image.shape),
            ),
        )
    if _is_elsewhere(mask, image):
        raise _refusal(case, Message("The mask lies at another place in the patient than the image."))
    if case.key is not None:
        try:
            return case.key.read(values)
        except UnknownValue as unknown:
            raise _refusal(case, unknown.cause, by_label=True) from unknown
    if classes == 1:
        refuse_no_mask(case, values, to_learn=to_learn)
    if classes == 1:
        return np.asarray(values > 0, np.uint8)
    odd = values[~np.isin(values, np.arange(classes + 1))]
    if odd.size:
        raise _refusal(
            case,
            Message("The mask holds {value}, and there are {count} labels.", value=odd[0].item(), count=classes),
        )
    return np.asarray(values, np.uint8)


def _read(case: Case, path: Path) -> Image:
    """In this process: a training set is the person's own, and a refusal ends the run with the file's name."""
    if not path.is_file():
        raise _refusal(case, Message("{name} is listed and is not there.", name=path.name))
    try:
        source = next(source for source in index(path.parent, [Path(path.name)]))
        return read(path.parent, source)
    except Refusal as refusal:
        raise _refusal(case, Message("{name}: {reason}", name=path.name, reason=str(refusal.cause))) from refusal


def _is_elsewhere(mask: Image, image: Image) -> bool:
    if not (mask.geometry.oriented and image.geometry.oriented):
        return False
    ours, theirs = mask.geometry.affine, image.geometry.affine
    return ours is None or theirs is None or bool(np.abs(ours - theirs).max() > _SAME_PLACE_MM)


def _size(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape))


def _refusal(case: Case, cause: Message, *, by_label: bool = False) -> Refusal:
    return Refusal(
        tried=Message("Read {name}.", name=case.id),
        cause=cause,
        cure=Message("Choose the one label that counts with --label, or take the case out of the list.") if by_label
        else Message("Put the mask right, or take the case out of the list."),
    )
