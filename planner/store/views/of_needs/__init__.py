"""The people around a need: who knows of it, whose answer is awaited, who should hear how it went, whom to tell next.
"""
