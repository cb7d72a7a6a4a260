package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.SqlError;

/**
 * A module of the catalogue that could be installed once and no longer can, say because this
 * version serves another contract. It keeps its name until it is replaced or dropped.
 *
 * @param definition as the catalogue keeps it
 * @param reason why it cannot be installed
 */
public record BrokenModule(ModuleDefinition definition, SqlError reason) {}
