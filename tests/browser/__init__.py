"""The product as people meet it: the real demo, started by its own command, in a real Chromium.

All of these tests share one demo, so they carry one group mark and run in one process.
"""
