/**
 * Functions of any arguments ({@code dynamic-scalar}): types and values on their way to and from a
 * guest that decides about them itself. It uses {@code signature} and {@code instance}. Start with
 * {@link io.calcitewasm.udf.dynamic.DynamicCall}.
 */
@NullMarked
package io.calcitewasm.udf.dynamic;

import org.jspecify.annotations.NullMarked;
