"""Programs that no one here wrote, asked about everything that this program writes: `make judges`."""
