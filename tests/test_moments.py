import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model.errors import ModelError
from ceasefire_model.moments import TICK, Moment, day_of, instant, moment

UTC_ZONE = ZoneInfo("UTC")
KYIV = ZoneInfo("Europe/Kyiv")
ASUNCION = ZoneInfo("America/Asuncion")
DAY = timedelta(days=1)

FIRST, LAST = date(1000, 1, 2), date(9000, 12, 30)
# In 1844 and 1892 to 2011 some zones of the Pacific dropped or repeated a whole day; these did not.
zones = st.sampled_from(
    ["UTC", "Europe/Kyiv", "America/Asuncion", "America/Havana", "Asia/Kolkata", "Etc/GMT-14"]
).map(ZoneInfo)
days = st.dates(FIRST, LAST) | st.dates(date(2020, 1, 1), date(2026, 1, 1))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
hours = st.datetimes(datetime(1000, 1, 3), datetime(9000, 12, 29), timezones=offsets)  # noqa: DTZ001 - Hypothesis sets the zone


def text_of(day):
    return day.isoformat()


months = days.map(lambda day: text_of(day)[:7])
ends = st.one_of(days.map(text_of), months)


@st.composite
def ranges(draw):
    """Draw a range of days or months, or of instants, that ends after it starts."""
    if draw(st.booleans()):
        pair = sorted([draw(hours), draw(hours)])
    else:
        pair = sorted([draw(ends), draw(ends)], key=lambda text: (text[:7], text))
    first, last = (end if isinstance(end, str) else end.isoformat() for end in pair)
    try:
        return Moment(f"{first}/{last}")
    except ModelError:  # twice the same, or a day and its own month
        return Moment(first)


written = st.one_of(days.map(text_of).map(Moment), months.map(Moment), ranges(), hours.map(moment))


@given(written, zones)
def test_the_earliest_is_never_after_the_latest(when, zone):
    for first, last in (when.bounds(zone), when.as_start(zone), when.as_end(zone)):
        assert first <= last


@given(written, zones)
def test_what_starts_then_starts_within_its_bounds(when, zone):
    first, last = when.bounds(zone)
    assert first == when.as_start(zone)[0]
    assert when.as_start(zone)[1] <= last


@given(written, zones)
def test_what_ends_then_is_over_no_earlier_than_it_can_have_started(when, zone):
    for start, end in zip(when.as_start(zone), when.as_end(zone), strict=True):
        assert start <= end


@given(written, zones)
def test_what_ends_then_is_over_right_after_its_latest_instant_or_at_it(when, zone):
    over = when.as_end(zone)[1]
    assert over == when.bounds(zone)[1] + ("T" not in when.text) * TICK


@given(days, zones)
def test_one_day_ends_where_the_next_begins(day, zone):
    today, tomorrow = moment(day), moment(day + DAY)
    assert today.bounds(zone)[1] + TICK == tomorrow.bounds(zone)[0]
    assert today.as_end(zone) == tomorrow.as_start(zone)


@given(days, zones)
def test_a_day_stands_for_its_last_instant_and_that_lies_in_it(day, zone):
    last = instant(day, zone)
    assert last == moment(day).bounds(zone)[1]
    assert (day_of(last, zone), day_of(last + TICK, zone)) == (day, day + DAY)
    assert day_of(moment(day).bounds(zone)[0], zone) == day


@given(hours, zones)
def test_an_instant_stands_for_itself_in_every_zone(at, zone):
    when = moment(at)
    assert instant(at, zone) == at
    assert {*when.bounds(zone), *when.as_start(zone), *when.as_end(zone)} == {at}


@given(st.dates(date(1002, 1, 1), date(8998, 1, 1)), zones, st.integers(-400, 400))
def test_shifting_by_days_shifts_local_midnights(day, zone, shift):
    assert day_of(moment(day + shift * DAY).bounds(zone)[0], zone) == day + shift * DAY


@given(written)
def test_a_moment_is_what_was_written(when):
    assert moment(str(when)) == moment(when) == when
    assert hash(moment(when.text)) == hash(when)
    assert pickle.loads(pickle.dumps(when)) == when  # noqa: S301 - written here


@given(written)
def test_it_is_exact_if_and_only_if_it_is_a_single_day_or_instant(when):
    single = "/" not in when.text and when.text.count("-") > 1
    assert when.is_exact is single
    if not single:
        with pytest.raises(ModelError, match="a day or an instant is needed here, got"):
            instant(when, UTC_ZONE)


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_a_model_error(text):
    try:
        assert Moment(text).text == text
    except ModelError as error:
        assert repr(text) in str(error)  # noqa: PT017 - either will do


