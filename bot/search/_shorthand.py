"""What is typed short: words that ask nothing, little words and things in a few letters; pure data."""

from __future__ import annotations

import re

LEAD = re.compile(
    r"^(?:(?:please|pls|plz|hey|hi|hello|ok|okay|msc|so|and|but|well|um|can you|could you|would you|tell me|show me|show|"
    r"give me|gimme|give|find me|find|search for|search|look up|list|i want to know|i want|i need|do you know|"
    r"do we know|get me|get|let me know|i wonder|any idea|was there|were there|is there|are there|remind me) )+"
)
TAIL = frozenset({"please", "pls", "plz", "thanks", "thx"})
SHORT = {
    "abt": "about", "bout": "about", "wat": "what", "wut": "what", "wht": "what", "waht": "what", "whos": "who is",
    "who's": "who is", "whats": "what is", "what's": "what is", "wheres": "where is", "where's": "where is",
    "hows": "how is", "didnt": "did not", "didn't": "did not", "doesn't": "does not", "doesnt": "does not",
    "hasn't": "has not", "hasnt": "has not", "haven't": "have not", "don't": "do not", "dont": "do not",
    "wasn't": "was not", "wasnt": "was not", "isn't": "is not", "weren't": "were not", "ppl": "people", "qoute": "quote",
    "qoutes": "quotes", "sed": "said", "siad": "said", "sais": "says", "hwo": "how", "woh": "who", "whoe": "who",
    "wich": "which", "wen": "when", "whn": "when", "wher": "where", "dose": "does", "dd": "did", "frm": "from", "sya": "say", "ahve": "have", "teh": "the",
    "who'd": "who had", "who've": "who have", "what've": "what have", "y": "why", "r": "are", "u": "you", "ur": "your",
    "smth": "something", "smthing": "something", "sth": "something", "anythin": "anything", "smbdy": "somebody", "evryone": "everyone",
    "sb": "somebody",
}  # fmt: skip
CONTRACTED = {
    f"{verb}nt": f"{verb}n't"
    for verb in ("do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "ca", "wo", "would", "could", "should")
}  # fmt: skip
# clipped forms that are typed and hardly printed
CLIPPED = {
    "weds": "wednesday", "tues": "tuesday", "thurs": "thursday", "ukr": "ukraine", "conf": "conference", "inst": "institute",
    "govt": "government", "govts": "governments", "natl": "national", "intl": "international", "dept": "department",
    "mil": "military", "mtg": "meeting", "rels": "relations", "yday": "yesterday", "tmrw": "tomorrow", "btwn": "between",
    "univ": "university", "cmte": "committee",
}  # fmt: skip
