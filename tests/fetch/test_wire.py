"""Connecting to a host that has several addresses (RFC 8305)."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest

from newsreader.fetch import wire

if TYPE_CHECKING:
    from newsreader.fetch.names import Address
    from tests.hostile_server import HostileServer


async def test_the_next_address_is_tried_when_one_refuses(server: HostileServer) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        dead: Address = (socket.AF_INET, closed.getsockname())
        live: Address = (socket.AF_INET, ("127.0.0.1", server.port))
        sock = await wire.connect([dead, live])
        assert sock.getpeername()[1] == server.port
        sock.close()
        with pytest.raises(ExceptionGroup):
            await wire.connect([dead, dead])
    with pytest.raises(OSError, match="no address"):
        await wire.connect([])


async def test_an_address_that_does_not_answer_holds_up_nobody(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, given_up = wire._open, asyncio.Event()

    async def open_(family: socket.AddressFamily, address: tuple[object, ...]) -> socket.socket:
        if address[0] == "silent":
            try:
                await asyncio.Event().wait()
            finally:
                given_up.set()
        return await real(family, address)

    monkeypatch.setattr(wire, "_open", open_)
    monkeypatch.setattr(wire, "_STAGGER", 0.01)
    sock = await wire.connect([(socket.AF_INET, ("silent", 1)), (socket.AF_INET, ("127.0.0.1", server.port))])
    assert sock.getpeername()[1] == server.port
    sock.close()
    await asyncio.wait_for(given_up.wait(), 5)
