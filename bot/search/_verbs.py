"""The verbs of questions by what they ask for, and their forms; pure data."""

from __future__ import annotations

_IRREGULAR = {
    "say": "say says said saying",
    "tell": "tell tells told telling",
    "think": "think thinks thought thinking",
    "speak": "speak speaks spoke spoken speaking",
    "write": "write writes wrote written writing",
    "mean": "mean means meant meaning",
    "see": "see sees saw seen seeing",
    "feel": "feel feels felt feeling",
    "bring": "bring brings brought bringing",
    "deny": "deny denies denied denying",
    "reply": "reply replies replied replying",
    "swear": "swear swears swore",
    "put": "put puts putting",
    "refer": "refer refers referred referring",
    "admit": "admit admits admitted admitting",
    "commit": "commit commits committed committing",
    "back": "back backs backed backing",
}
SAYING = (
    "say tell think argue warn promise claim state declare announce suggest propose demand float note stress "
    "emphasize emphasise insist add admit acknowledge urge believe mean complain respond reply answer react "
    "describe praise criticize criticise pledge vow highlight explain express report write recommend "
    "observe remark comment predict expect fear hope underline caution assert maintain contend advise ask "
    "advocate appeal conclude signal indicate feel see view frame portray outline champion lament "
    "condemn blame accuse tout laud hail question concede hint imply joke boast reveal disclose reiterate "
    "repeat reaffirm counter doubt dismiss decry denounce mention discuss address raise offer deliver speak "
    "talk call quote compare speculate"
)
MENTIONING = "mention discuss cite address raise reference quote name invoke"
DOING = (
    "defend point push press seek want need plan intend threaten reassure assure confirm clarify liken worry"
)
PLAIN = frozenset({"say", "says", "said", "tell", "told", "think", "thinks", "state"})  # colour nothing
AGREEING = "agree support back welcome endorse favor favour approve champion embrace praise defend applaud"
REJECTING = (
    "disagree reject oppose deny dismiss dispute contradict rebuff refuse refute criticize criticise "
    "condemn resist"
)


def inflected(lemma: str) -> tuple[str, ...]:
    """Return the forms of an English verb that a question uses."""
    if lemma in _IRREGULAR:
        return tuple(_IRREGULAR[lemma].split())
    if lemma.endswith("e"):
        return (lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing")
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return (lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
    return (lemma, lemma + ("es" if lemma.endswith(("s", "sh", "ss")) else "s"), lemma + "ed", lemma + "ing")


def any_of(lemmas: str) -> str:
    """Return the pattern of any form of these verbs, the longest first."""
    return (
        "(?:"
        + "|".join(sorted({f for w in lemmas.split() for f in inflected(w)}, key=lambda f: (-len(f), f)))
        + ")"
    )
