"""Jobs: which process does one, who waits for whom, and how often it is tried again."""

__all__ = ["leases", "queues", "tries"]
