"""Coach: rehearse, aloud and alone, the reply you want to be able to give."""

__version__ = "0.1.0"
