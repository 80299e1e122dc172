"""Judging one reply: words in, an assessment out. Pure: no files but its own data, no clock, no device."""
