"""One module for each client; each knows a program's command line and how to read its answer."""
