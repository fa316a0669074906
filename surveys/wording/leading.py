"""Leading wording: questions that tell people which answer is wanted."""

import re
from functools import lru_cache

KEPT = 4_096
"""Texts whose result is remembered: one questionnaire is looked at many times over."""

_PATTERNS = (
    (
        r"\b(?:don|would|should|isn|aren|wouldn|shouldn|doesn|won|can|couldn)[’']t\s+"
        r"(?:you|we|it|they|the|this)\b",
        "asks for a yes",
    ),
    (
        r"\bdo you agree\b(?!.*\bdisagree\b)",
        "asks whether people agree and not whether they do not",
    ),
    (r"\b(?:you will|you’ll|you'll|you must|surely you|we all) agree\b", "assumes agreement"),
    (
        r"\b(?:obviously|of course|surely|needless to say|undoubtedly)\b",
        "says what is plain to all",
    ),
    (r"(?:^|[.,;]\s+)clearly,", "says what is plain to all"),
    (
        r"\b(?:everyone|everybody|we all) (?:knows?|agrees?|wants?|accepts?)\b",
        "says what all think",
    ),
    (
        r"\b(?:most|many) (?:people|residents|experts|parents|of us) "
        r"(?:agree|think|believe|want|support|say|feel|prefer)\b",
        "says what others think",
    ),
    (r"\b(?:experts|studies|scientists|doctors) (?:agree|say|show|believe)\b", "leans on experts"),
    (
        r"\bit is (?:clear|obvious|vital|essential|right|only fair|common sense) (?:that|to)\b",
        "gives its own view first",
    ),
    (r"\bhow much (?:better|safer|easier|nicer|fairer|worse)\b", "takes one answer for granted"),
    (
        r"\b(?:much[- ]needed|long[- ]overdue|world[- ]class|common[- ]sense|exciting|wasteful|"
        r"outdated|disastrous|reckless|shameful|unnecessary|fantastic)\b",
        "uses a loaded word",
    ),
)
_RULES = tuple((re.compile(pattern, re.IGNORECASE), why) for pattern, why in _PATTERNS)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@lru_cache(maxsize=KEPT)
def leading(text: str, *, both_ends: bool) -> str:
    """What makes the question leading, as “‘surely’ says what is plain to all”; empty when nothing
    does. `both_ends` is whether its answers run from agreeing to disagreeing, as a scale's do."""
    plain = _QUOTED.sub("", text)
    for rule, why in _RULES:
        found = rule.search(plain)
        if found and not (both_ends and "do you agree" in found[0].lower()):
            return f"‘{found[0].strip(' ,.;').lower()}’ {why}"
    return ""
