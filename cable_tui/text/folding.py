"""Words as the search sees them: the tokens of the full-text index, case and accents folded.

A script that writes no blanks between its words, such as Chinese, Japanese or Thai, has a token for
each sign: a word of it is a row of them, and is found inside a longer run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import itemgetter

from cable_tui.pattern import Pattern, pattern

_ASCII_SIGN = "[0-9A-Za-z]"
_ASCII_WORD = pattern(f"{_ASCII_SIGN}+")
_BLANKED = bytes(
    sign if sign > 127 else ord(chr(sign).lower()) if chr(sign).isalnum() else 32
    for sign in range(256)
)
"""ASCII letters as small ones, all other signs of ASCII as blanks, the rest as it is."""
_ACCENTS = "\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}"
_DOTTED = "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"
"""Its small letter is an `i` with a dot of its own, and so no `i`."""
_APART = pattern(f"[{_ACCENTS}{_DOTTED}]")
_BLANKLESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Thai and Lao, Burmese, Khmer, the syllables of Japanese, the signs of Chinese: code points."""
_BLANKLESS_SIGN = pattern(f"[{_BLANKLESS}]")
_PREPARED = pattern(f"[{_ACCENTS}{_DOTTED}{_BLANKLESS}]")
_ACCENTED = pattern(f"[^\\W_][{_ACCENTS}]+|{_DOTTED}")
_PAIR = itemgetter(slice(2))
_LETTER = itemgetter(0)


@cache
def _folds() -> dict[int, str]:
    items = FOLDS.split()
    return {
        ord(letter): target
        for target, letters in zip(items[::2], items[1::2], strict=True)
        for letter in letters
    }


@cache
def _sign() -> str:
    """The pattern of a letter, a number or an alphabetic mark."""
    ranges = (item.partition("-") for item in ALPHABETIC_MARKS.split())
    marks = "".join(
        f"{chr(int(first, 16))}-{chr(int(last or first, 16))}" for first, _, last in ranges
    )
    return f"(?:[^\\W_]|[{marks}])"


@cache
def _word() -> Pattern[str]:
    """Runs of such signs, the accents that stand behind their letters among them."""
    alone = f"(?=[{_BLANKLESS}]){_sign()}[{_ACCENTS}]*"
    return pattern(f"{alone}|(?:[^\\W_{_BLANKLESS}]++[{_ACCENTS}]*|(?![{_BLANKLESS}]){_sign()})+")


@cache
def _zeros(sign: str) -> Pattern[str]:
    """The leading zeros of a word of digits. It begins with a zero, so that it is found quickly."""
    return pattern(f"0(?<!{sign}0)0*(?=[0-9]+(?!{sign}))")


def fold(word: str) -> str:
    """A word in lower case and without accents (`Málaga` is `malaga`), as the index has it."""
    if word.isascii():
        return word.lower()
    # letter by letter: `str.lower` of a whole word knows the final sigma, the index does not
    return "".join(map(str.lower, composed(word))).translate(_folds())


def composed(text: str) -> str:
    """A text with each letter and the accents behind it as one letter; an `İ` is an `I`.

    To the index an accent that stands for itself would be the end of a word.
    """
    if text.isascii() or not _APART.search(text):
        return text
    return _ACCENTED.sub(_one_letter, text)


def spaced(text: str) -> str:
    """A text as `composed`, with blanks around the signs of scripts that write none.

    One look for both: few texts have either, and every text of an archive is looked at.
    """
    if text.isascii() or not _PREPARED.search(text):
        return text
    return _BLANKLESS_SIGN.sub(r" \g<0> ", composed(text))


def is_blankless(word: str) -> bool:
    """Whether a word is a sign of a script without blanks."""
    return _BLANKLESS_SIGN.match(word) is not None


