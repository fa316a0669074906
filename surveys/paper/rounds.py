"""Which round a printed form belongs to: the one that asked its version, then or now."""

from collections.abc import Iterable

from surveys.consultation import Consultation, Round, State, Version


def round_that_asked(
    consultation: Consultation, version: Version, versions: Iterable[Version]
) -> Round | None:
    """The newest round that asks this version; else the one that went over from it to a corrected
    version while it was open. `versions` are all of the consultation's. None for a version that
    nobody was asked."""
    opened = [each for each in consultation.rounds if each.state is not State.DRAFT]
    asking = [each for each in opened if each.version_id == version.id]
    if asking:
        return asking[-1]
    if not version.frozen:
        return None
    numbers = {each.id: each.number for each in versions}
    later = (each for each in opened if numbers.get(each.version_id, 0) > version.number)
    return next(later, None)
