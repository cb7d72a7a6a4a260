package io.calcitewasm.adapter.parser;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * One {@code key => literal} or {@code key => (literal, …)}.
 *
 * @param key the key as written, its parts joined by points
 * @param value the literal's value as {@link Literals#value} gives it; a list of several
 * @param position where it stands
 */
public record NamedLiteral(String key, @Nullable Object value, SqlParserPos position) {
  /** Reads a list of assignments. */
  static List<NamedLiteral> list(SqlNodeList assignments) {
    return assignments.stream()
        .map(SqlCall.class::cast)
        .map(
            call ->
                new NamedLiteral(
                    key(call.operand(1)), value(call.operand(0)), call.getParserPosition()))
        .toList();
  }

  /** Called by the parser: a key's text. */
  public static String key(SqlIdentifier key) {
    return String.join(".", key.names);
  }

  private static @Nullable Object value(SqlNode node) {
    if (!(node instanceof SqlNodeList list)) {
      return Literals.value(node);
    }
    List<@Nullable Object> values = new ArrayList<>();
    list.forEach(literal -> values.add(Literals.value(literal)));
    return Collections.unmodifiableList(values);
  }
}
