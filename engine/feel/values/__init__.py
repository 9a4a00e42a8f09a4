"""Value classes that plain Python lacks: dates of any year, times, durations, ranges, functions."""
