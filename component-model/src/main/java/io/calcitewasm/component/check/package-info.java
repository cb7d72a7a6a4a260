/**
 * Validation of a parsed component without running anything: every index, sort, name and type is
 * resolved and every rule of Binary.md, Explainer.md and CanonicalABI.md that can be judged
 * statically is judged. What passes can be linked without further questions of this kind. It may
 * use the binary and model packages. Start with {@link
 * io.calcitewasm.component.check.ComponentChecker}; the types it computes with are told apart in
 * {@link io.calcitewasm.component.check.TypeItem}.
 */
@NullMarked
package io.calcitewasm.component.check;

import org.jspecify.annotations.NullMarked;
