from coach.handle import SessionHandle, Setup, Watch

__all__ = ["SessionHandle", "Setup", "Watch"]
