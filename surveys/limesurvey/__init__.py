"""Surveys exported by LimeSurvey (`.lss`) as questionnaires, with notes on what was left."""

from surveys.limesurvey.reading import read_limesurvey

__all__ = ["read_limesurvey"]
