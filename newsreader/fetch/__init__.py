"""Every way to the network, and the only room that knows httpx: `fetcher` asks, `schedule` says when."""
