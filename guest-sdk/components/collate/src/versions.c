// Numbers of versions, by comparison.

#include "calcite_guest.h"
#include "letters.h"

static int is_digit(uint8_t c) { return c - '0' < 10u; }

static int at_digit(const struct reader *in) { return in->at < in->end && is_digit(*in->at); }

/// Compares the runs of digits that come next; none is 0.
static int compare_numbers(struct reader *a, struct reader *b) {
  struct reader *both[2] = {a, b};
  const uint8_t *first[2];
  size_t count[2];
  for (int i = 0; i < 2; i++) {
    while (both[i]->at < both[i]->end && *both[i]->at == '0') both[i]->at++;
    first[i] = both[i]->at;
    while (at_digit(both[i])) both[i]->at++;
    count[i] = (size_t)(both[i]->at - first[i]);
  }
  if (count[0] != count[1]) return count[0] < count[1] ? -1 : 1;
  for (size_t i = 0; i < count[0]; i++) {
    if (first[0][i] != first[1][i]) return first[0][i] < first[1][i] ? -1 : 1;
  }
  return 0;
}

static int accept(struct reader *in, uint8_t c) {
  if (in->at >= in->end || *in->at != c) return 0;
  in->at++;
  return 1;
}

/// Compares numbers between dots until neither text goes on with one.
static int compare_releases(struct reader *a, struct reader *b) {
  for (;;) {
    int order = compare_numbers(a, b);
    if (order != 0) return order;
    int more_of_a = accept(a, '.');
    int more_of_b = accept(b, '.');
    if (!more_of_a && !more_of_b) return 0;
    // the text that has no more parts stands where nothing follows: its missing parts are 0
  }
}

/// Compares what stands behind the numbers: digits by number, before letters; letters by their lower case.
static int compare_rests(struct reader *a, struct reader *b) {
  while (a->at < a->end && b->at < b->end) {
    if (at_digit(a) && at_digit(b)) {
      int order = compare_numbers(a, b);
      if (order != 0) return order;
      continue;
    }
    if (at_digit(a) || at_digit(b)) return at_digit(a) ? -1 : 1;
    uint32_t x = lower(next_code_point(a));
    uint32_t y = lower(next_code_point(b));
    if (x != y) return x < y ? -1 : 1;
  }
  return (a->at < a->end) - (b->at < b->end);
}

EXPORT("examples:collate/version-order@0.1.0#compare")
int32_t version_order_compare(const uint8_t *a, size_t n, const uint8_t *b, size_t m) {
  struct reader left = {a, a + n};
  struct reader right = {b, b + m};
  accept(&left, 'v');
  accept(&right, 'v');
  int order = compare_releases(&left, &right);
  if (order == 0) {
    // what is released comes behind what is not yet
    order = (left.at == left.end) - (right.at == right.end);
    if (order == 0) order = compare_rests(&left, &right);
  }
  arena_reset();
  return order;
}
