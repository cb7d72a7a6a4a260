// Code points of UTF-8 texts.

#ifndef LETTERS_H
#define LETTERS_H

#include "fold.h"

/// A text that is read from its beginning; the host has checked that it is UTF-8.
struct reader {
  const uint8_t *at;
  const uint8_t *end;
};

/// The next code point of a text that has one.
static inline uint32_t next_code_point(struct reader *in) {
  uint32_t c = *in->at++;
  if (c < 0x80) return c;
  int more = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
  c &= 0x3fu >> more;
  while (more-- > 0) c = c << 6 | (*in->at++ & 0x3f);
  return c;
}

static inline uint8_t *put_code_point(uint8_t *out, uint32_t c) {
  if (c < 0x80) {
    *out++ = (uint8_t)c;
  } else if (c < 0x800) {
    *out++ = (uint8_t)(0xc0 | c >> 6);
    *out++ = (uint8_t)(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    *out++ = (uint8_t)(0xe0 | c >> 12);
    *out++ = (uint8_t)(0x80 | (c >> 6 & 0x3f));
    *out++ = (uint8_t)(0x80 | (c & 0x3f));
  } else {
    *out++ = (uint8_t)(0xf0 | c >> 18);
    *out++ = (uint8_t)(0x80 | (c >> 12 & 0x3f));
    *out++ = (uint8_t)(0x80 | (c >> 6 & 0x3f));
    *out++ = (uint8_t)(0x80 | (c & 0x3f));
  }
  return out;
}

/// What the tables say of a code point that is not ASCII, or null.
static inline const struct folding *folding_of(uint32_t c) {
  if (c >= FOLD_0_FIRST && c < FOLD_0_END) return &fold_0[c - FOLD_0_FIRST];
  if (c >= FOLD_1_FIRST && c < FOLD_1_END) return &fold_1[c - FOLD_1_FIRST];
  return 0;
}

/// The lower case of a letter of the Latin, Greek and Cyrillic scripts, all else as it is.
static inline uint32_t lower(uint32_t c) {
  if (c < 0x80) return c - 'A' < 26u ? c + 32 : c;
  const struct folding *folding = folding_of(c);
  return folding ? folding->lower : c;
}

#endif
