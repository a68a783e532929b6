"""Query text -> SQL. Everything a person types means something, and nothing raises."""