class TestDay:
    def test_it_runs_to_the_last_microsecond_before_the_next(self):
        assert Moment("2025-03-13").bounds(UTC_ZONE) == (
            datetime(2025, 3, 13, tzinfo=UTC),
            datetime(2025, 3, 13, 23, 59, 59, 999999, tzinfo=UTC),
        )

    def test_as_a_start_it_is_its_local_midnight(self):
        midnight = datetime(2025, 3, 12, 22, tzinfo=UTC)
        assert Moment("2025-03-13").as_start(KYIV) == (midnight, midnight)

    def test_as_an_end_it_is_the_next_local_midnight(self):
        midnight = datetime(2025, 3, 13, 22, tzinfo=UTC)
        assert Moment("2025-03-13").as_end(KYIV) == (midnight, midnight)

    def test_it_can_be_given_as_a_date(self):
        assert moment(date(2025, 3, 13)) == Moment("2025-03-13")

    def test_the_instant_before_midnight_belongs_to_it_and_midnight_does_not(self):
        midnight = Moment("2025-03-13").as_end(KYIV)[0]
        assert day_of(midnight - TICK, KYIV) == date(2025, 3, 13)
        assert day_of(midnight, KYIV) == date(2025, 3, 14)


class TestClockChanges:
    @pytest.mark.parametrize(
        ("zone", "day", "length"),
        [
            (KYIV, "2025-03-29", 24),
            (KYIV, "2025-03-30", 23),
            (KYIV, "2025-10-26", 25),
            (ASUNCION, "2023-10-01", 23),
            (ASUNCION, "2024-03-23", 25),
            (ASUNCION, "2024-03-24", 24),
        ],
    )
    def test_a_day_is_as_long_as_it_is(self, zone, day, length):
        first, last = Moment(day).bounds(zone)
        assert last + TICK - first == timedelta(hours=length)

    def test_where_midnight_is_skipped_the_day_begins_when_the_clock_jumps(self):
        assert Moment("2023-10-01").as_start(ASUNCION)[0] == datetime(2023, 10, 1, 4, tzinfo=UTC)

    def test_where_the_hour_before_midnight_comes_twice_the_day_ends_after_the_second(self):
        assert Moment("2024-03-23").as_end(ASUNCION)[0] == datetime(2024, 3, 24, 4, tzinfo=UTC)


class TestMonth:
    @pytest.mark.parametrize(
        ("text", "last"),
        [("2024-02", 29), ("2025-02", 28), ("2025-04", 30), ("2025-12", 31)],
    )
    def test_it_runs_to_its_last_day(self, text, last):
        year, month = map(int, text.split("-"))
        start, end = Moment(text).bounds(UTC_ZONE)
        assert start == datetime(year, month, 1, tzinfo=UTC)
        assert end == datetime(year, month, last, tzinfo=UTC) + DAY - TICK

    def test_what_starts_in_it_starts_on_one_of_its_days(self):
        assert Moment("2025-02").as_start(UTC_ZONE) == (
            datetime(2025, 2, 1, tzinfo=UTC),
            datetime(2025, 2, 28, tzinfo=UTC),
        )

    def test_what_ends_in_it_is_over_after_one_of_its_days(self):
        assert Moment("2025-02").as_end(UTC_ZONE) == (
            datetime(2025, 2, 2, tzinfo=UTC),
            datetime(2025, 3, 1, tzinfo=UTC),
        )

    def test_it_is_not_exact(self):
        assert not Moment("2025-02").is_exact


class TestRange:
    def test_of_months(self):
        assert Moment("2024-06/2024-08").bounds(UTC_ZONE) == (
            datetime(2024, 6, 1, tzinfo=UTC),
            datetime(2024, 9, 1, tzinfo=UTC) - TICK,
        )

    def test_of_days_and_months(self):
        start, end = Moment("2024-06-30/2024-08").bounds(UTC_ZONE)
        assert (start.day, end.month) == (30, 8)

    def test_of_instants(self):
        assert Moment("2025-03-12T22:00Z/2025-03-13T14:00+02:00").bounds(KYIV) == (
            datetime(2025, 3, 12, 22, tzinfo=UTC),
            datetime(2025, 3, 13, 12, tzinfo=UTC),
        )

    @pytest.mark.parametrize(
        "text",
        [
            "2025-03-13/2025-03-12",
            "2025-03-13/2025-03-13",
            "2025-03/2025-02",
            "2025-03-13T00:00Z/2025-03-13T01:00+01:00",
            "2025-03-13T00:00Z/2025-03-12T00:00Z",
        ],
    )
    def test_one_that_does_not_end_after_its_start_is_refused(self, text):
        with pytest.raises(ModelError) as error:
            Moment(text)
        assert str(error.value) == f"a range must end after its start, got {text!r}"

    @pytest.mark.parametrize("text", ["2025-03-13/2025-03-14T00:00Z", "2025-03-13T00:00Z/2025-04"])
    def test_one_of_a_day_and_an_instant_is_refused(self, text):
        with pytest.raises(ModelError, match="a range is of days or of instants, not of both, got"):
            Moment(text)

    @pytest.mark.parametrize("text", ["2025-03/", "/2025-03", "/", "2025-01/2025-02/2025-03"])
    def test_one_without_two_ends_is_refused(self, text):
        with pytest.raises(ModelError, match="no time: "):
            Moment(text)


