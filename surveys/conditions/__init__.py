"""Conditions as officers write them: tests of earlier questions in words, in groups."""
