"""The shapes of answers, for the schema: what is written elsewhere as finished JSON, said in serializers."""
