"""The floor (knows no domain) and the roof (puts the rooms together)."""
