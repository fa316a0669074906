"""What a consultation should hold before it opens. Each check can be overridden, for a reason."""

from surveys.readiness.all_checks import CHECKS, concerns, title_of, warm
from surveys.readiness.concern import Check, Concern, Kind
from surveys.readiness.when import Nation

__all__ = ["CHECKS", "Check", "Concern", "Kind", "Nation", "concerns", "title_of", "warm"]
