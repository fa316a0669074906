"""The ledger: every response is accounted for, and different units are never added together."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from responses.ledger import Entry, Event, Petition, balance
from responses.response import ANALYSED, WITHDRAWN, Channel, Exclusion

STATUSES = [ANALYSED, WITHDRAWN, *(reason.value for reason in Exclusion)]
ENTRIES = st.lists(
    st.builds(
        Entry,
        round_number=st.integers(1, 5),
        channel=st.sampled_from(Channel),
        status=st.sampled_from(STATUSES),
        count=st.integers(1, 1000),
    )
)


@given(ENTRIES)
def test_the_ledger_always_balances(entries: list[Entry]) -> None:
    sheet = balance(entries)
    assert sheet.balanced
    assert sheet.received == sum(entry.count for entry in entries)
    assert sheet.received == sheet.analysed + sum(sheet.excluded.values())
    for shares in (sheet.by_channel, sheet.by_round):
        assert sum(share.received for share in shares.values()) == sheet.received
        assert sum(share.analysed for share in shares.values()) == sheet.analysed


@given(ENTRIES, st.randoms())
def test_the_ledger_does_not_depend_on_the_order(entries: list[Entry], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert balance(shuffled, rounds=range(1, 6)) == balance(entries, rounds=range(1, 6))


def test_the_ledger_has_exactly_the_published_form() -> None:
    sheet = balance(
        [
            Entry(1, Channel.ONLINE, ANALYSED, 60),
            Entry(1, Channel.PAPER, ANALYSED, 8),
            Entry(1, Channel.ONLINE, "duplicate", 2),
            Entry(2, Channel.ONLINE, ANALYSED, 9),
        ],
        events=(Event("Drop-in at the library", attendees=40, organisations=6),),
        petitions=(Petition("Keep the bus", signatures=1200),),
    )
    assert msgspec.json.decode(msgspec.json.encode(sheet)) == {
        "received": 79,
        "analysed": 77,
        "excluded": {"duplicate": 2},
        "by_channel": {
            "online": {"received": 71, "analysed": 69},
            "paper": {"received": 8, "analysed": 8},
        },
        "by_round": {
            "1": {"received": 70, "analysed": 68},
            "2": {"received": 9, "analysed": 9},
        },
        "events": [{"name": "Drop-in at the library", "attendees": 40, "organisations": 6}],
        "petitions": [{"name": "Keep the bus", "signatures": 1200}],
        "balanced": True,
    }


def test_a_round_without_responses_can_be_shown() -> None:
    sheet = balance([], rounds=(1, 2))
    assert sheet.balanced
    assert {number: share.received for number, share in sheet.by_round.items()} == {"1": 0, "2": 0}
