package io.calcitewasm.adapter.catalogue;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A folder that modules may come from.
 *
 * @param name its name as first written
 * @param location the folder, without symbolic links
 * @param createdAt since when
 */
public record BucketDefinition(String name, Path location, Instant createdAt) {}
