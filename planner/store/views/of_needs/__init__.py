"""The people around a need: who knows of it, who must answer, who should hear how it went, whom to tell next."""
