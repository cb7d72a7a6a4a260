/**
 * Rows of table functions: {@link io.calcitewasm.udf.table.RowCursor} pulls them out of the guest,
 * as far as they are wanted. It uses {@code instance} and {@code signature}.
 */
@NullMarked
package io.calcitewasm.udf.table;

import org.jspecify.annotations.NullMarked;
