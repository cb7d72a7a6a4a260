/**
 * Rows of calls as typed columns: arguments are set and results are read without boxes, and both
 * move to and from the columns of a {@code RowDriver} in bulk. It uses {@code signature} and {@code
 * value}, and the component runtime's {@code fuse}. Start with {@link
 * io.calcitewasm.udf.batch.BatchColumn}.
 */
@NullMarked
package io.calcitewasm.udf.batch;

import org.jspecify.annotations.NullMarked;
