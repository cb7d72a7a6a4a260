/**
 * {@code wasi:http}: requests can be put together, and sending one answers HTTP-request-denied
 * without the {@code network} grant. Start with {@link io.calcitewasm.host.wasi.http.HttpTypes}.
 */
@NullMarked
package io.calcitewasm.host.wasi.http;

import org.jspecify.annotations.NullMarked;
