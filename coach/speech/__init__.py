"""Words in and out: recognizers, their models, the coach's voice."""
