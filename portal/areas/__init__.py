"""The five areas: their facts, and which team a person goes to."""
