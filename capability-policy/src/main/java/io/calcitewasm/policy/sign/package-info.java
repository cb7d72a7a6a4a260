/**
 * Signatures over components: Ed25519 (RFC 8032, the JDK's own) over the component's digest and
 * what its manifest calls it, in a text file beside the component. Start with {@code
 * SignatureFile}.
 */
@NullMarked
package io.calcitewasm.policy.sign;

import org.jspecify.annotations.NullMarked;
