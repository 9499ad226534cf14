"""Tests of what finds out which film or show something is."""
