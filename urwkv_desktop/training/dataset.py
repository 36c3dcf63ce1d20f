"""Cases as arrays: read once, prepared once by the function that inference uses, kept in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from urwkv_desktop.inference.card import InputSpec
from urwkv_desktop.inference.prepare import Prepared, limits_of, prepare
from urwkv_desktop.training.augment import Augmentation, augmented
from urwkv_desktop.training.cases import Case
from urwkv_desktop.training.reading import LabelMap, named, read_image, read_truth
from urwkv_desktop.training.sampling import Sampling, epoch_order


@dataclass(frozen=True, eq=False)
class Sample:
    """One slice. picture: float16 [C,H,W] in 0..1 (prepared, mean and sd undone); labels: uint8 on the same grid."""

    case: str
    picture: NDArray[np.float16]
    labels: LabelMap


@dataclass(frozen=True, eq=False)
class Batch:
    """pictures: float32 [B,C,H,W], normalised; labels: int64 [B,H,W]."""

    pictures: Tensor
    labels: Tensor


def samples(cases: Sequence[Case], spec: InputSpec, classes: int) -> Iterator[Sample]:
    """Every slice of every case, in order."""
    for case in cases:
        with named(case):
            image = read_image(case)
            truth = read_truth(case, image, classes, to_learn=True)
        limits = limits_of(image, spec.intensity)
        for k in range(image.shape[0]):
            prepared = prepare(image, spec, k, limits=limits)
            yield kept_sample(case.id, prepared, prepared.turn.apply(truth[k]), spec, classes)


def kept_sample(name: str, prepared: Prepared, truth: LabelMap, spec: InputSpec, classes: int) -> Sample:
    """A prepared picture with its truth [H,W] (laid down as the picture is), as it is kept in memory."""
    return Sample(name, _unit(prepared.array, spec), _shrunk(truth, spec, prepared.placement, classes))


class Batches:
    """The data order: a pure function of seed, epoch and place, so that a run goes on as if never stopped."""

    def __init__(
        self, kept: Sequence[Sample], spec: InputSpec, how: Augmentation, *, size: int, seed: int,
        sampling: Sampling = Sampling(),  # noqa: B008  a frozen value
    ) -> None:
        self.kept, self.spec, self.how = kept, spec, how
        self.size, self.seed = min(size, len(kept)), seed
        self.rank, self.world = 0, 1
        self.sampling, self.shares = sampling, [float(np.mean(one.labels > 0)) for one in kept]

    def shared(self, rank: int, world: int) -> Batches:
        """The same batches, of which this process takes its share: every world-th picture from the rank-th on."""
        self.rank, self.world = rank, min(world, self.size)
        return self

    def __len__(self) -> int:
        """Batches of an epoch; what does not fill one is left out, another part each time."""
        return len(self.kept) // self.size

    def batch(self, epoch: int, place: int) -> Batch:
        order = epoch_order(self.shares, self.sampling, self.size, np.random.default_rng([self.seed, epoch]))
        drawn = order[place * self.size : (place + 1) * self.size][self.rank % self.world :: self.world]
        pairs = [self._augmented(int(index), [epoch, *self._again(order, place, int(index))]) for index in drawn]
        pictures = np.stack([normal(picture, self.spec) for picture, _ in pairs])
        labels = np.stack([labels for _, labels in pairs]).astype(np.int64)
        return Batch(torch.from_numpy(pictures), torch.from_numpy(labels))

    def _again(self, order: NDArray[np.int64], place: int, index: int) -> list[int]:
        """What sets a picture's second coming within an epoch apart from its first: the batch in which it comes."""
        return [] if self.sampling == Sampling() or (order == index).sum() == 1 else [place]

    def _augmented(self, index: int, when: list[int]) -> tuple[NDArray[np.float32], LabelMap]:
        sample = self.kept[index]
        rng = np.random.default_rng([self.seed, *when, index])
        picture = np.ascontiguousarray(sample.picture.transpose(1, 2, 0), np.float32)
        return augmented(picture, sample.labels, self.how, rng)


def normal(picture: NDArray[np.float32], spec: InputSpec) -> NDArray[np.float32]:
    """A picture [H,W,C] in 0..1 -> [C,H,W] as the network takes it: the last step of `prepare`."""
    mean, sd = np.asarray(spec.mean, np.float32), np.asarray(spec.sd, np.float32)
    turned = (picture / np.float32(spec.divisor) - mean) / sd
    return np.ascontiguousarray(turned.transpose(2, 0, 1), np.float32)


def _unit(array: NDArray[np.float32], spec: InputSpec) -> NDArray[np.float16]:
    mean, sd = (np.asarray(values, np.float32)[:, None, None] for values in (spec.mean, spec.sd))
    return ((array * sd + mean) * np.float32(spec.divisor)).astype(np.float16)


def _shrunk(
    truth: LabelMap, spec: InputSpec, placement: tuple[float, float, float, float], classes: int
) -> LabelMap:
    """Labels on the network's grid: the one that covers most of a pixel's area."""
    import cv2

    top, left, bottom, right = (round(edge) for edge in placement)
    framed = np.zeros((spec.height, spec.width), np.uint8)
    shares = [
        cv2.resize((truth == label).astype(np.float32), (right - left, bottom - top), interpolation=cv2.INTER_AREA)
        for label in range(classes + 1)
    ]
    framed[top:bottom, left:right] = np.argmax(np.stack(shares), axis=0)
    return framed
