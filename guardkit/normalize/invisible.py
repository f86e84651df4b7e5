"""Characters that nobody sees: removed, except where emoji and scripts need them."""

from __future__ import annotations

import re

import numpy as np

from guardkit.normalize.buffer import Buffer, Mask
from guardkit.normalize.tables import Flag, Kind

__all__ = ["COUNTRIES", "flags", "remove", "stray", "unseen"]

# ISO 3166-1 alpha-2, and the two others that Unicode has flags for.
COUNTRIES = frozenset(
    "AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ EA EC EE EG EH ER ES ET EU "
    "FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN "
    "IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG "
    "MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL "
    "PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD "
    "TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ "
    "UA UG UM UN US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW".split()
)

# UTS #51 tag sequence: a black flag, a region's letters as tags, the terminator.
_FLAG = re.compile("\U0001f3f4([\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6})\U000e007f")

SOFT_HYPHEN = 0xAD


def flags(buffer: Buffer) -> Mask:
    """Which tag characters belong to the flag of a region, such as Scotland's."""
    mask = np.zeros(len(buffer), np.bool_)
    for match in _FLAG.finditer(buffer.text):
        region = "".join(chr(ord(char) - 0xE0000) for char in match[1]).upper()
        mask[match.start() + 1 : match.end()] = region[:2] in COUNTRIES
    return mask


def _alone(mask: Mask) -> Mask:
    """Which members of `mask` stand alone, with no other beside them."""
    alone: Mask = mask.copy()
    alone[1:] &= ~mask[:-1]
    alone[:-1] &= ~mask[1:]
    return alone


def stray(buffer: Buffer) -> Mask:
    """Which variation selectors are asked for by nothing: not one alone behind an emoji, a symbol or an ideograph."""
    codes, kinds, flag = buffer.codes, buffer.kinds, buffer.flags
    mask = kinds == Kind.SELECTOR
    legitimate = _alone(mask)
    base, cjk = np.roll(codes, 1), np.roll(flag & Flag.CJK, 1) > 0
    keycap = (base == 0x23) | (base == 0x2A) | ((base >= 0x30) & (base <= 0x39))
    emoji = (codes == 0xFE0E) | (codes == 0xFE0F)
    symbol = (base >= 0xA9) & (np.roll(flag & Flag.WORD, 1) == 0)
    ideograph = cjk & ((codes >= 0xE0100) | (codes <= 0xFE02))
    mathematical = (codes == 0xFE00) & (base >= 0x2190) & (base < 0x2C00)
    legitimate &= ideograph | mathematical | (emoji & (keycap | symbol | cjk))
    legitimate[:1] = False
    found: Mask = mask & ~legitimate
    return found


def _needed(buffer: Buffer) -> Mask:
    """Which joiners are spelling: in an emoji sequence, or behind a letter of Arabic, Indic and kindred scripts."""
    kinds, flag = buffer.kinds, buffer.flags
    mask: Mask = kinds == Kind.JOINER
    if not mask.any():
        return mask
    alone = _alone(mask)
    joining = np.roll(flag & Flag.JOINING, 1) > 0
    # The sign before a ZWJ may be followed by its selector or, in a flag, by tags.
    index = np.arange(len(buffer))
    solid = np.maximum.accumulate(np.where((kinds == Kind.SELECTOR) | (kinds == Kind.TAG), -1, index))
    previous = np.roll(flag[np.maximum(solid, 0)] & Flag.EMOJI, 1) > 0
    following = np.roll(flag & Flag.EMOJI, -1) > 0
    emoji = (buffer.codes == 0x200D) & previous & following
    keep = alone & (joining | emoji)
    keep[:1] = False
    emoji[-1:] = False
    spelled: Mask = mask & keep
    return spelled


def unseen(buffer: Buffer) -> Mask:
    """Which characters draw nothing and are asked for by nothing; soft hyphens are by words that may be long."""
    kinds = buffer.kinds
    mask: Mask = (kinds == Kind.INVISIBLE) & (buffer.codes != SOFT_HYPHEN)
    mask |= (kinds == Kind.JOINER) & ~_needed(buffer)
    mask |= stray(buffer)
    return mask


def remove(buffer: Buffer) -> tuple[Buffer, dict[str, int]]:
    """The buffer without what nobody sees, and how many of each sort were removed."""
    kinds = buffer.kinds
    removed = {
        "invisible": (kinds == Kind.INVISIBLE) | ((kinds == Kind.JOINER) & ~_needed(buffer)),
        "tags": (kinds == Kind.TAG) & ~flags(buffer),
        "selectors": stray(buffer),
        "bidi": kinds == Kind.BIDI,
    }
    mask = np.logical_or.reduce(list(removed.values()))
    counts = {name: int(part.sum()) for name, part in removed.items()}
    return (buffer.keep(~mask) if mask.any() else buffer), counts
