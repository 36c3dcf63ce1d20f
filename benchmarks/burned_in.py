"""How much text at borders the detector finds, and how often it suspects what has none.

`python -m benchmarks.burned_in [FOLDER ...]` prints recall over pictures that are rendered here, false alarms over the
same grounds without text, and for each folder of images the share that is suspected. No picture leaves it.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from urwkv_desktop.formats.burned_in import rows_of_letters, suspected_text
from urwkv_desktop.formats.reading import read
from urwkv_desktop.formats.reading.folder import index
from urwkv_desktop.formats.source import Source, SourceKind
from urwkv_desktop.imaging import Image, Rect, Refusal

Grey = npt.NDArray[np.uint8]
HEIGHT, WIDTH = 512, 640
SIZES = (8, 10, 12, 16, 24, 40)  # of the font, pixels
PLACES = ("top left", "top right", "bottom left", "bottom right")
TEXTS = ("DOE^JANE 12.04.1961", "St. Mary's Hospital", "ID 4711-0815  F 063Y", "Müller, Hans  17:32:05")
_FAINT = 60


def black(seed: int) -> Grey:
    return np.zeros((HEIGHT, WIDTH), np.uint8)


def bright(seed: int) -> Grey:
    """A film's clear rim, or a secondary capture's."""
    return np.full((HEIGHT, WIDTH), 225, np.uint8)


def noise(seed: int) -> Grey:
    random = np.random.default_rng(seed)
    return np.clip(random.normal(90, 12, (HEIGHT, WIDTH)), 0, 255).astype(np.uint8)


def speckle(seed: int) -> Grey:
    """Ultrasound that fills its picture to the rim."""
    random = np.random.default_rng(seed)
    soft = cv2.GaussianBlur(random.rayleigh(60, (HEIGHT, WIDTH)).astype(np.float32), (0, 0), 1.6)
    return np.asarray(np.clip(soft * 1.2, 0, 255), np.uint8)


def fan(seed: int) -> Grey:
    """Ultrasound's usual picture: a fan on black."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    away = np.hypot(rows + 60, columns - WIDTH / 2)
    inside = (away > 100) & (away < HEIGHT) & (np.abs(columns - WIDTH / 2) < 0.7 * (rows + 60))
    return np.where(inside, speckle(seed), 0).astype(np.uint8)


def body(seed: int) -> Grey:
    """A slice of a body on air, with organs, bones and noise."""
    random = np.random.default_rng(seed)
    drawn = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.ellipse(drawn, (WIDTH // 2, HEIGHT // 2), (270, 215), 0, 0, 360, 120, -1)
    for _ in range(14):
        place = int(random.integers(180, 460)), int(random.integers(130, 380))
        axes = int(random.integers(10, 70)), int(random.integers(10, 60))
        cv2.ellipse(drawn, place, axes, float(random.integers(0, 180)), 0, 360, float(random.integers(60, 230)), -1)
    soft = cv2.GaussianBlur(drawn, (0, 0), 1.2) + random.normal(0, 6, drawn.shape)
    return np.asarray(np.clip(soft, 0, 255), np.uint8)


def projection(seed: int) -> Grey:
    """Smooth shadows of a projection and its grain."""
    random = np.random.default_rng(seed)
    coarse = cv2.resize(random.random((5, 6)).astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(60 + 150 * coarse + random.normal(0, 5, coarse.shape), 0, 255), np.uint8)


def photograph(seed: int) -> Grey:
    """Structure at every scale, as skin and mucosa have it."""
    random = np.random.default_rng(seed)
    whole = np.zeros((HEIGHT, WIDTH), np.float32)
    for scale in (4, 8, 16, 32, 64, 128, 256):
        cells = random.random((HEIGHT // scale + 2, WIDTH // scale + 2)).astype(np.float32)
        whole += scale**0.8 * cv2.resize(cells, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    whole = (whole - whole.min()) / (whole.max() - whole.min())
    return np.asarray(np.clip(255 * whole, 0, 255), np.uint8)


GROUNDS: tuple[Callable[[int], Grey], ...] = (black, bright, fan, body, projection, noise, photograph, speckle)


@dataclass(frozen=True)
class Written:
    grey: Grey
    rect: Rect


def written(ground: Grey, text: str, size: int, place: str, *, faint: bool = False) -> Written:
    """White letters, black ones on what is bright; faint ones differ by 60 of 255, and the picture was a JPEG."""
    font = ImageFont.load_default(size)
    left, top, right, bottom = font.getbbox(text)
    wide, high = int(right - left), int(bottom - top)
    x = 8 if "left" in place else ground.shape[1] - wide - 8
    y = 6 if "top" in place else ground.shape[0] - high - 6
    under = ground[max(0, y - 2):y + high + 2, max(0, x - 2):x + wide + 2]
    middle = int(np.median(under))
    value = (middle - _FAINT if faint else 0) if middle > 150 else (middle + _FAINT if faint else 255)
    picture = Pillow.fromarray(ground)
    ImageDraw.Draw(picture).text((x - left, y - top), text, fill=value, font=font)
    grey = np.asarray(picture)
    if faint:
        packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
        grey = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    return Written(grey, Rect(y, x, y + high, x + wide))


def is_found(made: Written) -> bool:
    """By a rectangle that covers a part of it."""
    return any(not found.intersection(made.rect).is_empty for found in rows_of_letters(made.grey))


def recall(ground: Callable[[int], Grey], size: int, *, faint: bool) -> float:
    """Each text once at each place."""
    found = [is_found(written(ground(seed), text, size, PLACES[(seed + turn) % len(PLACES)], faint=faint))
             for seed, text in enumerate(TEXTS) for turn in range(len(PLACES))]
    return sum(found) / len(found)


def false_alarms(ground: Callable[[int], Grey], count: int = 24) -> float:
    return sum(bool(rows_of_letters(ground(seed))) for seed in range(count)) / count


def suspected(folder: Path) -> tuple[int, int]:
    """(images in which text is suspected, images)."""
    counted = [bool(suspected_text(image, source.format)) for source, image in _images(folder)]
    return sum(counted), len(counted)


def _images(folder: Path) -> Iterator[tuple[Source, Image]]:
    for source in index(folder):
        if source.kind is not SourceKind.image:
            continue
        try:
            yield source, read(folder, source)
        except Refusal:
            continue


def main(arguments: Sequence[str]) -> int:
    sys.stdout.write(f"| ground | {' | '.join(f'{size} px' for size in SIZES)} | faint, 12 px | false alarms |\n")
    sys.stdout.write("|---" * (len(SIZES) + 3) + "|\n")
    for ground in GROUNDS:
        shares = " | ".join(f"{recall(ground, size, faint=False):.0%}" for size in SIZES)
        sys.stdout.write(f"| {ground.__name__} | {shares} | {recall(ground, 12, faint=True):.0%} "
                         f"| {false_alarms(ground):.0%} |\n")
    for argument in arguments:
        hits, count = suspected(Path(argument))
        sys.stdout.write(f"{'/'.join(Path(argument).parts[-2:])}: suspected in {hits} of {count}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
