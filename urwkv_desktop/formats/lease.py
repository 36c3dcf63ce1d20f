"""Shared memory without a name: a kill at any moment leaves nothing behind.

Linux: an anonymous file in memory, its descriptor sent over the socket between the two processes. Other POSIX: a
temporary file that is unlinked before anything is written. Windows: a named mapping, which dies with its last handle.
"""

import mmap
import os
import secrets
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.generic]


class Offer:
    """The child's side: room for one array, handed over once."""

    def __init__(self, shape: tuple[int, ...], dtype: npt.DTypeLike) -> None:
        count = int(np.prod(shape, dtype=object))
        self.nbytes = max(1, count * np.dtype(dtype).itemsize)
        self._name = f"urwkv-{secrets.token_hex(16)}"
        self._descriptor = -1
        if sys.platform == "win32":
            self._map = mmap.mmap(-1, self.nbytes, tagname=self._name)
        else:
            self._descriptor = _nameless()
            os.ftruncate(self._descriptor, self.nbytes)
            self._map = mmap.mmap(self._descriptor, self.nbytes)
        self.array: Array = np.frombuffer(self._map, dtype, count).reshape(shape)

    def holds(self, pixels: Array) -> bool:
        """Whether these pixels are the whole array, in its order."""
        return (pixels.size == self.array.size and pixels.dtype == self.array.dtype and pixels.flags.c_contiguous
                and pixels.ctypes.data == self.array.ctypes.data)

    def send(self, connection: Connection, receiver: int) -> None:
        """receiver: pid of the other process. The caller then waits until the receiver has mapped it."""
        if sys.platform == "win32":
            connection.send(self._name)
        else:
            from multiprocessing.reduction import send_handle

            send_handle(connection, self._descriptor, receiver)

    def close(self) -> None:
        """The mapping itself goes with its last array."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _nameless() -> int:
    if sys.platform == "linux":
        return os.memfd_create("urwkv-pixels", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    else:  # noqa: RET505 - so that each platform's branch is checked for itself
        with tempfile.TemporaryFile() as file:
            return os.dup(file.fileno())


def accept(connection: Connection, shape: tuple[int, ...], dtype: npt.DTypeLike, *,
           mapped: Callable[[], None]) -> Array:
    """The window's side: a read-only array over the offered memory, kept mapped for as long as the array lives.

    Raises ValueError where the segment is not as large as shape and dtype say. mapped: called once it is mapped.
    """
    count = int(np.prod(shape, dtype=object))
    nbytes = max(1, count * np.dtype(dtype).itemsize)
    if sys.platform == "win32":
        memory = mmap.mmap(-1, nbytes, tagname=connection.recv(), access=mmap.ACCESS_READ)
    else:
        memory = _map(connection, nbytes)
    mapped()
    return np.frombuffer(memory, dtype, count).reshape(shape)


def _map(connection: Connection, nbytes: int) -> mmap.mmap:
    from multiprocessing.reduction import recv_handle

    descriptor = recv_handle(connection)
    try:
        if sys.platform == "linux":
            import fcntl

            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK)  # it can't be cut short under us
        if os.fstat(descriptor).st_size != nbytes:
            raise ValueError("the shared memory is not as large as announced")
        return mmap.mmap(descriptor, nbytes, prot=mmap.PROT_READ)
    finally:
        os.close(descriptor)
