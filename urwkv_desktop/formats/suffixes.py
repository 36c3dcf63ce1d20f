"""Endings of files that should hold an image; what they do hold is known by their content. Loads no reader."""

PICTURE = frozenset({".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib"})
TIFF = frozenset({".tif", ".tiff"})
NIFTI = frozenset({".nii", ".nii.gz"})
NRRD = frozenset({".nrrd", ".nhdr"})
METAIMAGE = frozenset({".mha", ".mhd"})
DICOM = frozenset({".dcm", ".dicom", ".ima"})
IMAGE = PICTURE | TIFF | NIFTI | NRRD | METAIMAGE | DICOM
