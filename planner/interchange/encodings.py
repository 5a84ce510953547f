"""The encoding of a file: named by hand, marked in the file, or guessed by chardet."""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import pairwise

from planner.errors import Refused

USUAL = "cp1252"
"""The encoding used if nothing can be detected: Windows in the West."""
OTHERS = (
    *("cp1251", "cp1253", "cp1255", "cp1256", "cp874", "iso8859-7", "koi8-r", "koi8-u", "cp866"),
    *("cp932", "euc-jp", "gb18030", "big5", "cp949", "euc-kr"),
)
"""Encodings of other scripts that occur in address books; rarer ones are named by hand."""
OFFERED = {
    "utf-8": "UTF-8",
    "cp1252": "Western Europe (Windows-1252)",
    "cp1250": "Central Europe (Windows-1250)",
    "iso8859-2": "Central Europe (ISO-8859-2)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8-r": "Cyrillic (KOI8-R)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1257": "Baltic (Windows-1257)",
    "cp1255": "Hebrew (Windows-1255)",
    "cp1256": "Arabic (Windows-1256)",
    "cp932": "Japanese (Shift-JIS)",
    "euc_jp": "Japanese (EUC-JP)",
    "gb18030": "Chinese (GB18030)",
    "big5": "Chinese (Big5)",
    "cp949": "Korean (EUC-KR, Windows-949)",
    "cp874": "Thai (Windows-874)",
    "mac-roman": "Western Europe (old Macintosh)",
    "cp850": "Western Europe (DOS)",
    "utf-16": "UTF-16",
}
"""The encodings offered for choosing by hand, with their everyday names."""
_SAMPLE = 20_000
"""The bytes examined, from lines with letters beyond ASCII: only these tell encodings apart."""
_known = re.compile(
    r"utf-?8(?:-sig)?|utf-?16(?:-?[lb]e)?|utf-?32(?:-?[lb]e)?|us-?ascii|ascii|iso[-_]?8859[-_]?\d{1,2}|latin[-_]?\d"
    r"|windows-?\d{3,4}|cp-?\d{3,4}|ms-?\d{3,4}|x-sjis|sjis|shift[-_]?jis(?:[-_](?:2004|x0213))?|euc[-_]?(?:jp|kr|cn)"
    r"|iso[-_]?2022[-_]?(?:jp|kr)(?:-?\d)?|gb-?2312|gbk|gb[-_]?18030|big5(?:-?hkscs)?|koi8[-_]?[rut]|tis-?620|mac(?:intosh|[-_]?\w+)"
)
_words = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_beyond_ascii = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_SHIFT_JIS = {"x-sjis": "cp932", "shift_jis": "cp932", "shift-jis": "cp932", "shiftjis": "cp932", "sjis": "cp932"}
_OTHERS = {"gb2312": "gb18030", "gbk": "gb18030", "euc-cn": "gb18030", "macintosh": "mac-roman", "mac": "mac-roman"}
_WESTERN = (
    *("àâæçèéêëîïôœùûüÿ", "áéíñóúü", "àáâãçéêíóôõú", "äöüßé", "àèéìíòóù", "åäöæøéü", "ëïéèüöá", "áðéíóúýþæö"),
    "àçèéíïòóúü",
)
_CENTRAL = (*("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ", "äöüßé"),)
_ALPHABETS = {
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859-2": _CENTRAL,
    "cp1254": ("çğıiöşüâî\u0307",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
    "mac-roman": _WESTERN,
    "cp850": _WESTERN,
}
"""The letters of each language beyond a to z, by encoding; the likelier encoding first."""
_MARKS = str.maketrans("", "", "’‘“”„–—…´`")


def codec_of(name: str) -> str:
    """The codec of a character set by any of its names, "" for an unknown one and for codecs that are not for text."""
    name = name.strip().lower()
    if not _known.fullmatch(name):
        return ""
    name = _SHIFT_JIS.get(name) or _OTHERS.get(name) or name
    for spelled in (name, re.sub(r"^windows-?", "cp", name), re.sub(r"(?<=[a-z])-(?=\d)", "", name)):
        try:
            return codecs.lookup(spelled).name
        except LookupError:
            continue
    return ""


def chosen(name: str) -> str:
    """The codec that a typed name means. Raises Refused for an unknown one."""
    codec = codec_of(name)
    if not codec:
        some = "utf-8, cp1250, cp1251, cp1252, iso8859-2, koi8-r, shift_jis, gb18030, big5, euc-kr, utf-16"
        raise Refused(f"“{name[:40]}” is not an encoding the planner reads", f"Some that are: {some}.")
    return codec


def words_of(codec: str) -> str:
    """The everyday name of an encoding: "Cyrillic (Windows-1251)"."""
    return next((words for name, words in OFFERED.items() if codec_of(name) == codec_of(codec)), codec)


def guess(data: bytes) -> str:
    """The most likely codec of a text that is not UTF-8."""
    lines = b"\n".join(_beyond_ascii.findall(data))[:_SAMPLE]
    if not lines:
        return "utf-8"
    # Late: an address book that is not UTF-8 is rare, and the models take as long to load as a small import.
    import chardet

    words = set(_words.findall(lines))
    # A character or two among plain letters are accents; other scripts write whole words beyond ASCII.
    is_latin = all(2 * sum(byte > 0x7F for byte in word) < len(word) for word in words)
    found = chardet.detect_all(
        lines, include_encodings=tuple(_ALPHABETS) if is_latin else (*_ALPHABETS, *OTHERS), compat_names=False,
        no_match_encoding=USUAL, ignore_threshold=True,
    )  # fmt: skip
    codecs_found = [codec_of(one["encoding"] or "") or USUAL for one in found]
    # Names are letters: an encoding that shows frames and fractions among them is wrong.
    codec = next((one for one in codecs_found if all(_is_text(word, one) for word in words)), codecs_found[0])
    if codec not in _ALPHABETS:
        return codec
    # Each word has one language, while a whole address book may have several: word by word tells more than the sum.
    return max((codec, *_ALPHABETS), key=lambda one: sum(_is_word(word, one) for word in words))


def _is_text(data: bytes, codec: str) -> bool:
    """Whether a word, decoded with a codec, consists of letters and their marks."""
    word = data.decode(codec, "replace").translate(_MARKS)
    return all(unicodedata.category(sign)[0] in "LM" for sign in word)


def _is_word(data: bytes, codec: str) -> bool:
    """Whether a word, decoded with a codec, uses only the letters of one of its languages."""
    word = data.decode(codec, "replace").translate(_MARKS)
    if any(one.islower() and other.isupper() for one, other in pairwise(word)):
        return False
    letters = {letter for letter in word.lower() if not letter.isascii()}
    return any(letters <= set(alphabet) for alphabet in _ALPHABETS[codec])


def samples(data: bytes, codec: str, most: int = 3) -> tuple[str, ...]:
    """Some words of a text beyond ASCII, decoded with a codec, to show whether it is the right one."""
    text = b"\n".join(_beyond_ascii.findall(data[:_SAMPLE])).decode(codec, "replace")
    words = (" ".join(word.split()) for word in re.findall(r"[^,;\t\n\r\"]*[^\x00-\x7f][^,;\t\n\r\"]*", text))
    return tuple(dict.fromkeys(word.rpartition(":")[2][:40] for word in words if word))[:most]
