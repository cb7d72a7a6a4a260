package io.calcitewasm.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The peer of {@code text.tokens}: a table function in Java, for letters and digits. */
public final class JavaTokens extends AbstractTable implements ScannableTable {
  private final String doc;

  private JavaTokens(String doc) {
    this.doc = doc;
  }

  /** The words of a text with their numbers and where they begin, both from 1. */
  public static ScannableTable tokens(@Nullable String doc) {
    return new JavaTokens(doc == null ? "" : doc);
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return typeFactory
        .builder()
        .add("ordinal", SqlTypeName.BIGINT)
        .add("token", SqlTypeName.VARCHAR)
        .add("begins_at", SqlTypeName.BIGINT)
        .build();
  }

  @Override
  public Enumerable<@Nullable Object[]> scan(DataContext root) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    int at = 0;
    while (at < doc.length()) {
      int begin = at;
      while (at < doc.length() && Character.isLetterOrDigit(doc.charAt(at))) {
        at++;
      }
      if (at > begin) {
        rows.add(new Object[] {rows.size() + 1L, doc.substring(begin, at), begin + 1L});
      }
      at++;
    }
    return Linq4j.asEnumerable(rows);
  }
}
