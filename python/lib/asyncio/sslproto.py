"""There is no TLS where there are no sockets; the event loop imports this all the same."""
