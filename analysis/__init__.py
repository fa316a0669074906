"""What they said, counted and coded."""
