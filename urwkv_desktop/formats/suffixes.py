"""Endings of files that should hold an image; what they do hold is known by their content. Loads no reader."""

PICTURE = frozenset({".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib"})
TIFF = frozenset({".tif", ".tiff"})
NIFTI = frozenset({".nii", ".nii.gz"})
DICOM = frozenset({".dcm", ".dicom", ".ima"})
IMAGE = PICTURE | TIFF | NIFTI | DICOM
