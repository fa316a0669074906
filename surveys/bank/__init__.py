"""Questions that officers need not write: asked the same everywhere, each with its source."""
