/**
 * What calling a function can change: {@link io.calcitewasm.component.effect.Effects}, a set of
 * {@link io.calcitewasm.component.effect.Effect}. Found out before anything runs, from code alone,
 * so it says what can be, not what will be. The package uses nothing; {@code binary.core} finds the
 * effects of core functions, {@code link} those of exported ones.
 */
@NullMarked
package io.calcitewasm.component.effect;

import org.jspecify.annotations.NullMarked;
