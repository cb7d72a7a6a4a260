/**
 * The interactive shell: reading statements and dot-commands, completing names, showing outcomes.
 * It sees the engine through {@code java.sql}, and uses {@code cli.output} and {@code cli.script}.
 * Start with {@link io.calcitewasm.jdbc.shell.Shell}.
 */
@NullMarked
package io.calcitewasm.jdbc.shell;

import org.jspecify.annotations.NullMarked;
