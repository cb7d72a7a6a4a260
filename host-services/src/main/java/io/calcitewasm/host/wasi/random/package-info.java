/**
 * {@code wasi:random}: numbers from a fixed seed, or real ones with the {@code random} grant. Start
 * with {@link io.calcitewasm.host.wasi.random.RandomNumbers}.
 */
@NullMarked
package io.calcitewasm.host.wasi.random;

import org.jspecify.annotations.NullMarked;
