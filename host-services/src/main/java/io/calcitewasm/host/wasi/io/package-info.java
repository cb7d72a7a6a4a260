/**
 * {@code wasi:io}: errors, pollables and streams, which the other packages hand out. Nothing here
 * waits for the world outside: every stream answers at once. Start with {@link
 * io.calcitewasm.host.wasi.io.Streams}.
 */
@NullMarked
package io.calcitewasm.host.wasi.io;

import org.jspecify.annotations.NullMarked;
