"""What events make of the relations of two countries (docs/relations.md), and what pairs have to do with each other."""
