"""Sổ CTXH: the offline social-work register; one folder per layer (docs/architecture.md)."""
