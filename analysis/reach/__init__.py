"""Who answered, beside who could have."""
