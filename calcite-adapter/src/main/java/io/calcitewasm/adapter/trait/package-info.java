/**
 * What the traits of modules' functions let the planner do, and forbid it: arguments in a canonical
 * order, sorts that are not needed, calls that are made exactly as often as SQL says. Start with
 * {@link io.calcitewasm.adapter.trait.CountedCalls}.
 */
@NullMarked
package io.calcitewasm.adapter.trait;

import org.jspecify.annotations.NullMarked;
