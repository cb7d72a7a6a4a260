/**
 * Live instances and calls: what isolates one call from the next, limits it, stops it and turns its
 * failures into SQL errors. It uses {@code signature} and {@code value}, and the component runtime.
 * Start with {@link io.calcitewasm.udf.instance.CallSession}.
 */
@NullMarked
package io.calcitewasm.udf.instance;

import org.jspecify.annotations.NullMarked;
