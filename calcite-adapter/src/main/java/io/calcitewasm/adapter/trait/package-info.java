/**
 * What the traits of modules' functions let the planner do, and forbid it: arguments in a canonical
 * order, sorts that are not needed, calls that are made exactly as often as SQL says: {@link
 * io.calcitewasm.adapter.trait.CallBarriers} puts those into {@link
 * io.calcitewasm.adapter.trait.CountedCalls}, which no rule of the planner drops, doubles or moves.
 * What is told of a function itself comes from {@code udf.trait}.
 */
@NullMarked
package io.calcitewasm.adapter.trait;

import org.jspecify.annotations.NullMarked;
