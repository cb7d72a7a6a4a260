/**
 * What may be done with calls of a module's functions, by what a component imports and what its
 * manifest claims (docs/sql.md, "Traits"). Start with {@link
 * io.calcitewasm.udf.trait.FunctionTraits}.
 */
@NullMarked
package io.calcitewasm.udf.trait;

import org.jspecify.annotations.NullMarked;
