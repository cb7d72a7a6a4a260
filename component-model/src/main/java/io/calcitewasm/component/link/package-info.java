/**
 * Linking and running components. {@link io.calcitewasm.component.link.Inliner} instantiates a
 * component symbolically, nested components and all, into a flat {@link
 * io.calcitewasm.component.link.LinkPlan}: which core modules to instantiate with what, and which
 * functions stand between them. That happens once. {@link
 * io.calcitewasm.component.link.LiveInstance} then carries the plan out as often as wanted. The
 * package uses the binary, core and abi packages, and of check the matching of core modules.
 */
@NullMarked
package io.calcitewasm.component.link;

import org.jspecify.annotations.NullMarked;
