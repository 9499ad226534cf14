"""The only SQL: one mixin for each noun, composed into AppState."""
