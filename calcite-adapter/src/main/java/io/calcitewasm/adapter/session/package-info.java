/**
 * Databases, connections to them, and what happens to a statement from its text to its rows or its
 * error. It uses all other packages of this room but {@code embed}. Start with {@link
 * io.calcitewasm.adapter.session.Session}.
 */
@NullMarked
package io.calcitewasm.adapter.session;

import org.jspecify.annotations.NullMarked;
