"""Double-barrelled wording: two questions asked as one, to which one answer cannot be read.

The word “and” alone says nothing: “terms and conditions” are one thing. So each rule asks for
more: a second question, a second verb, two qualities, or two things that each have an article.
"""

import re
from functools import lru_cache

KEPT = 4_096
"""Texts whose result is remembered: one questionnaire is looked at many times over."""

_VERBS = (
    "add|allow|ban|build|change|charge|clear|close|consult|create|cut|demolish|employ|encourage|"
    "end|expand|extend|fund|give|hire|improve|increase|introduce|invest|keep|limit|listen|lower|"
    "make|merge|move|offer|open|pay|plant|prioritise|protect|provide|publish|raise|reduce|remove|"
    "reopen|repair|replace|restrict|scrap|sell|share|spend|start|stop|support|train|widen"
)
_GERUNDS = (
    "adding|allowing|banning|building|changing|charging|closing|creating|cutting|ending|expanding|"
    "extending|funding|improving|increasing|introducing|investing|limiting|lowering|making|merging|"
    "moving|offering|opening|paying|planting|protecting|providing|raising|reducing|removing|"
    "reopening|repairing|replacing|restricting|selling|sharing|spending|starting|stopping|widening"
)
_QUALITIES = (
    "accessible|affordable|attractive|cheap|clean|clear|comfortable|convenient|easy|effective|"
    "efficient|enjoyable|fair|fast|friendly|helpful|necessary|polite|quick|quiet|realistic|"
    "reasonable|relevant|reliable|respectful|safe|simple|sustainable|tidy|useful|welcoming"
)
_ASPECTS = (
    "accessibility|advice|appearance|availability|choice|cleanliness|content|cost|design|"
    "facilities|frequency|friendliness|helpfulness|layout|length|lighting|location|noise|opening "
    "hours|parking|price|quality|range|reliability|safety|speed|staff|timing|usefulness|value"
)
_THE = r"(?:the|our|its|their|your|this|these)"
_ASKED_OF = (
    r"\b(?:satisfied|happy|content|unhappy|agree|disagree|support|oppose|approve|rate|like|"
    r"familiar|confident)\b"
)
_RULES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # “How often do you visit, and why?”
        r"\w[^?.]*\band (?:how|why|what|when|where|who|which|do you|did you|are you|have you|"
        r"should|would you|is it|are they)\b(?=.*\?)",
        # “Should we cut grants and raise fees?”
        r"\b(?:should|must|would|will|could|to) (?:[\w’']+ ){0,3}?"
        rf"(?:{_VERBS}) [^?.;]+?\band (?:{_VERBS})\b",
        rf"\bshould be [^?.;]+?,? and (?:{_VERBS})\b",
        # “closing the pool and raising fees”
        rf"\b(?:{_GERUNDS}) [^?.;]+?\band (?:{_GERUNDS})\b",
        # “clear and easy to use”
        rf"\b(?:{_QUALITIES})\b(?:,? \w+)? and (?:\w+ )?(?:{_QUALITIES})\b",
        # “the speed and quality”
        rf"\b(?:{_ASPECTS}) and (?:the )?(?:{_ASPECTS})\b",
        # “satisfied with the staff and the building”
        rf"{_ASKED_OF}[^?.;]*?\b{_THE} [\w’' -]+? and {_THE} (?!way\b|rest\b)\w+",
    )
)
_ONE_THING = re.compile(
    r"\b(?:between|from|both)\b[^?.;,]*|“[^”]*”|\"[^\"]*\"|\([^)]*\)|"
    r"\bfair and reasonable\b|\bsafe and (?:well|sound)\b|\bstart(?:ing)? and (?:end|stop)\w*\b|"
    r"\bopen(?:ing)? and clos\w+\b|\bmake and keep\b|\bhealth and safety\b",
    re.IGNORECASE,
)
_QUESTIONS = re.compile(r"\?(?=[\s”’\"')]|$)")


@lru_cache(maxsize=KEPT)
def double_barrelled(text: str) -> str:
    """The words that ask two things at once; empty when none do."""
    if len(_QUESTIONS.findall(text)) > 1:
        return "two question marks"
    if " and " not in text:
        return ""
    plain = _ONE_THING.sub(" ", text)
    for rule in _RULES:
        if found := rule.search(plain):
            return f"‘{_tail(' '.join(found[0].split()))}’"
    return ""


def _tail(words: str) -> str:
    """The last few words, in which the “and” stands."""
    listed = words.split()
    return words if len(listed) <= 9 else "…" + " ".join(listed[-9:])
