"""Changing a questionnaire while it is a draft: one operation at a time, each with its inverse."""
