package io.calcitewasm.adapter.catalogue;

import java.time.Instant;

/**
 * A foreign schema as the catalogue keeps it.
 *
 * @param name its name as written
 * @param sql the {@code CREATE FOREIGN SCHEMA} statement, credentials included
 * @param createdAt when it was created
 */
public record ForeignSchemaDefinition(String name, String sql, Instant createdAt) {}
