"""Watched sources, the traces seen there, and the interactions based on them."""
