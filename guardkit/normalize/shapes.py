"""Letters drawn in another alphabet, as "fancy text" generators do: not look-alikes, only alike enough to be read.

The letters belong to languages, and a few of the words that they spell there are English by accident. So a passage is
read only where its neighbouring words nearly all become English ones.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate

from guardkit.decode.language import known
from guardkit.decode.leet import LONGEST, choose
from guardkit.decode.passages import best_runs
from guardkit.normalize.tables import tables
from guardkit.view import Replacement, View

__all__ = ["read"]

FONTS = (
    "αвc∂єƒgнιנкℓмησρqяѕтυνωχуz", "αвcδεfgнιjκlмησρqяsтυνωχγz", "абсдефгніјклмпорqгѕтцѵшхуз",
    "аъсԁеғԍһіјқӏмпорԛгѕтцѵѡхүз", "₳฿₵ĐɆ₣₲ⱧłJ₭Ⱡ₥₦Ø₱QⱤ₴₮ɄV₩ӾɎⱫ", "ǟɮƈɖɛʄɢɦɨʝӄʟʍռօքզʀֆȶʊʋաӼʏʐ",
    "ąҍçժҽƒցհìʝҟӀʍղօքզɾʂէմѵա×վՀ", "ɒdɔbɘʇϱʜiįʞlmnoqpɿƨɈυvwxγz", "աբcժեƒցհիյkլmոօպգրsտυվաxყz",
    "ДБСDЄFБНЇJКLМИФРQЯЅТЦVШЖУZ", "ƛƁƇƊЄƑƓӇƖʆƘԼMƝƠƤƢƦƧƬƲƔƜҲƳȤ", "Ⱥƀȼđɇfǥħɨɉꝁłmnøᵽꝗɍsŧᵾvwxɏƶ",
    "åßçðéƒģħïĵķĺmñöþqŕšţüvŵxÿż", "ɐbɔdəfɡɦıɉʞłɯŋøþqɹʃʈʊʌʍχγʒ", "ꜳƀↄꝺɇꝼᵹħıȷꝁꝉꟿꞃꝋꝑꝗꞅꞅꞇꝩꝟꝡꭓỿꝣ",
    "ꬰꞗꞓꝺꬳꬵꞡꞕꞮꞲꞣꬸꬺꞥꝋꝑꝗꞧꞩꞇꭎꝟꟃꭗꭚꝣ", "ᗩᗷᑕᗪEᖴGᕼIᒍKᒪᗰᑎOᑭᑫᖇᔕTᑌᐯᗯ᙭Yᘔ", "ᗅᗸᑢᗫᗴᖵᘜᕼᓰᒎKᒫᗰᑏᗝᑮᕴᖇSᙢᑘᐻᙎ᙭ᖻᘔ",
    "卂乃匚刀乇下厶卄工丁长乚爪冂口尸Q尺丂丅凵V山乂丫乙", "卂乃匚刀乇下厶卄工丁长乚从𠘨口尸㔿尺丂丅凵リ山乂丫乙",
    "ﾑ乃ᄃりのｷムんﾉﾌズﾚﾶ刀のｱゐ尺丂ｲひ√W乂ﾘ乙", "ﾑ乃ᄃΐ乇ｷムｮﾉﾌズﾚﾶ刀ｵｱᄊ尺丂ｲひ√Wﾒﾘ乙",
    "ค๒ς๔єŦﻮђเןкɭ๓ภ๏קợгรՇยשฬץאչ", "คც८ძ૯Բ૭ҺɿʆқՆɱՈ૦ƿҩՐς੮υ౮ω૪ע઼", "คҌՇძєՒﻮҺɿյќɭ๓ภ๏קợՐรէยѵฬץӱչ",
    "ልጌርዕቿቻኗዘጎጋጕረጠክዐየዒዪነፕሁሀሠሸሃጊ", "ᎪᏴᏟᎠᎬFᏀᎻᏆᎫᏦᏞᎷNᎾᏢQᎡᏚᎢUᏙᎳXᎩᏃ", "ⲁⲃⲥⲇⲉϥⲅϩⲓϫⲕⲗⲙⲛⲟⲡϭⲣⲥⲧⲩⲃⲱⲝⲏⲍ",
    "𐌰𐌱𐌺𐌳𐌴𐍆𐌲𐌷𐌹𐌾𐌺𐌻𐌼𐌽𐍉𐍀𐌵𐍂𐍃𐍄𐌿𐍅𐍅𐍇𐍅𐌶", "ᚨᛒᚲᛞᛖᚠᚷᚺᛁᛃᚲᛚᛗᚾᛟᛈᛩᚱᛊᛏᚢᚡᚹᛪᛦᛉ",
)  # fmt: skip
"""The alphabet as such generators write it, a to z."""

MIRRORED = frozenset("ɒɘʜɿƨɈ")  # a text with these is in a mirror, which makes other letters of some
MIRROR = {"b": "db", "d": "bd", "p": "qp", "q": "pq", "|": "l"}

UNIT = re.compile(r"[^\s!-@\[-`{}~\u00a0\u2010-\u203a\u3001\u3002]+")
FEWEST = 8  # letters in all that are so drawn
SPELLED = 12  # letters of the known words of a passage
WORDS = 3  # of three letters or more, all different
SHARE = 0.75  # of a passage's letters that must be in known words


@cache
def alphabet() -> dict[str, str]:
    """The letters that each character may be meant as, the likeliest first."""
    found: dict[str, str] = {}
    for font in FONTS:
        for shape, letter in zip(font, "abcdefghijklmnopqrstuvwxyz", strict=True):
            for char in {shape, shape.lower(), shape.upper()}:
                if not char.isascii() and len(char) == 1 and letter not in found.get(char, ""):
                    found[char] = found.get(char, "") + letter
    return found


@lru_cache(maxsize=4096)  # words come again
def reading(unit: str, mirrored: bool) -> str:
    """The word that a run of such characters is, in lower case; empty where it cannot be one."""
    drawn, plain = alphabet(), tables().plain
    choices = []
    for char in unit:
        letters = drawn.get(char) or (mirrored and MIRROR.get(char)) or plain.get(char, char).lower()
        if not letters.isascii() or not letters.isalpha() or (len(letters) > 1 and char not in drawn and not mirrored):
            return ""
        choices.append(letters)
    return choose(choices)


def read(view: View) -> View | None:
    """The view with its passages in such letters in ASCII, if there are any."""
    text = view.text
    shapes = alphabet().keys() & set(text)
    if sum(map(text.count, shapes)) < FEWEST:
        return None
    mirrored = not shapes.isdisjoint(MIRRORED)
    units: list[tuple[int, str, str]] = []  # where it starts, what it is, and its reading
    for match in UNIT.finditer(text):
        unit = match[0]
        drawn = not shapes.isdisjoint(unit)
        units.append((match.start(), unit, reading(unit, mirrored) if drawn and len(unit) <= LONGEST else ""))
    values = [value(unit, word) for _, unit, word in units]
    replacements: list[Replacement] = []
    for first, last in best_runs([0.0, *accumulate(values)]):
        words = [word for _, _, word in units[first:last] if len(word) > 2]
        spelled = [word for word in words if known(word)]
        letters = sum(map(len, spelled))
        if letters >= max(SPELLED, SHARE * sum(map(len, words))) and len(set(spelled)) >= WORDS:
            for start, unit, word in units[first:last]:
                replacements += [
                    (at, at + 1, new)
                    for at, (old, new) in enumerate(zip(unit, word, strict=False), start)
                    if old.lower() != new
                ]
    return view.splice("shapes", replacements) if replacements else None


def value(unit: str, word: str) -> float:
    """How much a unit speaks for a passage in such letters: by its length, English or not."""
    if word:
        return float(len(word) if len(word) > 2 else 0.5) if known(word) else -float(len(word))
    return 0.0 if unit.isascii() and (len(unit) < 3 or known(unit.lower())) else -float(len(unit))
