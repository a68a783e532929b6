"""Screens over the main screen: help, search, add, first start."""
