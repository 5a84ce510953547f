"""Who is who: people who may be here twice, made one, and known again when they are imported."""
