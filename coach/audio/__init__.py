"""Sound in and out: microphone, recordings, loudspeaker, voice activity, endpointing."""
