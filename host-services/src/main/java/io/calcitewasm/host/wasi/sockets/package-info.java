/**
 * {@code wasi:sockets}: linked because toolchains import it unasked; without the {@code network}
 * grant everything answers access-denied. Start with {@link
 * io.calcitewasm.host.wasi.sockets.DeniedSockets}.
 */
@NullMarked
package io.calcitewasm.host.wasi.sockets;

import org.jspecify.annotations.NullMarked;
