"""The code at the foot of each printed page: which version, language, size of print and page."""

from msgspec import Struct

from surveys.check_character import ALPHABET, VALUES, check_character, grouped, is_whole, symbols_in

MOST_LANGUAGES = 32
MOST_PAGES = 400
SHORTEST = 6
LONGEST = 12
_SIZES = 2


class PageCode(Struct, frozen=True):
    """`version_id` tells the consultation too; `language` is its place among the version's
    languages, from 0; pages count from 1."""

    version_id: int
    language: int
    large: bool
    page: int

    @property
    def written(self) -> str:
        """Like `0017-K3X`; the last character is the check."""
        number = self.version_id * MOST_LANGUAGES + self.language
        number = (number * _SIZES + self.large) * MOST_PAGES + self.page - 1
        symbols = ""
        while number or len(symbols) < SHORTEST:
            number, value = divmod(number, len(ALPHABET))
            symbols = ALPHABET[value] + symbols
        return grouped(symbols + check_character(symbols))


def read_page_code(typed: str) -> PageCode | None:
    """The code that somebody meant, however it was typed; None where no code reads like this."""
    symbols = symbols_in(typed)
    if not SHORTEST < len(symbols) <= LONGEST or not is_whole(symbols):
        return None
    number = 0
    for symbol in symbols[:-1]:
        number = number * len(ALPHABET) + VALUES[symbol]
    number, page = divmod(number, MOST_PAGES)
    number, large = divmod(number, _SIZES)
    version_id, language = divmod(number, MOST_LANGUAGES)
    return PageCode(version_id, language, bool(large), page + 1)
