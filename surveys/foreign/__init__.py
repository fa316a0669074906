"""What the readers of other programs’ files share: words, names, conditions and notes."""
