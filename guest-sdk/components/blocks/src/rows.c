// One row at a time.

#include "maths.h"

EXPORT(MATHS "distance") double distance(double x, double y) { return distance_of(x, y); }

EXPORT(MATHS "clamp")
int32_t clamp(int32_t x, int32_t has_low, int32_t low, int32_t has_high, int32_t high) {
  return clamped(x, has_low, low, has_high, high);
}

EXPORT(MATHS "is-even") int32_t is_even(int64_t x) { return (x & 1) == 0; }

static struct {
  uint8_t is_some;
  struct text text;
} initial_answer;

EXPORT(MATHS "initial")
void *initial(const uint8_t *s, uint32_t n, int32_t has_instead, uint8_t *instead, uint32_t instead_n) {
  initial_answer.is_some = n > 0 || has_instead;
  initial_answer.text = n > 0 ? (struct text){(uint8_t *)s, first_length(s)} : (struct text){instead, instead_n};
  return &initial_answer;
}
POST(MATHS "initial") void initial_done(void *answer) {
  (void)answer;
  arena_reset();
}

static struct {
  uint8_t is_error;
  union {
    int64_t sum;
    struct text message;
  };
} plus_answer;

static char too_large[] = "the sum is beyond 64 bits";

EXPORT(MATHS "plus") void *plus(int64_t a, int64_t b) {
  plus_answer.is_error = (uint8_t)__builtin_add_overflow(a, b, &plus_answer.sum);
  if (plus_answer.is_error) plus_answer.message = (struct text){(uint8_t *)too_large, sizeof too_large - 1};
  return &plus_answer;
}
