"""Section 2: the same letters from another part of Unicode, or another script, by table."""

from __future__ import annotations

import re
import string
import unicodedata

from .transform import Transform, by_letter, plain

__all__ = ["TRANSFORMS"]

LOWER, UPPER, DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits


def block(upper: int = 0, lower: int = 0, digits: int = 0, **holes: str) -> dict[str, str]:
    """The table of an alphabet that starts at these code points; `holes` are the letters Unicode put elsewhere."""
    table = {c: chr(upper + i) for i, c in enumerate(UPPER)} if upper else {}
    table |= {c: chr(lower + i) for i, c in enumerate(LOWER)} if lower else {}
    table |= {c: chr(digits + i) for i, c in enumerate(DIGITS)} if digits else {}
    return table | holes


def both(lower: str, upper: str | None = None) -> dict[str, str]:
    """The table of an alphabet spelled out; with one case only, it serves both."""
    return dict(zip(LOWER, lower, strict=True)) | dict(zip(UPPER, lower if upper is None else upper, strict=True))


STYLES = {
    "bold": block(0x1D400, 0x1D41A, 0x1D7CE),
    "italic": block(0x1D434, 0x1D44E, h="ℎ"),
    "bold_italic": block(0x1D468, 0x1D482),
    "script": block(0x1D49C, 0x1D4B6, B="ℬ", E="ℰ", F="ℱ", H="ℋ", I="ℐ", L="ℒ", M="ℳ", R="ℛ", e="ℯ", g="ℊ", o="ℴ"),
    "bold_script": block(0x1D4D0, 0x1D4EA),
    "fraktur": block(0x1D504, 0x1D51E, C="ℭ", H="ℌ", I="ℑ", R="ℜ", Z="ℨ"),
    "bold_fraktur": block(0x1D56C, 0x1D586),
    "double_struck": block(0x1D538, 0x1D552, 0x1D7D8, C="ℂ", H="ℍ", N="ℕ", P="ℙ", Q="ℚ", R="ℝ", Z="ℤ"),
    "sans": block(0x1D5A0, 0x1D5BA, 0x1D7E2),
    "sans_bold": block(0x1D5D4, 0x1D5EE, 0x1D7EC),
    "sans_italic": block(0x1D608, 0x1D622),
    "sans_bold_italic": block(0x1D63C, 0x1D656),
    "monospace": block(0x1D670, 0x1D68A, 0x1D7F6),
    "circled": block(0x24B6, 0x24D0),
    "parenthesised": {c: chr(0x249C + i % 26) for i, c in enumerate(LOWER + UPPER)},
    "fullwidth": {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)} | {" ": "\u3000"},
    "superscript": both("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖqʳˢᵗᵘᵛʷˣʸᶻ") | dict(zip(DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)),
    "subscript": both("ₐbcdₑfgₕᵢⱼₖₗₘₙₒₚqᵣₛₜᵤᵥwₓyz") | dict(zip(DIGITS, "₀₁₂₃₄₅₆₇₈₉", strict=True)),
    "squared": {c: chr(0x1F130 + i % 26) for i, c in enumerate(UPPER + LOWER)},
    "negative_circled": {c: chr(0x1F150 + i % 26) for i, c in enumerate(UPPER + LOWER)},
    "negative_squared": {c: chr(0x1F170 + i % 26) for i, c in enumerate(UPPER + LOWER)},
    "small_caps": both("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡxʏᴢ"),
}
FULLWIDTH_LETTERS = {c: t for c, t in STYLES["fullwidth"].items() if c != " "}
REGIONAL = {c: chr(0x1F1E6 + i % 26) for i, c in enumerate(UPPER + LOWER)}
TURNED = both("ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", "∀ᗺƆᗡƎℲ⅁HIſʞ⅂WNOԀὉᴚS⊥∩ΛMX⅄Z") | dict(
    zip("?!.,'()&", "¿¡˙',)(⅋", strict=True)
)
MIRRORED = both("ɒdɔbɘʇǫʜiꞁʞlmnoqpɿꙅƚυvwxyƹ")
CURRENCY = both("₳฿₵ĐɆ₣₲ⱧłJ₭Ⱡ₥₦Ø₱QⱤ₴₮ɄV₩ӾɎⱫ")

