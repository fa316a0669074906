"""Pauses grow with failures, end by themselves, and belong to a network."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.throttle import SAME_ACCOUNT, later, network_of, open_again_at, pause_words

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def failures(count: int) -> list[datetime]:
    return [NOON - timedelta(seconds=n) for n in range(count)]


def pause(count: int) -> timedelta:
    until = open_again_at(failures(count), SAME_ACCOUNT, NOON)
    return until - NOON if until else timedelta(0)


def test_the_first_failures_cost_nothing() -> None:
    assert pause(SAME_ACCOUNT.free - 1) == timedelta(0)


def test_the_pause_doubles_up_to_its_longest() -> None:
    seconds = [pause(count).total_seconds() for count in range(5, 14)]
    assert seconds == [15, 30, 60, 120, 240, 480, 900, 900, 900]


@given(st.integers(0, 5000))
def test_one_more_failure_never_shortens_the_pause(count: int) -> None:
    assert pause(count) <= pause(count + 1) <= SAME_ACCOUNT.longest


def test_old_failures_are_forgotten() -> None:
    tomorrow = NOON + SAME_ACCOUNT.within
    assert open_again_at(failures(50), SAME_ACCOUNT, tomorrow) is None


def test_the_later_pause_counts() -> None:
    assert later(None, None) is None
    assert later(NOON, None, NOON + timedelta(seconds=1)) == NOON + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("192.0.2.1", "::ffff:192.0.2.1"),
        ("fe80::1%eth0", "fe80::2%eth1"),
    ],
)
def test_addresses_of_one_subscriber_are_one_network(one: str, other: str) -> None:
    assert network_of(one) == network_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("192.0.2.1", "192.0.2.2"), ("2001:db8:1:2::1", "2001:db8:1:3::1")]
)
def test_neighbours_are_two_networks(one: str, other: str) -> None:
    assert network_of(one) != network_of(other)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (14.1, "15 seconds"), (60, "60 seconds"), (61, "2 minutes")],
)
def test_a_wait_is_rounded_up(seconds: float, words: str) -> None:
    assert pause_words(seconds) == words
