"""One question as an officer reads it: its shares, tables, chart and words."""
