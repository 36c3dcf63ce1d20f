"""An image as a picture of 8 bit, where no window shows it: small ones for the worklist, large ones with their mask."""

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Image, Label, Labels, Plane

THUMBNAIL_SIDE = 96
_FILL = 0.18
_TINT = 0.6  # a thumbnail has no outline
Picture = npt.NDArray[np.uint8]
Ids = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]


def thumbnail(image: Image) -> Picture:
    """uint8 [h, w, 3]: the middle slice in its true shape, the longer side 96."""
    k = image.shape[0] // 2
    _, height, width = image.shape
    rows, columns = image.geometry.spacing(Plane(0, k))
    scale = THUMBNAIL_SIDE / max(height * rows, width * columns)
    size = max(1, round(height * rows * scale)), max(1, round(width * columns * scale))
    return _shown(image.pixels[k][_sampled(size, (height, width))], image, k)


def small_mask(voxels: Ids, size: tuple[int, int]) -> Ids:
    """[h, w]: the mask of a thumbnail of this size."""
    _, height, width = voxels.shape
    small: Ids = voxels[len(voxels) // 2][_sampled(size, (height, width))]
    return small


def tinted(picture: Picture, ids: Ids, labels: Labels) -> Picture:
    """The thumbnail with its mask in the colours of those labels that are shown."""
    shown = picture.astype(np.float32)
    for label in labels:
        if label.visible:
            shown[ids == label.id] = (1 - _TINT) * shown[ids == label.id] + _TINT * _colour(label)
    return np.asarray(np.rint(shown)).astype(np.uint8)


def _sampled(size: tuple[int, int], full: tuple[int, int]) -> tuple[npt.NDArray[np.intp], ...]:
    """Which pixels of the full plane stand for those of the small one: the nearest to their middles."""
    places = (((np.arange(few) + 0.5) * many / few).astype(np.intp) for few, many in zip(size, full, strict=True))
    return np.ix_(*places)


def _colour(label: Label) -> npt.NDArray[np.float32]:
    return np.asarray([int(label.colour[at:at + 2], 16) for at in (1, 3, 5)], np.float32)


def overlay(image: Image, voxels: npt.NDArray[np.generic], labels: Labels, k: int) -> Picture:
    """uint8 [H, W, 3]: slice k with each label's fill and outline in its colour."""
    shown = _shown(image.pixels[k], image, k).astype(np.float32)
    for label in labels:
        inside = voxels[k] == label.id
        colour = _colour(label)
        shown[inside] = (1 - _FILL) * shown[inside] + _FILL * colour
        shown[_rim(inside)] = colour
    return np.asarray(np.rint(shown)).astype(np.uint8)


def fullest_slice(voxels: npt.NDArray[np.generic]) -> int:
    """Where most is drawn; the middle one where nothing is."""
    drawn = np.count_nonzero(voxels, axis=(1, 2))
    return int(drawn.argmax()) if drawn.any() else len(voxels) // 2


def _rim(inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Pixels of a region that touch its outside by an edge."""
    framed = np.pad(inside, 1, constant_values=True)
    whole = framed[:-2, 1:-1] & framed[2:, 1:-1] & framed[1:-1, :-2] & framed[1:-1, 2:]
    return inside & ~whole


def _shown(stored: npt.NDArray[np.generic], image: Image, k: int) -> Picture:
    """In the image's first window; else 8 bit as stored, and wider values by their range without the outer 0.5 %.

    What is no number (NaN) is black.
    """
    if image.pixels.dtype == np.uint8 and not image.windows:
        picture = stored.astype(np.float32)
    else:
        values = _values(stored, image.slope[k], image.intercept[k])
        if image.windows:
            whole = np.issubdtype(stored.dtype, np.integer)
            picture = 255 * image.windows[0].shades(values, whole=whole)
        else:
            low, high = _range(values)
            picture = np.clip((values - low) * (255 / max(high - low, 1e-6)), 0, 255).astype(np.float32)
        picture[np.isnan(values)] = 255 if image.inverted else 0
    grey = np.asarray(255 - picture if image.inverted else picture).astype(np.uint8)
    return np.ascontiguousarray(grey if grey.ndim == 3 else np.repeat(grey[..., None], 3, axis=2))


def _values(stored: npt.NDArray[np.generic], slope: float, intercept: float) -> npt.NDArray[np.float64]:
    """float64: the ends of what 32 bit can hold may lie further apart than 32 bit can say."""
    values: npt.NDArray[np.float64] = stored.astype(np.float64) * slope + intercept
    values[np.isinf(values)] = np.nan
    return values


def _range(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    numbers = values[np.isfinite(values)]
    low, high = np.percentile(numbers, (0.5, 99.5)) if numbers.size else (0.0, 1.0)
    return float(low), float(high)
