# Dates, times and their differences.
import calendar
import time
from datetime import UTC, date, datetime, timedelta, timezone

when = datetime.fromisoformat("2026-01-01T00:30") + timedelta(hours=7)
print(when, when.strftime("%Y-%m-%d %H:%M %A %j"), when.isoformat(timespec="seconds"))
print(repr(when), when.date(), when.time(), when.weekday(), tuple(when.isocalendar()))
print(datetime.strptime("3 Feb 2024 14:05", "%d %b %Y %H:%M"), date(2024, 2, 29) - date(2023, 3, 1))
print(timedelta(days=1, seconds=-1), timedelta(minutes=90) / timedelta(hours=1), repr(timedelta(milliseconds=1500)))
print(datetime(2026, 1, 1, tzinfo=UTC).astimezone(timezone(timedelta(hours=2))), datetime.fromtimestamp(0, UTC))
print(sorted([date(2026, 3, 1), date(2025, 12, 31)]), date(2026, 1, 31).replace(month=3), date.min, datetime.max)
print(datetime.now().year >= 2026, abs(datetime.now(UTC).timestamp() - time.time()) < 5)
for wrong in (lambda: datetime.fromisoformat("yesterday"),):
    try:
        wrong()
    except ValueError as error:
        print(type(error).__name__, "-", str(error).split(",")[0])
print(calendar.month(2026, 2))
print(calendar.isleap(2024), calendar.monthrange(2026, 2), calendar.day_name[0], list(calendar.month_abbr)[:3])
