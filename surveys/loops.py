"""Questions that wait for one another's answers, so that none of them can ever be decided."""

from collections.abc import Collection, Iterator, Mapping


def loops(tests: Mapping[str, Collection[str]]) -> tuple[tuple[str, ...], ...]:
    """Each loop once, as the keys in the order in which each waits for the next; `tests` has for
    each question the questions that its condition tests. A question that tests itself is a loop
    of one. Of loops that share a question, those that a single walk meets are told."""
    done: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in tests:
        found += _walked(start, tests, done)
    return tuple(found)


def _walked(
    start: str, tests: Mapping[str, Collection[str]], done: set[str]
) -> Iterator[tuple[str, ...]]:
    # Kept on a list of its own: a chain of 2,000 questions is deeper than Python calls may go.
    if start in done:
        return
    path = [start]
    waiting = [iter(tests.get(start, ()))]
    while path:
        following = next(waiting[-1], None)
        if following is None:
            done.add(path.pop())
            waiting.pop()
        elif following in path:
            yield tuple(path[path.index(following) :])
        elif following not in done and following in tests:
            path.append(following)
            waiting.append(iter(tests[following]))
