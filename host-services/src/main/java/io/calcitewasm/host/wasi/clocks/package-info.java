/**
 * {@code wasi:clocks}: the instance's clocks, frozen at the statement's timestamp without the
 * {@code clock} grant. Start with {@link io.calcitewasm.host.wasi.clocks.MonotonicClock}.
 */
@NullMarked
package io.calcitewasm.host.wasi.clocks;

import org.jspecify.annotations.NullMarked;
