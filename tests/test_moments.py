import pickle
import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_model.errors import ModelError, shortened
from ceasefire_model.moments import (
    BEGINNING,
    NEVER,
    TICK,
    Delay,
    Moment,
    Unit,
    day_of,
    days,
    delay,
    end_of,
    hours,
    instant,
    minutes,
    moment,
    months,
    start_of,
    weeks,
    years,
)
from ceasefire_model.strategies import delays, moments
from ceasefire_model.visible import shown

UTC_ZONE = ZoneInfo("UTC")
KYIV = ZoneInfo("Europe/Kyiv")
ASUNCION = ZoneInfo("America/Asuncion")
DAY = timedelta(days=1)

FIRST, LAST = date(1000, 1, 2), date(9000, 12, 30)
# In 1844 and 1892 to 2011 some zones of the Pacific dropped or repeated a whole day; these did not.
zones = st.sampled_from(
    ["UTC", "Europe/Kyiv", "America/Asuncion", "America/Havana", "Asia/Kolkata", "Etc/GMT-14"]
).map(ZoneInfo)
dates = st.dates(FIRST, LAST) | st.dates(date(2020, 1, 1), date(2026, 1, 1))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(1000, 1, 3), datetime(9000, 12, 29), timezones=offsets)  # noqa: DTZ001 - Hypothesis sets the zone


def text_of(day):
    return day.isoformat()


year_months = dates.map(lambda day: text_of(day)[:7])
ends = st.one_of(dates.map(text_of), year_months)


@st.composite
def ranges(draw):
    """Draw a range of days or months, or of instants, that ends after it starts."""
    if draw(st.booleans()):
        pair = sorted([draw(times), draw(times)])
    else:
        pair = sorted([draw(ends), draw(ends)], key=lambda text: (text[:7], text))
    first, last = (end if isinstance(end, str) else end.isoformat() for end in pair)
    try:
        return Moment(f"{first}/{last}")
    except ModelError:  # twice the same, or a day and its own month
        return Moment(first)


written = st.one_of(
    dates.map(text_of).map(Moment), year_months.map(Moment), ranges(), times.map(moment), moments()
)


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


@given(dates, zones)
def test_one_day_ends_where_the_next_begins(day, zone):
    today, tomorrow = moment(day), moment(day + DAY)
    assert today.bounds(zone)[1] + TICK == tomorrow.bounds(zone)[0]
    assert today.as_end(zone) == tomorrow.as_start(zone)


@given(dates, zones)
def test_a_day_stands_for_its_last_instant_and_that_lies_in_it(day, zone):
    last = instant(day, zone)
    assert last == moment(day).bounds(zone)[1]
    assert (day_of(last, zone), day_of(last + TICK, zone)) == (day, day + DAY)
    assert day_of(moment(day).bounds(zone)[0], zone) == day


@given(times, zones)
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
        with pytest.raises(ModelError, match="as_of is a day or an instant, got"):
            instant(when, UTC_ZONE, "as_of")


@given(written, zones)
def test_every_time_lies_between_the_beginning_and_never(when, zone):
    assert when.as_start(zone)[0] > BEGINNING
    assert when.as_end(zone)[1] < NEVER


@given(moments(), zones)
def test_what_it_may_be_runs_from_its_earliest_to_its_latest(when, zone):
    first, *_, last = (when.choices()[0], *when.choices())
    assert (start_of(first, zone), start_of(last, zone)) == when.as_start(zone)
    assert (end_of(first, zone), end_of(last, zone)) == when.as_end(zone)
    assert list(when.choices()) == sorted(set(when.choices()))


@given(moments())
def test_it_is_of_days_or_of_instants(when):
    assert when.is_of_days is ("T" not in when.text)
    assert all(isinstance(one, datetime) is not when.is_of_days for one in when.choices())


@given(delays(), times, zones)
def test_a_delay_is_elapsed_time_or_whole_local_days(delay, at, zone):
    later = delay.after(at, zone)
    assert isinstance(later, datetime) is delay.is_elapsed
    if delay.is_elapsed:
        assert later - at == delay.shifted(at, zone, 1) - at == at - delay.shifted(at, zone, -1)
    else:
        assert later >= day_of(at, zone)


@given(st.integers(0, 400), times, zones)
def test_days_are_counted_on_the_local_calendar(amount, at, zone):
    assert days(amount).after(at, zone) == day_of(at, zone) + amount * DAY
    assert weeks(amount).after(at, zone) == days(7 * amount).after(at, zone)


