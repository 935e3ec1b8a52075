"""Forms: what is asked step by step, kept when left, and what of it is accepted."""

__all__ = ["addresses", "dialogs", "writing"]
