"""Migrations, one file each in `versions`; run by `bot.store.migrate`."""
