#!/usr/bin/env python3
"""fold.py > fold.h: the tables of letters, from the Unicode Character Database that Python has."""

import unicodedata

RANGES = [(0x00C0, 0x0530), (0x1E00, 0x1F00)]

# letters that Unicode does not take apart
SPECIAL = {
    'ß': 'ss', 'ẞ': 'ss', 'Æ': 'ae', 'æ': 'ae', 'Œ': 'oe', 'œ': 'oe', 'Ø': 'o', 'ø': 'o', 'Đ': 'd', 'đ': 'd',
    'Ł': 'l', 'ł': 'l', 'Ħ': 'h', 'ħ': 'h', 'ı': 'i', 'Ŧ': 't', 'ŧ': 't', 'Þ': 'th', 'þ': 'th', 'Ð': 'd', 'ð': 'd',
    'ĸ': 'k', 'Ŋ': 'ng', 'ŋ': 'ng', 'Ĳ': 'ij', 'ĳ': 'ij', 'İ': 'i',
}


def lower(c):
    if c == 'İ':
        return 'i'
    small = c.lower()
    return small if len(small) == 1 else c


def plain(c):
    if c in SPECIAL:
        return SPECIAL[c]
    parts = [p for p in unicodedata.normalize('NFD', c) if not unicodedata.combining(p)]
    return ''.join(map(lower, parts)) if len(parts) <= 2 else lower(c)


def entry(code_point):
    c = chr(code_point)
    letters = [ord(p) for p in plain(c)] + [0, 0]
    return f'{{0x{ord(lower(c)):x}, {{0x{letters[0]:x}, 0x{letters[1]:x}}}}}'


def table(number, first, end):
    entries = [entry(c) for c in range(first, end)]
    rows = [', '.join(entries[i:i + 5]) for i in range(0, len(entries), 5)]
    return (f'#define FOLD_{number}_FIRST 0x{first:04x}\n#define FOLD_{number}_END 0x{end:04x}\n'
            f'static const struct folding fold_{number}[] = {{\n    ' + ',\n    '.join(rows) + ',\n};\n')


print(f'''// Written by fold.py from the Unicode Character Database {unicodedata.unidata_version}.

#ifndef FOLD_H
#define FOLD_H

#include <stdint.h>

/// For a code point: its lower case, and the letters, one or two, that are it without accents and in lower case; none
/// for a combining mark.
struct folding {{
  uint16_t lower;
  uint16_t plain[2];
}};
''')
for number, (first, end) in enumerate(RANGES):
    print(table(number, first, end))
print('#endif')
