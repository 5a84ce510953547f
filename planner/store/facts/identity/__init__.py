"""Identity: people entered twice, merging them, and recognising them in an import."""
