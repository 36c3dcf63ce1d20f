"""DICOM out. Everything here but `asking` and `client` runs in the writer's own process: it brings pydicom."""
