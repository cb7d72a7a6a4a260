// What a guest in C needs here: the values of the canonical ABI that it takes and gives, and memory that lasts for one
// call. No libc is linked.
//
//   static struct text result;
//   EXPORT("examples:names/latin@0.1.0#shout") struct text *shout(uint8_t *s, uint32_t n) { …; return &result; }
//   POST("examples:names/latin@0.1.0#shout") void shout_done(struct text *r) { arena_reset(); }
//
// The arguments of a call, and what it allocates, lie one after the other behind the guest's own data. A function whose
// result lies there gives the memory back in its POST function, any other before it returns.

#ifndef CALCITE_GUEST_H
#define CALCITE_GUEST_H

#include <stddef.h>
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(name), visibility("default")))
#define POST(name) EXPORT("cabi_post_" name)

/// A string or a list<u8> as a result in memory.
struct text {
  uint8_t *data;
  uint32_t length;
};

/// `size` bytes, aligned to 8; traps if there is no memory.
void *arena_allocate(size_t size);

/// Where the next block will begin: for results whose length is not known before. Call arena_take when it is.
uint8_t *arena_reserve(size_t most);

/// Keeps the first `size` bytes of what arena_reserve gave.
void arena_take(size_t size);

/// Gives back everything.
void arena_reset(void);

#endif
