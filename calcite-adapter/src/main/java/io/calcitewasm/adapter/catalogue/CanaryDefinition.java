package io.calcitewasm.adapter.catalogue;

import java.time.Instant;

/**
 * A module's canary as the catalogue keeps it: a version that is tried beside the active one.
 *
 * @param module the module's name
 * @param source the path it came from
 * @param digest {@code sha256:…} of its bytes, which the catalogue keeps too
 * @param sql the {@code CREATE MODULE} statement that would install it
 * @param fraction the share of calls, above 0 and at most 1
 * @param createdAt since when
 */
public record CanaryDefinition(
    String module, String source, String digest, String sql, double fraction, Instant createdAt) {}
