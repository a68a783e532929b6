"""The worker: the process that refreshes sources and fetches full text, and the client through which the UI uses it."""