@given(st.integers(0, 50), times, zones)
def test_months_are_counted_on_the_local_calendar(amount, at, zone):
    day, later = day_of(at, zone), months(amount).after(at, zone)
    assert (later.year - day.year) * 12 + later.month - day.month == amount
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)
    assert years(amount).after(at, zone) == months(12 * amount).after(at, zone)


@given(delays(), st.dates(date(2020, 1, 1), date(2026, 1, 1)), zones)
def test_shifting_an_instant_keeps_the_time_of_the_clock(delay, day, zone):
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
    if not delay.is_elapsed:
        for sign in (1, -1):
            assert delay.shifted(noon, zone, sign).astimezone(zone).hour == 12
        assert day_of(delay.shifted(noon, zone, 1), zone) == delay.after(noon, zone)


@given(delays())
def test_a_delay_is_a_value(delay):
    assert pickle.loads(pickle.dumps(delay)) == delay  # noqa: S301 - written here
    assert hash(Delay(delay.amount, delay.unit)) == hash(delay)


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_a_model_error(text):
    try:
        assert Moment(text).text == text
    except ModelError as error:
        assert shown(shortened(text)) in str(error)  # noqa: PT017 - either will do


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
        with pytest.raises(ModelError, match=r"no time: datetime\.datetime\(1, 1, 1, 0, 0, "):
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
            "2025-3-13",
            "13.03.2025",
            "20250313",
            "2025-W11-4",
            " 2025-03-13",
            "2025-03-13\n",
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

    @pytest.mark.parametrize(
        ("text", "advice"),
        [
            ("2025-03-13T12:00", "offset from UTC: 2025-03-13T12:00+02:00"),
            ("2025-03-13 12:00:30", "offset from UTC: 2025-03-13T12:00:30+02:00"),
            ("2025-03-13T24:00Z", "a day ends at 00:00 of the next"),
        ],
    )
    def test_what_is_almost_an_instant_is_told_what_it_lacks(self, text, advice):
        with pytest.raises(ModelError, match=re.escape(advice)):
            Moment(text)

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


class TestChoices:
    def test_a_month_may_be_each_of_its_days(self):
        february = Moment("2025-02").choices()
        assert (february[0], february[-1], len(february)) == (
            date(2025, 2, 1),
            date(2025, 2, 28),
            28,
        )

    def test_a_day_or_an_instant_is_what_it_is(self):
        assert Moment("2025-03-13").choices() == (date(2025, 3, 13),)
        assert Moment("2025-03-13T12:00Z").choices() == (datetime(2025, 3, 13, 12, tzinfo=UTC),)

    def test_of_a_range_of_instants_the_ends_are_enough(self):
        assert Moment("2025-03-13T12:00Z/2025-03-13T14:00Z").choices() == (
            datetime(2025, 3, 13, 12, tzinfo=UTC),
            datetime(2025, 3, 13, 14, tzinfo=UTC),
        )


