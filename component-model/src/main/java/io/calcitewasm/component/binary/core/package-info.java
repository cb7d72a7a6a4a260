/**
 * Core modules as far as components need them: types of imports and exports, counts that caps are
 * laid on, and a reader and writer that keeps every byte it does not understand. It uses nothing of
 * components.
 */
@NullMarked
package io.calcitewasm.component.binary.core;

import org.jspecify.annotations.NullMarked;
