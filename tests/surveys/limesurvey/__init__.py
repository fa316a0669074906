"""Tests of LimeSurvey's files."""
