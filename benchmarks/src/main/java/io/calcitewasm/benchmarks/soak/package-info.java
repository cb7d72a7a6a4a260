/**
 * A long run of hostile guests, and what it leaves behind: {@code calcite-wasm soak}. It sees the
 * project through JDBC alone. Start with {@code Soak}.
 */
@NullMarked
package io.calcitewasm.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
