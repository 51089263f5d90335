"""Tests of what is written out."""
