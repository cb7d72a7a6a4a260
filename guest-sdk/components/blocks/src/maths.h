// What rows and blocks have in common.

#ifndef MATHS_H
#define MATHS_H

#include "calcite_guest.h"

#define MATHS "examples:blocks/maths@0.1.0#"

static inline double distance_of(double x, double y) { return __builtin_sqrt(x * x + y * y); }

static inline int32_t clamped(int32_t x, int has_low, int32_t low, int has_high, int32_t high) {
  if (has_low && x < low) return low;
  return has_high && x > high ? high : x;
}

/// Bytes of the first code point of a text that has one.
static inline uint32_t first_length(const uint8_t *s) {
  return s[0] < 0x80 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
}

#endif
