"""How one question is looked at, as the query of its address."""

from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from analysis.narrowing import Narrowing, Parameters, narrowing


class Look(Struct, frozen=True):
    """`of_asked` takes shares of everybody asked instead of those who answered; `together` makes
    intervals hold for all shares at once; `mean` and `combinations` show what is not shown
    unless it is asked for."""

    narrowing: Narrowing = Narrowing()
    of_asked: bool = False
    together: bool = False
    mean: bool = False
    combinations: bool = False

    def query(self) -> str:
        """The part of an address after “?”, with the “?”; nothing where nothing was chosen."""
        chosen = {
            "of": "asked" if self.of_asked else None,
            "intervals": "together" if self.together else None,
            "mean": "yes" if self.mean else None,
            "combinations": "yes" if self.combinations else None,
        }
        given = urlencode({name: value for name, value in chosen.items() if value})
        parts = "&".join(part for part in (self.narrowing.query(), given) if part)
        return f"?{parts}" if parts else ""

    def unnarrowed(self) -> "Look":
        return replace(self, narrowing=Narrowing())


def look(query: Parameters) -> Look:
    """What an address asks for. Raises NoSuchFilter."""

    def said(name: str, value: str) -> bool:
        return value in query.getall(name, [])

    return Look(
        narrowing=narrowing(query),
        of_asked=said("of", "asked"),
        together=said("intervals", "together"),
        mean=said("mean", "yes"),
        combinations=said("combinations", "yes"),
    )
