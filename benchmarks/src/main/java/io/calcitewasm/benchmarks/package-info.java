/** JMH benchmarks that put a peer into the same run; nothing uses this room. */
@NullMarked
package io.calcitewasm.benchmarks;

import org.jspecify.annotations.NullMarked;
