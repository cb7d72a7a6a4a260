/**
 * What a component file brings, read without running anything of it. Start with {@link
 * io.calcitewasm.jdbc.cli.inspect.Inspection}.
 */
@NullMarked
package io.calcitewasm.jdbc.cli.inspect;

import org.jspecify.annotations.NullMarked;
