/**
 * What a module declares, what it is granted and how much it may use: manifests, capabilities,
 * grants, limits and policies as plain records and decisions. It knows neither Calcite nor GraalVM
 * and uses no other room. Start with {@code Limits} and {@code Manifest}.
 */
@NullMarked
package io.calcitewasm.policy;

import org.jspecify.annotations.NullMarked;
