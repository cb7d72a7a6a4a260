// Whole blocks: rows that may not be NULL have a value here, as they have one by one.

#include "calcite_block.h"
#include "maths.h"

static const char *const names[] = {
    MATHS "distance", MATHS "clamp", MATHS "is-even", MATHS "initial", MATHS "plus",
};

static struct optional_index resolved;

EXPORT(BATCH_RESOLVE) struct optional_index *resolve(const uint8_t *name, uint32_t n) {
  resolved.is_some = 0;
  for (uint32_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (is_named(name, n, names[i])) resolved = (struct optional_index){1, i};
  }
  arena_reset();
  return &resolved;
}

static struct block_answer answer;

static void *plain(enum column_kind kind, uint32_t rows, uint32_t size) {
  answer.is_error = 0;
  answer.column.kind = (uint8_t)kind;
  answer.column.plain.validity = (struct list){0, 0};
  answer.column.plain.values = list_of(rows, size);
  return answer.column.plain.values.data;
}

static void distances(uint32_t rows, const struct column *columns) {
  const double *x = columns[0].plain.values.data, *y = columns[1].plain.values.data;
  double *out = plain(FLOAT64S, rows, sizeof *out);
  for (uint32_t i = 0; i < rows; i++) out[i] = distance_of(x[i], y[i]);
}

static void clamps(uint32_t rows, const struct column *columns) {
  const int32_t *x = columns[0].plain.values.data;
  const int32_t *low = columns[1].plain.values.data, *high = columns[2].plain.values.data;
  int32_t *out = plain(INT32S, rows, sizeof *out);
  for (uint32_t i = 0; i < rows; i++) {
    out[i] = clamped(x[i], has_value(&columns[1].plain.validity, i), low[i],
                     has_value(&columns[2].plain.validity, i), high[i]);
  }
}

static void evens(uint32_t rows, const struct column *columns) {
  const int64_t *x = columns[0].plain.values.data;
  uint8_t *out = plain(BOOLS, rows, 1);
  for (uint32_t i = 0; i < rows; i++) out[i] = (x[i] & 1) == 0;
}

static void initials(uint32_t rows, const struct column *columns) {
  const uint32_t *at = columns[0].bytes.offsets.data, *instead_at = columns[1].bytes.offsets.data;
  const uint8_t *s = columns[0].bytes.data.data, *instead = columns[1].bytes.data.data;
  answer.is_error = 0;
  answer.column.kind = TEXTS;
  answer.column.bytes.validity = list_of(rows, 1);
  answer.column.bytes.offsets = list_of(rows + 1, 4);
  uint8_t *valid = answer.column.bytes.validity.data;
  uint32_t *offsets = answer.column.bytes.offsets.data;
  uint32_t size = 4 * rows + columns[1].bytes.data.length, end = 0;
  uint8_t *out = arena_allocate(size);
  for (uint32_t i = 0; i < rows; i++) {
    const uint8_t *from = s + at[i];
    uint32_t n = at[i + 1] > at[i] ? first_length(from) : 0;
    valid[i] = n > 0 || has_value(&columns[1].bytes.validity, i);
    if (n == 0 && valid[i]) {
      from = instead + instead_at[i];
      n = instead_at[i + 1] - instead_at[i];
    }
    offsets[i] = end;
    for (uint32_t j = 0; j < n; j++) out[end++] = from[j];
  }
  offsets[rows] = end;
  answer.column.bytes.data = (struct list){out, end};
}

static char state[] = "22003", too_large[] = "a sum is beyond 64 bits";

static void sums(uint32_t rows, const struct column *columns) {
  const int64_t *a = columns[0].plain.values.data, *b = columns[1].plain.values.data;
  int64_t *out = plain(INT64S, rows, sizeof *out);
  for (uint32_t i = 0; i < rows; i++) {
    if (__builtin_add_overflow(a[i], b[i], &out[i])) {
      answer.is_error = 1;
      answer.error.sqlstate = (struct text){(uint8_t *)state, sizeof state - 1};
      answer.error.message = (struct text){(uint8_t *)too_large, sizeof too_large - 1};
      return;
    }
  }
}

EXPORT(BATCH_CALL)
struct block_answer *call(uint32_t index, uint32_t rows, const struct column *columns, uint32_t count) {
  (void)count;
  switch (index) {
    case 0: distances(rows, columns); break;
    case 1: clamps(rows, columns); break;
    case 2: evens(rows, columns); break;
    case 3: initials(rows, columns); break;
    case 4: sums(rows, columns); break;
    default: __builtin_trap();
  }
  return &answer;
}
POST(BATCH_CALL) void call_done(struct block_answer *r) {
  (void)r;
  arena_reset();
}
