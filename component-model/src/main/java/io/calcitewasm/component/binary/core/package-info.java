/**
 * Core modules: reading and validating them within caps, and a writer that keeps every byte it does
 * not understand. {@code UndoRewriter} and {@code RecursionCap} have modules record what calls
 * write and how deep they go. It uses nothing of components. Start with {@code CoreModuleReader}.
 */
@NullMarked
package io.calcitewasm.component.binary.core;

import org.jspecify.annotations.NullMarked;
