"""The parts of the benchmark, a file each. A part is a function `measure(place)` that yields figures."""
