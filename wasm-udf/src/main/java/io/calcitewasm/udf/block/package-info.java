/**
 * Whole blocks of rows for guests that export {@code batch-scalar}: columns of values on their way
 * to the contract's {@code block}, and a {@code column} that a guest has answered, which is not
 * believed before it is looked at. It uses {@code signature} and {@code batch}. Start with {@link
 * io.calcitewasm.udf.block.BlockType}.
 */
@NullMarked
package io.calcitewasm.udf.block;

import org.jspecify.annotations.NullMarked;
