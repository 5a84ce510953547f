"""Who knows of a need, whose answer is awaited, who is to hear how it went, and whom to tell next."""
