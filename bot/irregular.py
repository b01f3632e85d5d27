"""Irregular forms of English verbs and nouns that a stemmer cannot join: spent and spend, men and man.

Forms that are words of their own elsewhere (left, found, saw, rose, fell) stay apart.
"""

from __future__ import annotations

_VERBS = """
    spend spent; send sent; build built; lend lent; buy bought; bring brought; think thought; fight fought;
    seek sought; teach taught; catch caught; sell sold; tell told; hold held; lose lost; win won; meet met;
    lead led; keep kept; sleep slept; feel felt; deal dealt; mean meant; pay paid; say said; make made;
    hear heard; stand stood; understand understood; withstand withstood; withdraw withdrew withdrawn;
    draw drew drawn; grow grew grown; know knew known; throw threw thrown; fly flew flown; show shown;
    choose chose chosen; freeze froze frozen; speak spoke spoken; break broke broken; steal stole stolen;
    write wrote written; drive drove driven; ride rode ridden; arise arose arisen; rise risen;
    give gave given; forgive forgave forgiven; forbid forbade forbidden; take took taken;
    undertake undertook undertaken; overtake overtook overtaken; shake shook shaken; mistake mistook mistaken;
    begin began begun; swim swam swum; drink drank drunk; sink sank sunk; sing sang sung;
    shrink shrank shrunk; come came; become became; overcome overcame; run ran;
    go went gone; undergo underwent undergone;
    strike struck; stick stuck; forget forgot forgotten; get got gotten;
    flee fled; breed bred; speed sped; bleed bled; sit sat; swear swore sworn; wear wore worn;
    tear tore torn; bear bore borne; hide hid hidden; slide slid; shoot shot; hang hung;
    fall fallen; foresee foresaw foreseen; eat ate eaten; uphold upheld; withhold withheld; mislead misled;
    rebuild rebuilt; overthrow overthrew overthrown; oversee oversaw overseen; outgrow outgrew outgrown
"""
_NOUNS = """
    man men; woman women; child children; crisis crises; analysis analyses; hypothesis hypotheses;
    policeman policemen; serviceman servicemen; spokesman spokesmen; spokeswoman spokeswomen; wife wives;
    life lives; knife knives; shelf shelves; thief thieves; foot feet; tooth teeth; criterion criteria;
    phenomenon phenomena; thesis theses
"""

BASE = {
    form: base
    for line in f"{_VERBS};{_NOUNS}".split(";")
    for base, *forms in [line.split()]
    for form in forms
}
