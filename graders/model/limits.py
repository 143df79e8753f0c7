"""What a submission may use up."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """
    Limits of one kata; the defaults suit a small algorithm.

    A call is stopped at whichever of its two clocks runs out first. The
    processor clock is the fair one; the wall clock catches a call that sleeps.
    """

    call_cpu_seconds: float = 2.0
    call_wall_seconds: float = 10.0
    attempt_cpu_seconds: float = 30.0
    attempt_wall_seconds: float = 60.0
    memory_mib: int = 256
    output_kib: int = 64
    reply_mib: int = 16
    threads: int = 0
