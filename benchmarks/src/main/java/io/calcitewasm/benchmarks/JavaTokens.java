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

/**
 * The peer of {@code text.tokens}: a table function in Java with the same words, runs of letters
 * and digits with the marks on them and apostrophes between them, and positions in characters.
 */
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
    long characters = 0;
    while (at < doc.length()) {
      int c = doc.codePointAt(at);
      if (!Character.isLetterOrDigit(c)) {
        at += Character.charCount(c);
        characters++;
        continue;
      }
      int begin = at;
      long first = ++characters;
      at += Character.charCount(c);
      while (at < doc.length() && isInside(at)) {
        at += Character.charCount(doc.codePointAt(at));
        characters++;
      }
      rows.add(new Object[] {rows.size() + 1L, doc.substring(begin, at), first});
    }
    return Linq4j.asEnumerable(rows);
  }

  /** Whether the character at an index, with a letter or digit before it, belongs to the word. */
  private boolean isInside(int at) {
    int c = doc.codePointAt(at);
    if (Character.isLetterOrDigit(c) || (c >= 0x300 && c <= 0x36f)) {
      return true;
    }
    return (c == '\'' || c == '’')
        && at + 1 < doc.length()
        && Character.isLetterOrDigit(doc.codePointAt(at + 1));
  }
}
