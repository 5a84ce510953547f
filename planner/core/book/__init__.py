"""How a contact follows a card: what the card said before, what it says now and what the planner holds, merged."""