def _one_letter(found: re.Match[str]) -> str:
    letter = unicodedata.normalize("NFC", found[0])[0]
    return "I" if letter == _DOTTED else letter


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: start, end, and the word folded; the same tokens as in the index.

    A number comes without its leading zeros: `000027` and `27` are one word.
    """
    shape = _ASCII_WORD if text.isascii() else _word()
    for found in shape.finditer(text):
        word = found.group()
        if not word.isascii():
            word = composed(word)
        if word[0] == "0" and word.isascii() and word.isdigit():
            word = word.lstrip("0") or "0"
        yield found.start(), found.end(), fold(word)


def without_zeros(text: str) -> str:
    """A text with the leading zeros of its numbers left out, as `words` leaves them out."""
    if "0" not in text:
        return text
    return _zeros(_ASCII_SIGN if text.isascii() else _sign()).sub("", text)


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without case and accents."""
    return tuple(word for _, _, word in words(text))


def begins(wanted: Iterable[str], present: Sequence[str]) -> bool:
    """Whether each of some folded words begins one of those that are there, in any order."""
    return all(any(other.startswith(word) for other in present) for word in wanted)


def initials(text: str) -> tuple[set[str], set[str]]:
    """The first letters, and the first two letters, of the words of a text."""
    # Half the time of an expression; it is done for every text of an archive.
    whole = without_zeros(composed(text))
    plain = whole.encode("utf-8", "surrogatepass").translate(_BLANKED).split()
    odd: set[bytes] = set()
    if not text.isascii():
        odd = {word for word in plain if not word.isascii()}
        plain = list(set(plain) - odd)
    begun = b" ".join(set(map(_PAIR, plain))).decode().split()
    for word in odd:  # all of a word, and perhaps the quotes and dashes around it
        begun += [each[:2] for _, _, each in words(word.decode("utf-8", "surrogatepass"))]
    pairs = set(begun)
    letters = set(map(_LETTER, pairs))
    return letters, pairs - letters


