package io.calcitewasm.adapter.catalogue;

import java.time.Instant;

/**
 * A view as the catalogue keeps it.
 *
 * @param name its name as written
 * @param sql the {@code CREATE VIEW} statement
 * @param defaultSchema where its query looks up unqualified names
 * @param createdAt when it was created
 * @param owner who created it, with whose rights it calls functions; {@code ""} where nobody knows
 */
public record ViewDefinition(
    String name, String sql, String defaultSchema, Instant createdAt, String owner) {}
