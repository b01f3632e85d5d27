"""Work that outlives the question: one port, two engines, the truth in our own rows."""

from bot.jobs.embedded import Embedded
from bot.jobs.port import Job, JobFunction, Jobs, Poison, Policy

__all__ = ["Embedded", "Job", "JobFunction", "Jobs", "Poison", "Policy"]
