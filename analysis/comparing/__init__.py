"""Whether groups of people answered differently, by how much, and how surely."""
