/**
 * Component binaries as a tree: what Binary.md of the component-model specification lays down, one
 * record per production, in order of occurrence and with byte offsets. It may use the model package
 * and nothing of the checker or the runtime; indices in the tree are only known to be non-negative.
 * Start with {@link io.calcitewasm.component.binary.ParsedComponent}.
 */
@NullMarked
package io.calcitewasm.component.binary;

import org.jspecify.annotations.NullMarked;
