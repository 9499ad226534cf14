"""Speaks HTTP: each noun's routes read and check their input, call one method and shape the answer."""
