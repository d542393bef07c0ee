"""How fast it is: `python -m benchmarks`. Measures and reports; never asserts on seconds."""
