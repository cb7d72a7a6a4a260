/**
 * WebAssembly components on GraalWasm: reading, checking, linking and calling them through the
 * canonical ABI. It knows no SQL and uses no other room, so any Java project can use it alone.
 * Start with {@code Component}, {@code Linker} and {@code Instance}.
 */
@NullMarked
package io.calcitewasm.component;

import org.jspecify.annotations.NullMarked;
