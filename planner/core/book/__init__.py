"""Follow a card: merge what it said before, what it says now and what the planner holds."""
