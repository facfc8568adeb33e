"""Dates and times as English pages have them; Django knows the numbers."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "l, j F"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
