// Blocks of `calcite:extension/types` as they lie in memory, for guests that export `batch-scalar`.
//
//   EXPORT(BATCH_CALL) struct block_answer *call(uint32_t index, uint32_t rows, struct column *columns, uint32_t count)
//   POST(BATCH_CALL) void call_done(struct block_answer *r) { arena_reset(); }

#ifndef CALCITE_BLOCK_H
#define CALCITE_BLOCK_H

#include "calcite_guest.h"

#define BATCH_RESOLVE "calcite:extension/batch-scalar@0.1.0#resolve"
#define BATCH_CALL "calcite:extension/batch-scalar@0.1.0#call"

struct list {
  void *data;
  uint32_t length;
};

enum column_kind { BOOLS, INT32S, INT64S, FLOAT64S, DECIMALS, TEXTS, BLOBS, CONSTANT, DYNAMIC };

struct column {
  uint8_t kind;
  union {
    /// of BOOLS, INT32S, INT64S and FLOAT64S
    struct {
      struct list validity, values;
    } plain;
    /// of TEXTS and BLOBS
    struct {
      struct list validity, offsets, data;
    } bytes;
    uint64_t size_and_alignment[4];
  };
};

struct block_answer {
  uint8_t is_error;
  union {
    struct column column;
    struct {
      struct text sqlstate, message;
    } error;
  };
};

/// The answer of `resolve`: an index, or none.
struct optional_index {
  uint8_t is_some;
  uint32_t index;
};

/// Whether a row has a value.
static inline int has_value(const struct list *validity, uint32_t row) {
  return validity->length == 0 || ((const uint8_t *)validity->data)[row] != 0;
}

/// A list of as many elements as there are rows.
static inline struct list list_of(uint32_t rows, uint32_t element_size) {
  return (struct list){arena_allocate((size_t)rows * element_size), rows};
}

/// Whether a text is a C string.
static inline int is_named(const uint8_t *s, size_t n, const char *name) {
  for (size_t i = 0; i < n; i++) {
    if (name[i] == 0 || (uint8_t)name[i] != s[i]) return 0;
  }
  return name[n] == 0;
}

#endif
