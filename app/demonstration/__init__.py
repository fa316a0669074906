"""The consultations that a newcomer finds: their questions, invented answers and what was done."""
