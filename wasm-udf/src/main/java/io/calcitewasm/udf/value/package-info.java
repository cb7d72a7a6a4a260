/**
 * Values on their way between SQL and components (docs/sql.md, "Types", "Conversions and
 * overloads", "Errors"): one converter per type and direction, put together once. SQL values are in
 * Calcite's internal representation, as {@link io.calcitewasm.udf.value.ArgumentConverter} tells;
 * component values as {@link io.calcitewasm.component.model.ValType} tells. It knows no module and
 * no instance.
 */
@NullMarked
package io.calcitewasm.udf.value;

import org.jspecify.annotations.NullMarked;
