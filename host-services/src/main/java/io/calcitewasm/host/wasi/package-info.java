/**
 * WASI 0.2, one package below this one for each of its packages. Without grants it gives nothing
 * away: docs/security.md. Start with {@link io.calcitewasm.host.wasi.Wasi}.
 */
@NullMarked
package io.calcitewasm.host.wasi;

import org.jspecify.annotations.NullMarked;
