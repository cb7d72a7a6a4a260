/**
 * Functions and aggregates of any arguments ({@code dynamic-scalar}, {@code dynamic-aggregate}):
 * types and values on their way to and from a guest that decides about them itself. It uses {@code
 * signature}, {@code instance} and {@code aggregate}. Start with {@link
 * io.calcitewasm.udf.dynamic.DynamicCall}.
 */
@NullMarked
package io.calcitewasm.udf.dynamic;

import org.jspecify.annotations.NullMarked;
