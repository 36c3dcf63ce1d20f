"""A slice as a picture of 8 bit, for formats that go with pictures: as it is, or seen through its window."""

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Image, Plane

Picture = npt.NDArray[np.uint8]


def shown(image: Image, k: int) -> Picture:
    """uint8 [H, W] or [H, W, 3]. Values are lost where the image has more than 8 bit; where they lie is not."""
    stored = image.pixels[k]
    if stored.dtype == np.uint8 and (image.is_colour or _is_plain(image, k)):
        return np.asarray(stored, np.uint8)
    values = image.values(Plane(0, k))
    if image.windows:
        grey = image.windows[0].shades(values, whole=np.issubdtype(stored.dtype, np.integer)) * 255
    else:
        low, high = _range(image, values, k)
        grey = np.nan_to_num(np.clip((values - low) / max(high - low, 1e-6), 0, 1)) * 255
    picture: Picture = np.rint(255 - grey if image.inverted else grey).astype(np.uint8)
    return picture


def _is_plain(image: Image, k: int) -> bool:
    return image.slope[k] == 1 and image.intercept[k] == 0 and not image.inverted and not image.windows


def _range(image: Image, values: npt.NDArray[np.float32], k: int) -> tuple[float, float]:
    """The slice's own range, without padding."""
    kept = values[np.isfinite(values)] if image.padding is None else values[
        np.isfinite(values) & ~image.padding.covers(image.pixels[k])]
    return (float(kept.min()), float(kept.max())) if kept.size else (0.0, 1.0)
