"""The tablet at a window that asks how it was, and what a clerk may know of the answers."""
