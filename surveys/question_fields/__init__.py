"""One question as the fields of a form, and back: what the officer's form says of each type."""
