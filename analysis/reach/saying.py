"""Who answered beside the population, in words by rule; never that anybody stands for others."""

from analysis.comparing.association import How
from analysis.comparing.saying import CLEAR, p_words
from analysis.reach.fit import GroupReach
from analysis.reach.population import Unit
from analysis.reach.standing import ReachStanding, TableReach
from analysis.wording import FEW, count_words
from app.words import date_words, percent, plural

MOST_NAMED = 3
CANNOT_TELL = (
    "This compares who answered, and not what they think. Whoever answered chose to: even where a "
    "group is as large here as it is outside, those in it who did not answer may think otherwise."
)
_HOW = {
    How.APPROXIMATE: "chi-square goodness of fit",
    How.DRAWN: "goodness of fit, by drawing 9,999 such groups of people",
    How.EXACT: "goodness of fit",
}


def gap_words(group: GroupReach, n: int, unit: Unit) -> str:
    """Like “16 to 24: 4% (12 of 340), where the population has 18%”."""
    there = percent(group.population_share)
    return f"{group.group}: {count_words(group.n, n)}, where the {unit.whole} has {there}"


def deed_words(group: GroupReach) -> str:
    more = plural(group.wanting, "more answer")
    return f"{more} from this group would even it out, were nobody else to answer."


def none_missing(standing: ReachStanding) -> str:
    """Of no group that stands out; of few answers only wide gaps do."""
    if standing.uneven:
        return "The groups are uneven, though none alone falls short by more than chance."
    return "No group falls short of its share by more than chance explains."


def gap_line(standing: ReachStanding) -> str:
    """The widest gaps that chance does not explain, in one line."""
    named = [
        gap_words(group, table.reach.n, table.unit)
        for table, group in standing.missing[:MOST_NAMED]
        if table.reach
    ]
    more = len(standing.missing) - len(named)
    rest = f"; and {plural(more, 'more group')}" if more else ""
    return "; ".join(named) + rest


def fit_words(table: TableReach, *, looked_at: int = 1) -> str:
    """Whether the mix of groups is the population's, as far as chance can tell."""
    if table.reach is None or table.reach.fit is None or table.p is None:
        return ""
    together = f" after allowing for the {looked_at} tables set beside" if looked_at > 1 else ""
    told = f"{_HOW[table.reach.fit.how]}, n = {table.reach.n:,}, {p_words(table.p)}{together}"
    if table.p < CLEAR:
        return (
            f"The mix of groups differs from the {table.unit.whole}’s by more than chance alone "
            f"would often make ({told})."
        )
    if table.reach.n < FEW:
        return f"With so few answers only a very wide gap could be told from chance ({told})."
    return (
        f"The mix of groups is as near to the {table.unit.whole}’s as chance alone would often "
        f"make it ({told}). Smaller gaps may be there all the same."
    )


def untold_words(table: TableReach) -> str:
    """Who is in none of the groups, and so in none of the shares."""
    parts = [
        f"{plural(n, 'person', 'people')} answered “{words}”" for words, n in table.in_no_group
    ]
    if table.untold:
        parts.append(
            f"{plural(table.untold, 'response')} {'tells' if table.untold == 1 else 'tell'} "
            "no answer to this question"
        )
    if not parts:
        return ""
    many = table.untold + sum(n for _, n in table.in_no_group)
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{listed}: left out here, {count_words(many, table.base)}."


def source_words(table: TableReach) -> str:
    given = table.kept.table
    return f"{given.source}, {date_words(given.on, None)}"


def statement(table: TableReach) -> str:
    """For a report, once the round is closed; empty where its numbers may not leave the desk."""
    found = table.reach
    if found is None or not table.open_to_all:
        return ""
    whole = table.unit.whole
    beside = f"the {whole} ({source_words(table)})"
    parts = [
        f"Of {plural(table.base, 'response')}, {found.n:,} told us “{table.title}” in a way that "
        f"can be set beside {beside}."
    ]
    parts += [_told("falls short of its share", each, found.n, whole) for each in table.under]
    parts += [_told("has more than its share", each, found.n, whole) for each in table.over]
    if len(found.groups) == 1:
        parts.append(f"That is {found.n:,} of {table.counted[0]:,} on the register.")
    elif not (table.under or table.over):
        parts.append(f"No group’s share differs from that of the {whole} by more than chance.")
    return " ".join(parts)


def _told(how: str, group: GroupReach, n: int, whole: str) -> str:
    there = percent(group.population_share)
    return f"“{group.group}” {how}: {count_words(group.n, n)}, where the {whole} has {there}."
