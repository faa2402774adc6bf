"""The project itself: settings, addresses, roles, the design system, and the tools that every room may use.

Money flows one way, so imports do too: content → grants → donations → donations.ledger → almoner.kit.
This package wires the rooms together (urls.py, roles.py, settings/) and keeps the kit, which knows no charity words.
"""
