"""Squall beside its peers on one machine: CPU per request, truth of percentiles, memory. Standard library only."""
