/**
 * {@code wasi:filesystem}: one directory that cannot be written to, with the files that are packed
 * with the module where it is granted them. Start with {@link
 * io.calcitewasm.host.wasi.filesystem.FilesystemTypes}.
 */
@NullMarked
package io.calcitewasm.host.wasi.filesystem;

import org.jspecify.annotations.NullMarked;
