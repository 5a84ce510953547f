"""What is watched, what was seen there, and the interactions that rest on it."""
