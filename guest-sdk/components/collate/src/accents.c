// Letters without accents and case; emoji behind them.

#include "calcite_guest.h"
#include "letters.h"

#define ACCENT_INSENSITIVE "examples:collate/accent-insensitive@0.1.0#sort-key"
#define EMOJI_AWARE "examples:collate/emoji-aware@0.1.0#sort-key"

#define JOINER 0x200d

/// First byte of an emoji in a key: greater than any first byte of UTF-8.
#define EMOJI_MARK 0xf8
/// In place of a joiner between two emoji: greater than whatever else could follow the first one.
#define JOINER_MARK 0xff

/// The Latin, Greek or Cyrillic letter under the accents, in lower case; all else as it is.
static uint8_t *put_plain(uint8_t *out, uint32_t c) {
  if (c < 0x80) {
    *out++ = (uint8_t)lower(c);
    return out;
  }
  const struct folding *folding = folding_of(c);
  if (!folding) return put_code_point(out, c);
  for (int i = 0; i < 2 && folding->plain[i] != 0; i++) out = put_code_point(out, folding->plain[i]);
  return out;
}

/// Selectors of text or picture presentation, and skin tones.
static int is_modifier(uint32_t c) { return c == 0xfe0e || c == 0xfe0f || (c >= 0x1f3fb && c <= 0x1f3ff); }

/// Pictures, and the symbols older than them that are shown as pictures.
static int is_emoji(uint32_t c) {
  return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf) || (c >= 0x231a && c <= 0x231b)
      || (c >= 0x23e9 && c <= 0x23fa) || (c >= 0x2b05 && c <= 0x2b55);
}

static struct text key;

static struct text *finished(uint8_t *start, uint8_t *out) {
  key = (struct text){start, (uint32_t)(out - start)};
  arena_take(key.length);
  return &key;
}

EXPORT(ACCENT_INSENSITIVE)
struct text *accent_insensitive_sort_key(const uint8_t *s, size_t n) {
  uint8_t *start = arena_reserve(3 * n);
  uint8_t *out = start;
  struct reader in = {s, s + n};
  while (in.at < in.end) out = put_plain(out, next_code_point(&in));
  return finished(start, out);
}

EXPORT(EMOJI_AWARE)
struct text *emoji_aware_sort_key(const uint8_t *s, size_t n) {
  uint8_t *start = arena_reserve(3 * n);
  uint8_t *out = start;
  struct reader in = {s, s + n};
  int after_emoji = 0;
  while (in.at < in.end) {
    uint32_t c = next_code_point(&in);
    if (is_modifier(c)) continue;
    if (c == JOINER && after_emoji) {
      *out++ = JOINER_MARK;
      continue;
    }
    after_emoji = is_emoji(c);
    if (after_emoji) {
      *out++ = EMOJI_MARK;
      *out++ = (uint8_t)(c >> 16);
      *out++ = (uint8_t)(c >> 8);
      *out++ = (uint8_t)c;
    } else {
      out = put_plain(out, c);
    }
  }
  return finished(start, out);
}

POST(ACCENT_INSENSITIVE)
void accent_insensitive_sort_key_done(struct text *result) {
  (void)result;
  arena_reset();
}

POST(EMOJI_AWARE)
void emoji_aware_sort_key_done(struct text *result) {
  (void)result;
  arena_reset();
}
