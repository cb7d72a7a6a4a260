/** Compares this runtime with jco on node, where that is at hand: profile {@code differential}. */
@NullMarked
package io.calcitewasm.component.differential;

import org.jspecify.annotations.NullMarked;
