package io.calcitewasm.adapter.catalogue;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A version of a module as the catalogue keeps it.
 *
 * @param module the module's name
 * @param number counts the module's versions from 1
 * @param replaced the version that was active before it; empty for the first
 * @param source the path it came from
 * @param digest {@code sha256:…} of its bytes, which the catalogue keeps too
 * @param sql the {@code CREATE MODULE} statement that installs it
 * @param label what it calls itself, else the beginning of its digest; empty where nobody knows
 * @param changes how its functions differ from those of the version it replaced, where calls that
 *     worked may not work any more; empty where they all do
 * @param createdAt when it was made
 */
public record VersionDefinition(
    String module,
    int number,
    OptionalInt replaced,
    String source,
    String digest,
    String sql,
    String label,
    String changes,
    Instant createdAt) {}
