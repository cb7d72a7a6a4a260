/**
 * {@code calcite:extension/logging}: the one service of the contract that every guest has. Start
 * with {@link io.calcitewasm.host.logging.Logging}.
 */
@NullMarked
package io.calcitewasm.host.logging;

import org.jspecify.annotations.NullMarked;
