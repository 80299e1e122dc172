"""Rehearsing: what the coach says and what comes next. Pure."""