class TestDelay:
    def test_a_day_is_whole_however_long_it_is(self):
        eve = datetime(2025, 3, 29, 10, tzinfo=UTC)
        assert days(1).after(eve, KYIV) == date(2025, 3, 30)
        assert hours(24).after(eve, KYIV).astimezone(KYIV).hour == 13
        assert days(1).shifted(eve, KYIV, 1) - eve == timedelta(hours=23)

    def test_hours_elapse_whatever_the_clock_of_the_instant_shows(self):
        eve = datetime(2025, 3, 29, 12, tzinfo=KYIV)
        assert hours(24).after(eve, KYIV).astimezone(KYIV).hour == 13
        assert hours(24).shifted(eve, KYIV, 1) == hours(24).after(eve, KYIV)
        assert hours(24).shifted(eve, KYIV, -1) == datetime(2025, 3, 28, 10, tzinfo=UTC)

    def test_none_is_the_same_day_or_instant(self):
        at = datetime(2025, 3, 13, 23, 59, tzinfo=KYIV)
        assert days(0).after(at, KYIV) == date(2025, 3, 13)
        assert minutes(0).after(at, KYIV) == at

    @pytest.mark.parametrize(
        ("day", "later"),
        [((2025, 1, 31), (2025, 2, 28)), ((2024, 1, 31), (2024, 2, 29))],
    )
    def test_a_shorter_month_ends_on_its_last_day(self, day, later):
        assert months(1).after(datetime(*day, tzinfo=UTC), UTC_ZONE) == date(*later)

    def test_backwards_over_the_turn_of_the_year(self):
        at = datetime(2025, 1, 31, 8, tzinfo=UTC)
        assert months(2).shifted(at, UTC_ZONE, -1) == datetime(2024, 11, 30, 8, tzinfo=UTC)

    def test_a_leap_day_a_year_later(self):
        assert years(1).after(datetime(2024, 2, 29, tzinfo=UTC), UTC_ZONE) == date(2025, 2, 28)

    @pytest.mark.parametrize(
        ("make", "unit", "most"),
        [
            (minutes, Unit.MINUTES, 52_596_000),
            (hours, Unit.HOURS, 876_600),
            (days, Unit.DAYS, 36_525),
            (weeks, Unit.WEEKS, 5_217),
            (months, Unit.MONTHS, 1_200),
            (years, Unit.YEARS, 100),
        ],
    )
    def test_it_is_at_most_a_hundred_years(self, make, unit, most):
        assert make(most) == Delay(most, unit)
        assert make(0).amount == 0
        for amount in (most + 1, -1):
            with pytest.raises(ModelError) as error:
                make(amount)
            assert str(error.value) == f"a delay is of 0 to {most} {unit.value}, got {amount}"

    @pytest.mark.parametrize("amount", [1.0, True, "1", None])
    def test_it_is_a_whole_number_of_its_unit(self, amount):
        with pytest.raises(ModelError, match=r"Delay\.amount must be a whole number, got"):
            days(amount)

    def test_a_unit_may_be_a_word(self):
        assert Delay(1, "days") == days(1)
        with pytest.raises(ModelError, match=r"Delay\.unit is one of 'minutes', .* 'days'\?$"):
            Delay(1, "day")

    @pytest.mark.parametrize(
        "given", ["a day", "days", "1.5 days", "-1 days", 3, None, timedelta(1)]
    )
    def test_a_length_of_time_is_a_number_and_a_unit(self, given):
        assert delay("1 day") == delay(days(1)) == days(1)
        with pytest.raises(ModelError, match=r"a length of time is needed, got .* '30 days'"):
            delay(given)

    def test_it_is_written_as_one_says_it(self):
        assert (str(days(14)), str(months(1)), str(hours(0))) == ("14 days", "1 month", "0 hours")


class TestNumpy:
    def test_a_midnight_is_the_day(self):
        numpy = pytest.importorskip("numpy")
        for unit in ("D", "ns"):
            assert moment(numpy.datetime64("2025-03-13", unit)) == Moment("2025-03-13")

    def test_another_hour_needs_its_offset(self):
        numpy = pytest.importorskip("numpy")
        with pytest.raises(ModelError, match="an instant needs its offset from UTC, got '2025-03"):
            moment(numpy.datetime64("2025-03-13T11:15"))

    def test_not_a_time_is_none(self):
        numpy = pytest.importorskip("numpy")
        with pytest.raises(ModelError, match="NaT stands for nothing filled in"):
            moment(numpy.datetime64("NaT", "D"))


class TestDataFrames:
    def test_a_midnight_of_pandas_or_numpy_is_the_day(self):
        pandas, numpy = pytest.importorskip("pandas"), pytest.importorskip("numpy")
        day = Moment("2025-03-13")
        assert moment(pandas.Timestamp("2025-03-13")) == day
        assert moment(numpy.datetime64("2025-03-13")) == day
        assert moment(numpy.datetime64("2025-03-13", "ns")) == day
        assert moment(numpy.str_("2025-03-13")) == day

    def test_an_instant_of_pandas_is_one_where_it_has_an_offset(self):
        pandas, numpy = pytest.importorskip("pandas"), pytest.importorskip("numpy")
        aware = pandas.Timestamp("2025-03-13T11:15", tz="UTC")
        assert moment(aware) == Moment("2025-03-13T11:15:00+00:00")
        for naive in (pandas.Timestamp("2025-03-13T11:15"), numpy.datetime64("2025-03-13T11:15")):
            with pytest.raises(ModelError, match="an instant needs its offset from UTC"):
                moment(naive)

    def test_what_is_not_filled_in_is_no_time(self):
        pandas, numpy = pytest.importorskip("pandas"), pytest.importorskip("numpy")
        for empty in (pandas.NaT, numpy.datetime64("NaT", "D")):
            with pytest.raises(ModelError, match="NaT stands for nothing filled in"):
                moment(empty)