FOLDS = """
(1) ⑴  (10) ⑽  (11) ⑾  (12) ⑿  (13) ⒀  (14) ⒁  (15) ⒂  (16) ⒃  (17) ⒄  (18) ⒅  (19) ⒆  (2) ⑵
(20) ⒇  (3) ⑶  (4) ⑷  (5) ⑸  (6) ⑹  (7) ⑺  (8) ⑻  (9) ⑼  0 ⁰₀⓪⓿０  1 ¹₁①⓵❶➀➊１  1. ⒈  10 ⑩⓾❿➉➓
10. ⒑  11 ⑪⓫  11. ⒒  12 ⑫⓬  12. ⒓  13 ⑬⓭  13. ⒔  14 ⑭⓮  14. ⒕  15 ⑮⓯  15. ⒖  16 ⑯⓰  16. ⒗
17 ⑰⓱  17. ⒘  18 ⑱⓲  18. ⒙  19 ⑲⓳  19. ⒚  2 ²₂②⓶❷➁➋２  2. ⒉  20 ⑳⓴  20. ⒛  3 ³₃③⓷❸➂➌３  3. ⒊
4 ⁴₄④⓸❹➃➍４  4. ⒋  5 ⁵₅⑤⓹❺➄➎５  5. ⒌  6 ⁶₆⑥⓺❻➅➏６  6. ⒍  7 ⁷₇⑦⓻❼➆➐７  7. ⒎  8 ⁸₈⑧⓼❽➇➑８  8. ⒏
9 ⁹₉⑨⓽❾➈➒９  9. ⒐  A ᴀ  AE ᴁ  B ʙᴃ  C ʗᴄ  D ᴅᴆ  E ᴇⱻ  F ꜰꟻ  G ǥǧɢʛ  H ʜ  I ɪᵻꟾ  J ᴊ  K ᴋ  L ʟᴌ
M ᴍꟽꟿ  N ɴᴎ  O ᴏᴐ  OE ɶ  OU ᴕ  P ᴘ  R ʀʁᴙᴚ  S ꜱꞅ  T ᴛ  U ᴜᵾ  V ᴠ  W ᴡ  Y ʏ  Z ᴢ
a àáâãäåāăąǎǟǡǻȁȃȧɐəɚᶏᶕḁẚạảấầẩẫậắằẳẵặₐₔⓐⱥａ  aa ꜳ  ae æǣǽᴂ  ao ꜵ  au ꜷ  av ꜹꜻ  ay ꜽ
b ƀƃɓᵬᶀḃḅḇⓑｂ  c çćĉċčƈȼɕḉↄⓒꜿｃ  d ðďđƌȡɖɗᵭᶁᶑḋḍḏḑḓⓓꝺｄ  db ȸ  dz ǆǳʣʥ
e èéêëēĕėęěǝȅȇȩɇɘɛɜɝɞʚᴈᶒᶓᶔḕḗḙḛḝẹẻẽếềểễệₑⓔⱸｅ  f ƒᵮᶂḟẛⓕꝼｆ  ff ﬀ  ffi ﬃ  ffl ﬄ  fi ﬁ  fl ﬂ
g ĝğġģǵɠɡᵷᵹᶃḡⓖꝿｇ  h ĥħȟɥɦʮʯḣḥḧḩḫẖⓗⱨⱶｈ  hv ƕ  i ìíîïĩīĭįıǐȉȋɨᴉᵢᵼᶖḭḯỉịⁱⓘｉ  ij ĳ  j ĵǰȷɉɟʄʝⓙⱼｊ
k ķƙǩʞᶄḱḳḵⓚⱪꝁꝃꝅｋ  l ĺļľŀłƚȴɫɬɭᶅḷḹḻḽⓛⱡꝇꝉꞁｌ  lj ǉ  ll ỻ  ls ʪ  lz ʫ  m ɯɰɱᵯᶆḿṁṃⓜｍ
n ñńņňŉŋƞǹȵɲɳᵰᶇṅṇṉṋⁿⓝｎ  nj ǌ  o òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱɔɵᴖᴗᶗṍṏṑṓọỏốồổỗộớờởỡợₒⓞⱺꝋꝍｏ  oe œᴔ  oo ꝏ
ou ȣ  p ƥᵱᵽᶈṕṗⓟꝑꝓꝕꟼｐ  q ĸɋʠⓠꝗꝙｑ  qp ȹ  r ŕŗřȑȓɍɼɽɾɿᵣᵲᵳᶉṙṛṝṟⓡꝛꞃｒ  s śŝşšſșȿʂᵴᶊṡṣṥṧṩẜẝⓢｓ  ss ß
st ﬆ  t ţťŧƫƭțȶʇʈᵵṫṭṯṱẗⓣⱦｔ  tc ʨ  th þᵺꝧ  ts ʦ  tz ꜩ  u ùúûüũūŭůűųưǔǖǘǚǜȕȗʉᵤᶙṳṵṷṹṻụủứừửữựⓤｕ
ue ᵫ  v ʋʌᵥᶌṽṿⓥⱱⱴꝟｖ  vy ꝡ  w ŵƿʍẁẃẅẇẉẘⓦⱳｗ  x ᶍẋẍₓⓧｘ  y ýÿŷƴȳɏʎẏẙỳỵỷỹỿⓨｙ  z źżžƶȝȥɀʐʑᵶᶎẑẓẕⓩⱬꝣｚ
ƛ Ƛ  ɤ Ɤ  ᲊ Ᲊ  ꟍ Ꟍ  ꟏ ꟎  ꟓ ꟒  ꟕ ꟔  ꟛ Ꟛ  𐵰 𐵐  𐵱 𐵑  𐵲 𐵒  𐵳 𐵓  𐵴 𐵔  𐵵 𐵕  𐵶 𐵖  𐵷 𐵗  𐵸 𐵘  𐵹 𐵙  𐵺 𐵚
𐵻 𐵛  𐵼 𐵜  𐵽 𐵝  𐵾 𐵞  𐵿 𐵟  𐶀 𐵠  𐶁 𐵡  𐶂 𐵢  𐶃 𐵣  𐶄 𐵤  𐶅 𐵥  𖺻 𖺠  𖺼 𖺡  𖺽 𖺢  𖺾 𖺣  𖺿 𖺤  𖻀 𖺥  𖻁 𖺦  𖻂 𖺧
𖻃 𖺨  𖻄 𖺩  𖻅 𖺪  𖻆 𖺫  𖻇 𖺬  𖻈 𖺭  𖻉 𖺮  𖻊 𖺯  𖻋 𖺰  𖻌 𖺱  𖻍 𖺲  𖻎 𖺳  𖻏 𖺴  𖻐 𖺵  𖻑 𖺶  𖻒 𖺷  𖻓 𖺸
"""
"""What a letter is folded to, and the lower-case letters that are: pairs of words."""

