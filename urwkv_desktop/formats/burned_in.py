"""Whether text is suspected in an image's border: scanners of some kinds burn names and dates into the pixels.

A cheap look without a network, made to suspect too often rather than too seldom; it can't promise that there is none.
Letters are small bright (or dark) marks of a few sizes, set in rows, on ground that is flat or that they stand out of.
`python -m benchmarks.burned_in` measures it.
"""

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Image, Rect

Grey = npt.NDArray[np.uint8]
_BORDER = 0.18  # share of height and width that is looked at, from each side
_HEIGHTS = (4, 48)  # of a letter, pixels
_FEWEST = 5  # letters in a row
_WIDEST = 12  # of its height, a mark that several letters make together
_GAP = 1.6  # of a letter's height, between two of a word
_CONTRAST = 40  # of 255, above or below the ground
_FLAT = 14  # of 255, between the darkest and the brightest tenth of the ground
_UNEVEN = 0.35  # of the strokes' height over it, the same of a ground that is not flat
_DENSE = 1.2  # strokes side by side in a row of letters, for each of its heights in width; layers of tissue have fewer
_LEAST_GROUND = 0.1  # of the row's rectangle
_LOOKED_AT = 1600  # longer sides are reduced to it


def suspected_text(image: Image, format: str = "") -> tuple[Rect, ...]:
    """Rectangles of rows of letters in the first, middle or last slice: of pictures and of frames in time.

    format: as in `Source`. A volume of slices in space is not looked at: CT and MR draw nothing into theirs.
    """
    depth = image.shape[0]
    if depth > 1 and image.geometry.oriented and format != "tiff" and not image.is_colour:
        return ()
    found: dict[Rect, None] = {}
    for k in sorted({0, depth // 2, depth - 1}):
        found.update(dict.fromkeys(rows_of_letters(_grey(image.pixels[k]))))
    return tuple(found)


def _grey(pixels: npt.NDArray[np.generic]) -> Grey:
    """Stretched to 0..255 between its own extremes."""
    plain = pixels.max(axis=-1) if pixels.ndim == 3 else pixels
    low, high = float(plain.min()), float(plain.max())
    if high <= low:
        return np.zeros(plain.shape, np.uint8)
    return ((plain.astype(np.float32) - low) * (255 / (high - low))).astype(np.uint8)


def rows_of_letters(grey: Grey) -> list[Rect]:
    """grey: [H, W]. In the border only; places in its own pixels."""
    import cv2

    height, width = grey.shape
    scale = min(1.0, _LOOKED_AT / max(height, width))
    small = grey if scale == 1 else cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = []
    small = np.ascontiguousarray(small, np.uint8)
    for raised in _raised(small):
        marks = (raised > _CONTRAST).astype(np.uint8)
        found += [box for box in _rows(_letters(marks)) if _is_at_border(box, small.shape)
                  and _is_written(small, raised, marks, box)]
    return [Rect(int(top / scale), int(left / scale), int(bottom / scale) + 1, int(right / scale) + 1)
            for top, left, bottom, right in found]


Box = tuple[int, int, int, int]  # top, left, bottom, right


def _raised(grey: Grey) -> list[Grey]:
    """By how much strokes are brighter than the ground around them, and by how much darker: what an opening or a
    closing takes away."""
    import cv2

    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9))
    return [np.asarray(cv2.morphologyEx(grey, kind, kernel), np.uint8)
            for kind in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT)]


def _letters(marks: Grey) -> list[Box]:
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8)
    boxes = []
    for left, top, wide, high, area in stats[1:].tolist():
        fits = _HEIGHTS[0] <= high <= _HEIGHTS[1] and 1 <= wide <= _WIDEST * high
        if fits and 0.12 * wide * high <= area <= (0.75 if wide > 2 * high else 1) * wide * high:
            boxes.append((top, left, top + high, left + wide))
    return boxes


def _rows(letters: list[Box]) -> list[Box]:
    """Runs of letters of about one height, one base line, close together."""
    found: list[Box] = []
    waiting = sorted(letters, key=lambda box: box[1])
    while waiting:
        run = [waiting.pop(0)]
        for box in tuple(waiting):
            if _follows(run[-1], box):
                run.append(box)
                waiting.remove(box)
        if sum(map(_count, run)) >= _FEWEST:
            tops, lefts, bottoms, rights = zip(*run, strict=True)
            found.append((min(tops), min(lefts), max(bottoms), max(rights)))
    return found


def _count(box: Box) -> int:
    """Letters in a mark: small ones grow together."""
    high, wide = box[2] - box[0], box[3] - box[1]
    return max(1, round(wide / high))


def _follows(last: Box, box: Box) -> bool:
    high, other = last[2] - last[0], box[2] - box[0]
    gap = box[1] - last[3]
    return (-1 <= gap <= _GAP * max(high, other) and max(high, other) <= 1.7 * min(high, other)
            and abs(box[2] - last[2]) <= max(2, 0.2 * high))


def _is_written(grey: Grey, raised: Grey, marks: Grey, box: Box) -> bool:
    """Between letters and a little around them there is one value and nearly no other; or else the strokes stand out
    over all that is there, and are as many as letters have."""
    import cv2

    top, left, bottom, right = box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2
    place = slice(max(0, top), bottom), slice(max(0, left), right)
    ink = marks[place] > 0
    ground = cv2.dilate(marks[place], np.ones((3, 3), np.uint8)) == 0
    if np.count_nonzero(ground) < _LEAST_GROUND * ground.size:
        return False
    if _spread(grey[place][ground]) <= _FLAT:
        return True
    height = float(np.median(raised[place][ink])) - float(np.percentile(raised[place][ground], 10))
    needed = max(_FEWEST, _DENSE * (box[3] - box[1]) / (box[2] - box[0]))
    return _spread(raised[place][ground]) <= _UNEVEN * height and _strokes(ink) >= needed


def _spread(values: Grey) -> float:
    """Between the darkest and the brightest tenth."""
    return float(np.subtract(*np.percentile(values, (90, 10))))


def _strokes(ink: npt.NDArray[np.bool_]) -> int:
    """The most that lie side by side in one row of pixels."""
    begun = np.diff(ink.astype(np.int8), axis=1, prepend=0) > 0
    return int(begun.sum(axis=1).max(initial=0))


def _is_at_border(box: Box, shape: tuple[int, ...]) -> bool:
    top, left, bottom, right = box
    height, width = shape[:2]
    return (bottom <= _BORDER * height or top >= (1 - _BORDER) * height
            or left <= _BORDER * width or right >= (1 - _BORDER) * width)
