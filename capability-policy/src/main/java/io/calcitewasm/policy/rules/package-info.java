/**
 * The policy of an operator: which modules may be installed with which grants, limits and
 * isolation, what roles may do, which keys are trusted; read from a file, immutable, without a
 * place for code. It uses manifests, grants and limits of the package above. Start with {@code
 * Policy}.
 */
@NullMarked
package io.calcitewasm.policy.rules;

import org.jspecify.annotations.NullMarked;
