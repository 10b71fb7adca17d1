"""Who watches: figures computed from what happened, never typed in."""
