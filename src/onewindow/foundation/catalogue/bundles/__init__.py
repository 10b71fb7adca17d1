"""The bundles (一件事) as published: what may be applied for at once, version by version."""
