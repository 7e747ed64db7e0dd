"""Sổ CTXH: the offline social-work register; one folder per layer (docs/architecture.md)."""

__version__ = "0.1.0"