# One symbol per letter. Tables of hobby sites differ, which is why these count as ambiguous.
SCRIPTS = {
    "runes": both("ᚨᛒᚲᛞᛖᚠᚷᚺᛁᛃᚴᛚᛗᚾᛟᛈᛩᚱᛊᛏᚢᚡᚹᛪᛦᛉ"),
    "ogham": both("ᚐᚁᚉᚇᚓᚃᚌᚆᚔᚗᚊᚂᚋᚅᚑᚚᚎᚏᚄᚈᚒᚖᚍᚘᚙᚕ"),
    "greek": both("αβψδεφγηιξκλμνοπϙρστθωςχυζ", "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠϘΡΣΤΘΩΣΧΥΖ"),
    "katakana": both("アビクデエフグハイジケルムノオプキラスタウヴワツヤズ"),
    "hieroglyphs": both("".join(chr(0x13000 + 37 * i) for i in range(26))),
    "wingdings": both("♋♌♍♎♏♐♑♒♓🙰🙵●❍■□◻❑❒⬧⧫◆❖⬥⌧⍓⌘"),
    "pigpen": both("ᒧᑌᒐᑐᒣᒥᑕᒪᒍᓗᑗᓓᑡᓕᒲᓲᒷᓴᐯᐳᐸᐱᗐᗒᗕᗑ"),
    "aurebesh": both("".join(chr(0xE890 + i) for i in range(26))),
}

# Arabic letters as their isolated presentation forms, from the compatibility decompositions of U+FE70..FEFF.
PRESENTATION = {
    chr(int(parts[1], 16)): chr(code)
    for code in range(0xFE70, 0xFEFD)
    if (parts := unicodedata.decomposition(chr(code)).split())[:1] == ["<isolated>"] and len(parts) == 2
}
ARABIZI = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
        "a b t th j 7 5 d th r z s sh 9 9' 6 6' 3 3' f 8 k l m n h w y".split(),
        strict=True,
    )
)


def _tatweel(text: str) -> str:
    """A stretching sign between joined Arabic letters."""
    return re.sub(r"[\u0621-\u063f\u0641-\u064a](?=[\u0621-\u064a])", lambda m: m[0] + "\u0640", text)


def _traps(text: str) -> str:
    """Letters that change length or identity under case mapping: dotted and dotless i, sharp s, long s."""
    return text.replace("ss", "ß").replace("i", "ı").replace("I", "İ").replace("s", "ſ").replace("k", "\u212a")


_TOOLS = {
    "fullwidth": ("Mindgard", "Parseltongue"), "superscript": ("PyRIT", "Parseltongue"),
    "negative_squared": ("PyRIT", "Parseltongue"), "negative_circled": ("PyRIT", "Parseltongue"),
}  # fmt: skip

TRANSFORMS = (
    *(
        Transform(name, "alphabet", "Y-", by_letter(table), _TOOLS.get(name, ("Parseltongue",)))
        for name, table in STYLES.items()
    ),
    Transform("fullwidth_spaced", "alphabet", "Y-", by_letter(FULLWIDTH_LETTERS), ("Mindgard",)),
    Transform("regional", "alphabet", "Y", by_letter(REGIONAL, joiner="\u200b"), ("PyRIT", "Parseltongue")),
    Transform("regional_spaced", "alphabet", "Y", by_letter(REGIONAL, joiner=" "), ("PyRIT",)),
    Transform(
        "upside_down",
        "alphabet",
        "Y-",
        plain(lambda t: "".join(TURNED.get(c, c) for c in reversed(t))),
        ("Mindgard", "Parseltongue"),
    ),
    Transform(
        "mirror", "alphabet", "A", plain(lambda t: "".join(MIRRORED.get(c, c) for c in reversed(t))), ("Parseltongue",)
    ),
    Transform("currency", "alphabet", "A", by_letter(CURRENCY), ("Parseltongue",)),
    *(Transform(name, "script", "A", by_letter(table), ("Parseltongue",)) for name, table in SCRIPTS.items()),
    Transform("arabic_forms", "arabic", "Y", by_letter(PRESENTATION), ("PyRIT", "promptfoo")),
    Transform("tatweel", "arabic", "Y", plain(_tatweel), ("PyRIT",)),
    Transform("arabizi", "arabic", "A", by_letter(ARABIZI), ("PyRIT",)),
    Transform("nfc", "normal_form", "Y", plain(lambda t: unicodedata.normalize("NFC", t)), ("promptfoo",)),
    Transform("nfd", "normal_form", "Y", plain(lambda t: unicodedata.normalize("NFD", t)), ("promptfoo",)),
    Transform("nfkc", "normal_form", "Y-", plain(lambda t: unicodedata.normalize("NFKC", t)), ("promptfoo",)),
    Transform("nfkd", "normal_form", "Y-", plain(lambda t: unicodedata.normalize("NFKD", t)), ("promptfoo",)),
    Transform("case_traps", "case", "Y-", plain(_traps), ("casefold-fuzz",)),
)
