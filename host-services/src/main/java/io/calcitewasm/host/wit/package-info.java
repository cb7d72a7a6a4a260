/**
 * The types of the interfaces the host serves, read from WIT text, and the check that a component's
 * imports agree with them. Host functions may rely on the Java types of their arguments because of
 * it. It uses the component model's types only. Start with {@link
 * io.calcitewasm.host.wit.WitTypes}.
 */
@NullMarked
package io.calcitewasm.host.wit;

import org.jspecify.annotations.NullMarked;
