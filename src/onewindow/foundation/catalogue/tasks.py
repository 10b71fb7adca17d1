"""The catalogue's jobs, where the worker looks for them."""

from onewindow.foundation.catalogue.drafts.tasks import publish

__all__ = ["publish"]
