package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.policy.rules.PolicySource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TimeZone;

/**
 * What a connection asks for.
 *
 * @param location the database
 * @param user the principal's name
 * @param timeZone the zone of CURRENT_TIMESTAMP and of timestamps with local time zone
 * @param schema the schema of unqualified names; without, the one of the user's tables
 * @param batches whether functions of modules are called for batches of rows
 * @param parallelism over how many threads a statement divides rows of modules' aggregates
 * @param policy the policy under which the database is to be open; without, the one under which it
 *     is open, or its default
 * @param bucket a folder that modules may come from; without, and where the database has no bucket
 *     either, they may come from anywhere
 * @param idleTimeout how long a transaction may be left alone; without, as long as by default
 */
public record SessionRequest(
    DatabaseLocation location,
    String user,
    TimeZone timeZone,
    Optional<String> schema,
    boolean batches,
    int parallelism,
    Optional<PolicySource> policy,
    Optional<Path> bucket,
    Optional<IdleTimeout> idleTimeout) {}
