"""Our own short reports about the 62nd Munich Security Conference, with people and terms.

`articles/` are for `msc demo` and for tests: public facts in our words, with made-up papers, authors,
anonymous officials and one made-up company, and with the dirt that real pages carry. `feeds/` holds the
feed of one of those papers. `people.toml` and `terms.toml` are the desk's files, read by bot.reference.
"""
