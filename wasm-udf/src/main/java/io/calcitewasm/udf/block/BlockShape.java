package io.calcitewasm.udf.block;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How arguments and results of one function become blocks of the contract. */
public final class BlockShape {
  private final List<BlockWriter> writers;
  private final BlockReader reader;

  private BlockShape(List<BlockWriter> writers, BlockReader reader) {
    this.writers = writers;
    this.reader = reader;
  }

  /** The shape of a function; empty if one of its types has no column. */
  public static Optional<BlockShape> of(FuncType function) {
    List<BlockWriter> writers = new ArrayList<>();
    for (ValType.Field parameter : function.parameters()) {
      BlockWriter.of(parameter.type()).ifPresent(writers::add);
    }
    return writers.size() < function.parameters().size() || function.result().isEmpty()
        ? Optional.empty()
        : BlockReader.of(answer(function.result().get()))
            .map(reader -> new BlockShape(List.copyOf(writers), reader));
  }

  private static ValType answer(ValType result) {
    return result.structure() instanceof ValType.ResultType either
        ? either.ok().orElse(result)
        : result;
  }

  /**
   * Rows as a {@code block}.
   *
   * @param columns component values, one for each row of each parameter
   * @return the record; empty if the values do not fit one
   */
  public Optional<Object[]> block(List<? extends List<?>> columns, int rows) {
    List<Object> written = new ArrayList<>(columns.size());
    for (int i = 0; i < writers.size(); i++) {
      writers.get(i).column(columns.get(i)).ifPresent(written::add);
    }
    return written.size() < writers.size()
        ? Optional.empty()
        : Optional.of(new Object[] {(long) rows, written});
  }

  /**
   * The values of a {@code column} that a guest has answered.
   *
   * @return component values of what the function answers, one for each row
   * @throws BlockFault if it is none of so many rows
   */
  public List<Object> values(Object column, int rows) throws BlockFault {
    return reader.values((VariantValue) column, rows);
  }
}
