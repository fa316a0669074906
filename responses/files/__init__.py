"""Responses as files: read row by row, and written with a codebook."""
