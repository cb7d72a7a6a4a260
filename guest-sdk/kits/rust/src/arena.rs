//! An allocator for guests whose calls leave nothing behind.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;

/// Gives one block after the other and begins again when the last one is free: after a call whose
/// arguments and result are freed, memory is as it was before. It touches only what a call uses and
/// grows the memory only when the call needs more than there is, both of which make the call cheap to
/// undo. A guest that keeps something between calls never gets freed blocks back: use Rust's own
/// allocator there.
pub struct Arena;

struct State {
    /// Where the next block begins; 0 before the first.
    next: Cell<usize>,
    /// Number of blocks that are not free.
    live: Cell<usize>,
}

// SAFETY: a component has one thread.
unsafe impl Sync for State {}

static STATE: State = State { next: Cell::new(0), live: Cell::new(0) };

const PAGE: usize = 0x10000;

extern "C" {
    static __heap_base: u8;
}

fn heap_base() -> usize {
    &raw const __heap_base as usize
}

impl State {
    /// Makes `end` the end of the last block, if there is memory up to there.
    fn extend(&self, end: usize) -> bool {
        let size = core::arch::wasm32::memory_size(0) * PAGE;
        // a memory of 65,536 pages has 0 bytes in 32 bits: its end is only reached by overflow
        if end > size && size != 0 {
            let pages = (end - size).div_ceil(PAGE);
            if core::arch::wasm32::memory_grow(0, pages) == usize::MAX {
                return false;
            }
        }
        self.next.set(end);
        true
    }
}

unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let next = STATE.next.get().max(heap_base());
        let start = next.checked_add(layout.align() - 1).map(|s| s & !(layout.align() - 1));
        let block = start.and_then(|start| Some((start, start.checked_add(layout.size())?)));
        match block {
            Some((start, end)) if STATE.extend(end) => {
                STATE.live.set(STATE.live.get() + 1);
                start as *mut u8
            }
            _ => std::ptr::null_mut(),
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let live = STATE.live.get() - 1;
        STATE.live.set(live);
        if live == 0 {
            STATE.next.set(heap_base());
        } else if block as usize + layout.size() == STATE.next.get() {
            STATE.next.set(block as usize);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if block as usize + layout.size() == STATE.next.get() {
            let end = (block as usize).checked_add(size);
            return if end.is_some_and(|end| STATE.extend(end)) { block } else { std::ptr::null_mut() };
        }
        if size <= layout.size() {
            return block;
        }
        let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
        if !new.is_null() {
            std::ptr::copy_nonoverlapping(block, new, layout.size());
            self.dealloc(block, layout);
        }
        new
    }
}
