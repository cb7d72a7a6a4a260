package io.calcitewasm.component;

/**
 * One call from a guest to the host.
 *
 * @param instance the instance that calls; its {@link Instance#userData()} is how the host finds
 *     back to its own affairs
 */
public record HostCall(Instance instance) {}
