"""Endings of files that should hold an image; what they do hold is known by their content. Loads no reader."""

PICTURE = frozenset({".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib"})
TIFF = frozenset({".tif", ".tiff"})
NIFTI = frozenset({".nii", ".nii.gz"})
NRRD = frozenset({".nrrd", ".nhdr"})
METAIMAGE = frozenset({".mha", ".mhd"})
DICOM = frozenset({".dcm", ".dicom", ".ima"})
IMAGE = PICTURE | TIFF | NIFTI | NRRD | METAIMAGE | DICOM
# Images all the same, of kinds that are not read.
UNREAD = {
    ".gif": "GIF", ".webp": "WebP", ".jp2": "JPEG 2000", ".j2k": "JPEG 2000", ".j2c": "JPEG 2000", ".jpx": "JPEG 2000",
    ".jpf": "JPEG 2000", ".jxl": "JPEG XL", ".heic": "HEIF", ".heif": "HEIF", ".avif": "AVIF", ".pbm": "Netpbm",
    ".pgm": "Netpbm", ".ppm": "Netpbm", ".pnm": "Netpbm", ".tga": "Targa", ".psd": "Photoshop", ".mgh": "MGH",
    ".mgz": "MGH", ".mnc": "MINC", ".czi": "CZI", ".nd2": "ND2", ".lif": "LIF", ".oib": "OIB", ".oif": "OIF",
    ".vsi": "VSI", ".mrxs": "MIRAX",
}