class TestInstant:
    @pytest.mark.parametrize(
        "text",
        [
            "2025-03-13T10:00Z",
            "2025-03-13T12:00+02:00",
            "2025-03-13T12:00:00.0+02:00",
            "2025-03-13T05:30:00.000000-04:30",
        ],
    )
    def test_seconds_fractions_and_offsets(self, text):
        assert Moment(text).bounds(KYIV)[0] == datetime(2025, 3, 13, 10, tzinfo=UTC)

    def test_to_the_microsecond(self):
        assert instant("2025-03-13T00:00:00.000001Z", KYIV).microsecond == 1

    def test_an_offset_with_seconds_is_written_in_universal_time(self):
        odd = timezone(timedelta(hours=2, seconds=4))
        assert moment(datetime(2025, 3, 13, 12, tzinfo=odd)).text == "2025-03-13T09:59:56+00:00"

    def test_a_datetime_without_an_offset_is_refused(self):
        with pytest.raises(ModelError, match=r"needs its offset from UTC, .*; set tzinfo"):
            moment(datetime(2025, 3, 13, 12))  # noqa: DTZ001 - that is what is refused

    def test_a_datetime_at_the_edge_of_time_is_refused(self):
        odd = timezone(timedelta(seconds=30))
        with pytest.raises(ModelError):
            moment(datetime.min.replace(tzinfo=odd))


class TestRefused:
    @pytest.mark.parametrize(
        "text",
        [
            "2025-13",
            "2025-00",
            "2025-02-30",
            "2025-02-29",
            "2025-03-32",
            "2025-03-13T24:00Z",
            "2025-03-13T12:60Z",
            "2025-03-13T12:00:60Z",
            "2025-03-13T12:00+25:00",
            "2025-02-30/2025-03",
        ],
    )
    def test_no_such_day_or_hour(self, text):
        with pytest.raises(ModelError) as error:
            Moment(text)
        assert repr(text) in str(error.value)
        assert "write a day (2025-03-13), a month (2022-02)" in str(error.value)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "yesterday",
            "2025",
            "2025-3-13",
            "13.03.2025",
            "20250313",
            "2025-W11-4",
            " 2025-03-13",
            "2025-03-13\n",
            "2025-03-13T12:00",
            "2025-03-13 12:00Z",
            "2025-03-13T12Z",
            "2025-03-13T12:00:00.0000001Z",
            "2025-03-13T12:00:00,5Z",
            "٢٠٢٥-٠٣-١٣",
            "0999-12-31",
            "9001-01-01",
            "0000-01",
            "12025-03-13",
            "1000-01-01T00:00+14:00",
        ],
    )
    def test_no_time_as_it_is_written_here(self, text):
        with pytest.raises(ModelError) as error:
            Moment(text)
        assert repr(text) in str(error.value)
        assert str(error.value).endswith("in the years 1000 to 9000")

    @pytest.mark.parametrize("text", ["1000-01-01", "9000-12-31", "1000-01", "9000-12"])
    def test_the_first_and_the_last_year_are_times(self, text):
        for zone in (KYIV, ASUNCION, ZoneInfo("Etc/GMT-14"), ZoneInfo("Etc/GMT+12")):
            assert Moment(text).as_start(zone)[0] < Moment(text).as_end(zone)[1]

    @pytest.mark.parametrize("value", [None, 5, 2025.0, b"2025-03-13", ("2025-03-13",)])
    def test_what_is_no_text_and_no_date(self, value):
        with pytest.raises(ModelError, match="no time: "):
            moment(value)
        with pytest.raises(ModelError, match="no time: "):
            Moment(value)
