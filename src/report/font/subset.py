"""Makes the two fonts of the charts from Noto Sans CJK SC (needs `pip install fonttools`).

    python3 subset.py REGULAR.ttc BOLD.ttc OUTPUT_FOLDER [TEXT_FILE ...]

The two collections come with the Debian package `fonts-noto-cjk`; the simplified Chinese face is
number 2 of each. The characters of the text files are kept besides the fixed lists below: give it
the program's vocabulary and the sources of the charts.
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

SIMPLIFIED_CHINESE_FACE = 2
FAMILY = "Riskweave Sans"
POSTSCRIPT_NAME = "RiskweaveSans"

FULL_WIDTH = "".join(map(chr, range(0xFF01, 0xFF5F)))
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
GREEK = "".join(chr(c) for c in range(0x391, 0x3CA) if c != 0x3A2)
SYMBOLS = (
    "≤≥≈≠→←↑↓↔●○■□◆◇▲△▼▽★☆–—−×÷±∞√∑∫∂∆²³¹·•…‰°′″№€‘’“”"
    "〔〕【】《》〈〉「」『』、。〇①②③④⑤⑥⑦⑧⑨⑩✓"
)
# Characters of the names of prefectures, counties and rivers outside the first level of GB 2312.
PLACES = (
    "亳儋儷兖勐卅呷嘏圩圪圳坌坨坭坻垚埇埭堽塬墁墉壅婺尕岑岙岚岢岱岷峄崂崆崮嵊嵖嵩嶂廛弋徉扈攸於旌旻昉"
    "昱晗晟暨朐杞枞柘栾桦梓棣榕歙汨汶沅沐沔沭泗泷泸泺洙洮洵洹浏浔浠浬涞涿淅淇淝淠渌渑湄湟湫溆溧滏滕漯"
    "潢潼澧濂濉濞濠濮濯瀍灞烨猇猗獐玕珙珲琊瑷璧瓯甪甯畈畲畹盱眙睢硖碚碛碣礐祚秭稷穰筠箐簰绛缙罘耒胪芗"
    "芮芷苴茌荥莒莘莞蓥蕲藁虢蛟蠡衢覃訾谯赉辋邕邗邙邛邝邡邬邰邳邺郏郓郗郫郯鄄鄞鄠鄢鄯鄱酆醴钰镒阆陉雒"
    "颍馗骊鲅鳌鳜鸠麒黟鼋龛"
)
WORDS = "阈睦"
CHINESE_COMMON = "".join(
    bytes([high, low]).decode("gb2312")
    for high in range(0xB0, 0xD8)
    for low in range(0xA1, 0xFF)
    if not (high == 0xD7 and low > 0xF9)
)


def make(collection, style, characters, target):
    """Writes one weight: `characters` of the collection's simplified Chinese face, renamed."""
    font = TTFont(collection, fontNumber=SIMPLIFIED_CHINESE_FACE)
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "GDEF", "GPOS", "GSUB", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    rename(font, style)
    # The drawing library takes an em as (ascent − descent) ÷ 1.24: with these its widths are right.
    for table, ascent, descent in (("hhea", "ascent", "descent"), ("OS/2", "sTypoAscender", "sTypoDescender")):
        setattr(font[table], ascent, 980)
        setattr(font[table], descent, -260)
    font["hhea"].lineGap = 0
    font["OS/2"].sTypoLineGap = 0
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = 980, 260
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(target)


def rename(font, style):
    """Gives the subset a name of its own, as its licence asks of a modified version."""
    names = {
        1: FAMILY,
        2: style,
        3: f"1.000;{POSTSCRIPT_NAME}-{style}",
        4: f"{FAMILY} {style}",
        5: "Version 1.000; subset of Noto Sans CJK SC 2.004",
        6: f"{POSTSCRIPT_NAME}-{style}",
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    compact = font["CFF "].cff
    compact.fontNames = [names[6]]
    top = compact.topDictIndex[0]
    for attribute, text in (("FullName", names[4]), ("FamilyName", names[1])):
        if hasattr(top, attribute):
            setattr(top, attribute, text)


def main(regular, bold, folder, *texts):
    used = "".join(pathlib.Path(text).read_text(encoding="utf-8") for text in texts)
    used = "".join(character for character in used if character.isprintable())
    fixed = LATIN + GREEK + SYMBOLS + FULL_WIDTH + used
    folder = pathlib.Path(folder)
    make(regular, "Regular", fixed + CHINESE_COMMON + PLACES + WORDS, folder / "RiskweaveSans-Regular.otf")
    make(bold, "Bold", fixed, folder / "RiskweaveSans-Bold.otf")


if __name__ == "__main__":
    main(*sys.argv[1:])
