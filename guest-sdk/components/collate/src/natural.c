// Runs of digits by their numbers.

#include "calcite_guest.h"
#include "letters.h"

#define NATURAL "examples:collate/natural@0.1.0#sort-key"

static int is_digit(uint8_t c) { return c - '0' < 10u; }

/// A run of digits: a 0, where digits are in the order of bytes, how many follow (255 for each 255 of them, then the
/// rest), and they themselves without leading zeros. More digits make a greater number.
static uint8_t *put_number(uint8_t *out, struct reader *in) {
  while (in->at < in->end && *in->at == '0') in->at++;
  const uint8_t *first = in->at;
  while (in->at < in->end && is_digit(*in->at)) in->at++;
  size_t count = (size_t)(in->at - first);
  *out++ = '0';
  size_t rest = count;
  for (; rest >= 255; rest -= 255) *out++ = 255;
  *out++ = (uint8_t)rest;
  for (size_t i = 0; i < count; i++) *out++ = first[i];
  return out;
}

static struct text key;

EXPORT(NATURAL)
struct text *natural_sort_key(const uint8_t *s, size_t n) {
  // a number of one digit takes three bytes, every letter at most three for its two or more
  uint8_t *start = arena_reserve(3 * n + 2);
  uint8_t *out = start;
  struct reader in = {s, s + n};
  while (in.at < in.end) {
    uint8_t c = *in.at;
    if (is_digit(c)) {
      out = put_number(out, &in);
    } else if (c < 0x80) {
      *out++ = (uint8_t)lower(c);
      in.at++;
    } else {
      out = put_code_point(out, lower(next_code_point(&in)));
    }
  }
  key = (struct text){start, (uint32_t)(out - start)};
  arena_take(key.length);
  return &key;
}

POST(NATURAL)
void natural_sort_key_done(struct text *result) {
  (void)result;
  arena_reset();
}
