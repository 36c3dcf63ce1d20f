"""DICOM files whose pixels are compressed here, by the encoders that there are."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image as Pillow
from pydicom.dataset import FileDataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID, RLELossless

from tests.formats.builders import Array, dicom

LOSSLESS_SV1 = UID("1.2.840.10008.1.2.4.70")


def compressed(pixels: Array, syntax: str, frames: Sequence[bytes], *, table: bool = False, fragments: int = 1,
               **values: Any) -> FileDataset:
    """A header for these pixels over these streams. fragments: of each frame."""
    data = dicom(pixels, **values)
    data.file_meta.TransferSyntaxUID = UID(syntax)
    data.PixelData = encapsulate(list(frames), has_bot=table, fragments_per_frame=fragments)
    data["PixelData"].VR = "OB"
    data["PixelData"].is_undefined_length = True
    return data


def by_pydicom(pixels: Array, syntax: str, **values: Any) -> FileDataset:
    """RLE or JPEG-LS."""
    return packed(dicom(pixels, **values), syntax)


def packed(data: FileDataset, syntax: str) -> FileDataset:
    """RLE or JPEG-LS, by an encoder that is named: GDCM's ends the process over small frames."""
    plugin = "pydicom" if syntax == RLELossless else "pyjpegls"
    data.compress(UID(syntax), encoding_plugin=plugin, generate_instance_uid=False)
    return data


def by_gdcm(folder: Path, pixels: Array, syntax: str = LOSSLESS_SV1, **values: Any) -> Path:
    """JPEG lossless."""
    import gdcm

    native, made = folder / "native.dcm", folder / "a.dcm"
    dicom(pixels, **values).save_as(native, enforce_file_format=True)
    reader, change, writer = gdcm.ImageReader(), gdcm.ImageChangeTransferSyntax(), gdcm.ImageWriter()
    reader.SetFileName(str(native))
    assert reader.Read()
    change.SetTransferSyntax(gdcm.TransferSyntax(gdcm.TransferSyntax.GetTSType(str(syntax))))
    change.SetInput(reader.GetImage())
    assert change.Change()
    writer.SetFileName(str(made))
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    assert writer.Write()
    native.unlink()
    return made


def jpeg(pixels: Array, **options: Any) -> bytes:
    written = io.BytesIO()
    Pillow.fromarray(pixels).save(written, "JPEG", **{"quality": 95, **options})
    return written.getvalue()


def jpeg_2000(pixels: Array, bits: int = 0, *, turned: bool = True) -> bytes:
    """turned: red, green and blue become luma and chroma within the stream."""
    from openjpeg.utils import encode_array

    return bytes(encode_array(pixels, bits_stored=bits or 8 * pixels.dtype.itemsize, use_mct=turned,
                              photometric_interpretation=1 if pixels.ndim == 3 else 2))


def unmarked(stream: bytes, mark: bytes = b"", names: bytes = b"") -> bytes:
    """A JPEG without APP segments, with `mark` in their place and its components called `names`."""
    kept, place = bytearray(stream[:2] + mark), 2
    while stream[place + 1] != 0xDA:
        end = place + 2 + int.from_bytes(stream[place + 2:place + 4], "big")
        if not 0xE0 <= stream[place + 1] <= 0xEF:
            kept += stream[place:end]
        place = end
    whole = kept + stream[place:]
    frame, scan = whole.index(b"\xff\xc0"), whole.index(b"\xff\xda")
    for at, name in enumerate(names):
        whole[frame + 10 + 3 * at] = whole[scan + 5 + 2 * at] = name
    return bytes(whole)


def adobe(transform: int) -> bytes:
    return b"\xff\xee\x00\x0eAdobe\x00d\0\0\0\0" + bytes([transform])


def gradient(dtype: Any, top: int) -> Array:
    """Steep and smooth: [32, 40], 0 to top."""
    return (np.add.outer(np.arange(32) * 30, np.arange(40) * 20) % (top + 1)).astype(dtype)
