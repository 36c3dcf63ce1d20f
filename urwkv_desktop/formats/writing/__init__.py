"""Labels out: one file per format. A writer is given `ExportCase`s and nothing else, and never judges itself."""
