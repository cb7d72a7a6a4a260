/** Runnable stories on top of the JDBC driver; nothing uses this room. Start with {@code Demo}. */
@NullMarked
package io.calcitewasm.examples;

import org.jspecify.annotations.NullMarked;
