"""Tests of kb.backup."""
