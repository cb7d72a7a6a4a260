/**
 * {@code wasi:filesystem}: one empty directory that cannot be written to. Start with {@link
 * io.calcitewasm.host.wasi.filesystem.FilesystemTypes}.
 */
@NullMarked
package io.calcitewasm.host.wasi.filesystem;

import org.jspecify.annotations.NullMarked;
