"""An address that can't be had is said in one sentence."""

from __future__ import annotations

import pytest

from bot.errors import SettingError
from handlers.web.app import build
from handlers.web.serving import serving


async def test_a_port_in_use_is_named() -> None:
    async with serving(build(), "127.0.0.1", 0) as address:
        port = int(address.rpartition(":")[2])
        with pytest.raises(SettingError, match=f"port {port} on 127.0.0.1 is in use"):
            async with serving(build(), "127.0.0.1", port):
                pass


async def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(SettingError, match="can't listen on 203"):
        async with serving(build(), "203.0.113.7", 0):
            pass
