"""What it ran on: processor, cores, memory, versions. A time means nothing without it."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("streamlit", "duckdb", "pandas", "numpy", "altair")


def describe_machine() -> str:
    """One line of facts. The load says whether the machine was doing other things meanwhile."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{datetime.now(UTC):%d %B %Y}, {_processor()}, {os.cpu_count()} cores, {_memory()}, "
        f"{platform.system()}, Python {platform.python_version()}, {packages}{_load()}"
    )


def _processor() -> str:
    return _value("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()


def _memory() -> str:
    total = _value("/proc/meminfo", "MemTotal")
    return f"{int(total.split()[0]) / 1_048_576:.0f} GB" if total else "memory not known"


def _load() -> str:
    if not hasattr(os, "getloadavg"):
        return ""
    return f"; load of the last five minutes {os.getloadavg()[1]:.1f}"


def _value(file: str, name: str) -> str:
    """What a file of "name : value" lines says; empty where there is no such file."""
    path = Path(file)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
