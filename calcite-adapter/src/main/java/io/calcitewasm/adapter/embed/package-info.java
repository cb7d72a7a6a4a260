/**
 * Modules in a stock Calcite connection: a schema factory for models, without our driver, catalogue
 * or statements. It uses {@code exec}, {@code plan} and, of lower rooms, {@code udf}. Start with
 * {@link io.calcitewasm.adapter.embed.ModuleSchemaFactory}.
 */
@NullMarked
package io.calcitewasm.adapter.embed;

import org.jspecify.annotations.NullMarked;
