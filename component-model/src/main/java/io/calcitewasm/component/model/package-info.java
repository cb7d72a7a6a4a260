/**
 * Component-model types, names and values as immutable data, named as the specification names them.
 * It uses nothing else of this room. Start with {@link io.calcitewasm.component.model.ValType}.
 */
@NullMarked
package io.calcitewasm.component.model;

import org.jspecify.annotations.NullMarked;
