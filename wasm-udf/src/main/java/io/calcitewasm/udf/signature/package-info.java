/**
 * What a component's functions look like in SQL: types, names, nullability, errors and the choice
 * among overloads (docs/sql.md, "Names", "Types", "Conversions and overloads"). It reads component
 * types only: nothing is run here. Start with {@link io.calcitewasm.udf.signature.SignatureMapper}
 * and {@link io.calcitewasm.udf.signature.SqlFunction}.
 */
@NullMarked
package io.calcitewasm.udf.signature;

import org.jspecify.annotations.NullMarked;
