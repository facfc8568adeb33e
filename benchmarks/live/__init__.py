"""The real server, live: started, spoken to and measured from outside, for benchmarks and for `faults/`."""
