// See calcite_guest.h.

#include "calcite_guest.h"

#define PAGE 65536u

extern uint8_t __heap_base;

static uintptr_t next;

static uintptr_t aligned(uintptr_t at, uintptr_t alignment) {
  return (at + alignment - 1) & ~(alignment - 1);
}

static uint8_t *reserve(size_t size, uintptr_t alignment) {
  if (next == 0) next = (uintptr_t)&__heap_base;
  uintptr_t start = aligned(next, alignment);
  uint64_t end = (uint64_t)start + size;
  uint64_t memory = (uint64_t)__builtin_wasm_memory_size(0) * PAGE;
  if (end > memory) {
    uint64_t pages = (end - memory + PAGE - 1) / PAGE;
    if (pages > PAGE || __builtin_wasm_memory_grow(0, (size_t)pages) == (size_t)-1) __builtin_trap();
  }
  next = start;
  return (uint8_t *)start;
}

void *arena_allocate(size_t size) {
  uint8_t *block = reserve(size, 8);
  next += size;
  return block;
}

uint8_t *arena_reserve(size_t most) { return reserve(most, 8); }

void arena_take(size_t size) { next += size; }

void arena_reset(void) { next = (uintptr_t)&__heap_base; }

EXPORT("cabi_realloc")
void *cabi_realloc(uint8_t *old, size_t old_size, size_t alignment, size_t size) {
  uint8_t *block = reserve(size, alignment);
  next += size;
  if (old_size != 0) __builtin_memcpy(block, old, old_size < size ? old_size : size);
  return block;
}
