package io.calcitewasm.adapter.catalogue;

import java.time.Instant;

/**
 * An installed module as the catalogue keeps it.
 *
 * @param name its name as first written
 * @param source the path it came from
 * @param digest {@code sha256:…} of its bytes, which the catalogue keeps too
 * @param sql the {@code CREATE MODULE} statement that installs it
 * @param version the number of the active version
 * @param createdAt when that became active
 */
public record ModuleDefinition(
    String name, String source, String digest, String sql, int version, Instant createdAt) {}
