"""Where the service is put together: settings read from the environment, addresses, the server."""
