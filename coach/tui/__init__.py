"""The Textual screen. It watches the engine and decides nothing."""
