"""CAMEO event codes → kinds of event. The mapping is our own; the codes are those of the CAMEO codebook, 1.1b3,
with 1213 and 1214 as datasets have them.

A code stands for the kind that claims no more than the code does: 161 is "reduce or break relations", so it is
relations-reduced, never relations-severed; 042 names no rank, so it is official-visit, never state-visit. What the code
leaves open, a curator decides. A code for an intent is commitment, but an intent to meet or to mediate is the meeting
itself, still planned.
"""


class UnknownCameoCode(ValueError):
    """A text that is no code of CAMEO."""


#: Kind → the codes that it stands for. Codes are text: "040" is not 40.
CODES_OF_KIND = {
    "statement": "01 010 011 012 013 014 015 016 017 018 019",
    "appeal": (
        "02 020 021 0211 0212 0213 0214 022 023 0231 0232 0233 0234 024 0241 0242 0243 0244 "
        "025 0251 0252 0253 0254 0255 0256 027 028"
    ),
    "invitation": "026",
    "commitment": (
        "03 030 031 0311 0312 0313 0314 032 033 0331 0332 0333 0334 034 0341 0342 0343 0344 "
        "035 0351 0352 0353 0354 0355 0356 037 038"
    ),
    "talks": "036 04 040 044 046",
    "call": "041",
    "official-visit": "042 043",
    "mediation": "039 045",
    "support-declared": "05 050 051 052 053 055 056",
    "recognition": "054",
    "agreement-signed": "057",
    "cooperation": "06 060 061 063",
    "weapons-cooperation": "062",
    "intelligence-shared": "064",
    "aid-provided": "07 070 071 073 075",
    "arms-transfer": "072",
    "troop-deployment": "074",
    "concession": "08 080 081 0811 0812 0813 0814 082 083 0831 0832 0833 0834 086 0861 0862 0863",
    "prisoner-release": "084 0841 0842",
    "sanctions-lifted": "085",
    "ceasefire": "0871",
    "troop-withdrawal": "087 0872 0873 0874",
    "investigation": "09 090 091 092 093 094 115 116",
    "demand": (
        "10 100 101 1011 1012 1013 1014 102 103 1031 1032 1033 1034 104 1041 1042 1043 1044 "
        "105 1051 1052 1053 1054 1055 1056 106 107 108"
    ),
    "criticism": "11 110 111 113",
    "allegation": "112 1121 1122 1123 1124 1125",
    "protest-note": "114",
    "refusal": (
        "12 120 121 1211 1212 1213 1214 122 1221 1222 1223 1224 123 1231 1232 1233 1234 "
        "124 1241 1242 1243 1244 1245 1246 125 126 127 128 129"
    ),
    "warning": "13 130 131 1311 1312 1313 132 1321 1322 1323 1324 133 134 135 136 137 138 1381 1382 1383 1384 1385 139",
    "demonstration": (
        "14 140 141 1411 1412 1413 1414 142 1421 1422 1423 1424 143 1431 1432 1433 1434 "
        "144 1441 1442 1443 1444 145 1451 1452 1453 1454"
    ),
    "military-exercise": "150",
    "mobilization": "15 151 152 153 154 155",
    "relations-reduced": "16 160 161 164 165",
    "sanctions-imposed": "162 1621 1622 1623 163",
    "diplomats-expelled": "166 1661 1662 1663",
    "coercion": "17 170 171 1711 1712 172 1721 1722 1723 1724 173 174 176 191",
    "violence": "175 18 180 181 182 1821 1822 1823 183 1831 1832 1833 1834 184 185 186",
    "armed-clash": "19 190 193 194 195 1951 1952 196",
    "invasion": "192",
    "mass-violence": "20 200 201 202 203 204 2041 2042",
}

#: CAMEO code → kind.
KIND_OF_CAMEO = {code: kind for kind, codes in CODES_OF_KIND.items() for code in codes.split()}


def kind_for(code: str) -> str:
    """The id of the kind that the CAMEO *code* stands for. Raises UnknownCameoCode."""
    try:
        return KIND_OF_CAMEO[code]
    except KeyError:
        raise UnknownCameoCode(
            f"{code!r} is no CAMEO code: write two to four digits as text, as in 040 or 1121."
        ) from None
