"""Tests of :mod:`kg.view`."""