ALPHABETIC_MARKS = """
345 363-36f 5b0-5bd 5bf 5c1-5c2 5c4-5c5 5c7 610-61a 64b-657 659-65f 670 6d6-6dc 6e1-6e4 6e7-6e8
6ed 711 730-73f 7a6-7b0 816-817 81b-823 825-827 829-82c 8d4-8df 8e3-8e9 8f0-903 93a-93b 93e-94c
94e-94f 955-957 962-963 981-983 9be-9c4 9c7-9c8 9cb-9cc 9d7 9e2-9e3 a01-a03 a3e-a42 a47-a48
a4b-a4c a51 a70-a71 a75 a81-a83 abe-ac5 ac7-ac9 acb-acc ae2-ae3 afa-afc b01-b03 b3e-b44 b47-b48
b4b-b4c b56-b57 b62-b63 b82 bbe-bc2 bc6-bc8 bca-bcc bd7 c00-c04 c3e-c44 c46-c48 c4a-c4c c55-c56
c62-c63 c81-c83 cbe-cc4 cc6-cc8 cca-ccc cd5-cd6 ce2-ce3 d00-d03 d3e-d44 d46-d48 d4a-d4c d57
d62-d63 d81-d83 dcf-dd4 dd6 dd8-ddf df2-df3 e31 e34-e3a e4d eb1 eb4-eb9 ebb-ebc ecd f71-f83
f8d-f97 f99-fbc 102b-1036 1038 103b-103e 1056-1059 105e-1060 1062-1064 1067-106d 1071-1074
1082-108d 108f 109a-109d 1712-1713 1732-1733 1752-1753 1772-1773 17b6-17c8 1885-1886 18a9
1920-192b 1930-1938 1a17-1a1b 1a55-1a5e 1a61-1a74 1abf-1ac0 1acc-1ace 1b00-1b04 1b35-1b43
1b80-1b82 1ba1-1ba9 1bac-1bad 1be7-1bf1 1c24-1c36 1dd3-1df4 24b6-24e9 2de0-2dff a674-a67b
a69e-a69f a802 a80b a823-a827 a880-a881 a8b4-a8c3 a8c5 a8ff a926-a92a a947-a952 a980-a983
a9b4-a9bf a9e5 aa29-aa36 aa43 aa4c-aa4d aa7b-aa7d aab0 aab2-aab4 aab7-aab8 aabe aaeb-aaef aaf5
abe3-abea fb1e 10376-1037a 10a01-10a03 10a05-10a06 10a0c-10a0f 10d24-10d27 10eab-10eac
11000-11002 11038-11045 11073-11074 11080-11082 110b0-110b8 110c2 11100-11102 11127-11132
11145-11146 11180-11182 111b3-111bf 111ce-111cf 1122c-11234 11237 1123e 112df-112e8 11300-11303
1133e-11344 11347-11348 1134b-1134c 11357 11362-11363 11435-11441 11443-11445 114b0-114c1
115af-115b5 115b8-115be 115dc-115dd 11630-1163e 11640 116ab-116b5 1171d-1172a 1182c-11838
11930-11935 11937-11938 1193b-1193c 11940 11942 119d1-119d7 119da-119df 119e4 11a01-11a0a
11a35-11a39 11a3b-11a3e 11a51-11a5b 11a8a-11a97 11c2f-11c36 11c38-11c3e 11c92-11ca7 11ca9-11cb6
11d31-11d36 11d3a 11d3c-11d3d 11d3f-11d41 11d43 11d47 11d8a-11d8e 11d90-11d91 11d93-11d96
11ef3-11ef6 16f4f 16f51-16f87 16f8f-16f92 16ff0-16ff1 1bc9e 1e000-1e006 1e008-1e018 1e01b-1e021
1e023-1e024 1e026-1e02a 1e947 1f130-1f149 1f150-1f169 1f170-1f189
"""
"""Code points, hexadecimal, of what belongs to a word though it is neither letter nor number."""
