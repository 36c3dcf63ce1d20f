"""Weights that were trained elsewhere, read without running anything that lies in the file (SPEC.md 9)."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, Final

import torch
from safetensors import SafetensorError
from torch import Tensor

from urwkv_desktop.imaging import Message, Refusal

LARGEST: Final = 512 << 20
"""Bytes of a file, and of what it says that it holds: the widest published plan is 72 MB."""

_CONTAINERS = ("model_state_dict", "state_dict")
_COUNTERS = ("total_ops", "total_params")  # left in the state dict by a counter of operations
_CODE = re.compile(r"GLOBAL ([\w.]+)")
_TYPES = (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64)


def read_checkpoint(path: Path) -> dict[str, Tensor]:
    """The state dict in a .safetensors file or in one that torch.save wrote, names as published.

    Refuses what is neither, a pickle that wants to run code, sizes that no U-RWKV has, and values that are no numbers.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise unread(path, Message("It is no file."))
        if size > LARGEST:
            raise unread(path, Message("It has {size} MB; no U-RWKV is larger than {limit} MB.", size=size >> 20,
                                       limit=LARGEST >> 20))
        found = _safetensors(path) if path.suffix == ".safetensors" else _saved_by_torch(path)
    except OSError as error:
        raise unread(path, Message("{reason}.", reason=error.strerror or "It cannot be read")) from error
    state = _state(path, found)
    for name, tensor in state.items():
        _check(path, name, tensor)
    return {name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in state.items()}


def unread(path: Path, cause: Message) -> Refusal:
    return Refusal(
        tried=Message("Import {name}.", name=path.name),
        cause=cause,
        cure=Message("Name a file of U-RWKV weights: a state dict saved by torch, or safetensors."),
    )


def _safetensors(path: Path) -> object:
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except (SafetensorError, ValueError, RuntimeError) as error:
        raise unread(path, Message("It holds no safetensors.")) from error


def _saved_by_torch(path: Path) -> object:
    """torch.load with weights_only: tensors and plain values are read, every other name in it is refused."""
    _refuse_bomb(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of a pickle of another kind, which is refused below
            return torch.load(path, map_location="cpu", weights_only=True)
    except UnpicklingError as error:
        code = _CODE.search(str(error))
        if code is None:
            raise unread(path, Message("It is no file that torch.save wrote.")) from error
        raise unread(path, Message("It asks for code to be run ({code}). That is never done here.",
                                   code=code.group(1))) from error
    except (RuntimeError, EOFError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError,
            MemoryError) as error:
        # What torch says of a damaged file depends on where the damage lies.
        raise unread(path, Message("It is no file that torch.save wrote, or it is damaged.")) from error


def _refuse_bomb(path: Path) -> None:
    """A zip archive may say of itself how much comes out of it."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            holds = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise unread(path, Message("It is no file that torch.save wrote, or it is damaged.")) from error
    if holds > LARGEST:
        raise unread(path, Message("It would unpack to {size} MB; no U-RWKV is larger than {limit} MB.",
                                   size=holds >> 20, limit=LARGEST >> 20))


def _state(path: Path, found: object) -> dict[str, Tensor]:
    """The bare state dict, or the one inside a training run's dictionary."""
    for container in _CONTAINERS:
        if isinstance(found, dict) and isinstance(found.get(container), dict):
            found = found[container]
            break
    if not isinstance(found, dict) or not found:
        raise unread(path, Message("It holds no state dict."))
    state: dict[str, Tensor] = {}
    for name, value in found.items():
        if not isinstance(name, str) or not isinstance(value, Tensor):
            raise unread(path, Message("It holds no state dict: {name} is no tensor.", name=str(name)[:80]))
        if not name.endswith(_COUNTERS):
            state[name.removeprefix("module.")] = value
    return state


def _check(path: Path, name: str, tensor: Tensor) -> None:
    shown: Any = " x ".join(map(str, tensor.shape))
    if tensor.layout != torch.strided or tensor.dtype not in _TYPES:
        raise unread(path, Message("{name} is no plain tensor of numbers.", name=name[:80]))
    if tensor.numel() * 4 > LARGEST:
        raise unread(path, Message("{name} has {shape} numbers; no U-RWKV has so many.", name=name[:80], shape=shown))
    if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
        raise unread(path, Message("{name} holds values that are no numbers.", name=name[:80]))
