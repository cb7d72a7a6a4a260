/**
 * What a module declares, what it is granted and how much it may use: manifests, capabilities,
 * grants, limits and the decision whether a component may be installed, as plain records. It knows
 * neither Calcite nor GraalVM and uses no other room. Start with {@code Manifest} and {@code
 * Admission}.
 */
@NullMarked
package io.calcitewasm.policy;

import org.jspecify.annotations.NullMarked;
