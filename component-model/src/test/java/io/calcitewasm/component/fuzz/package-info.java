/**
 * Fuzzing with Jazzer: the reader, the validator of core code against the core engine, and the
 * lifting of values out of hostile memory. In a normal build the targets run over the inputs in the
 * test resources; the profile {@code fuzz} looks for new ones.
 */
@NullMarked
package io.calcitewasm.component.fuzz;

import org.jspecify.annotations.NullMarked;
