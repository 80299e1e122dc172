"""Gives tests a sound card that is real to the program and made of software."""

import importlib.util
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
