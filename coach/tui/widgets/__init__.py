"""Widgets: each shows one thing, takes plain values and posts requests up."""
