package io.calcitewasm.adapter.parser;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code ALTER MODULE name …}: one {@link Action} on an installed module. */
public final class AlterModule extends SqlCall {
  private final SqlIdentifier name;
  private final Action action;

  /** Called by the parser. */
  public AlterModule(SqlParserPos pos, SqlIdentifier name, Action action) {
    super(pos);
    this.name = name;
    this.action = action;
  }

  /** What is done to the module. */
  public sealed interface Action {
    /** Writes what follows the module's name. */
    void unparse(SqlWriter writer);
  }

  /**
   * {@code ROLLBACK [TO VERSION v] [CASCADE]}.
   *
   * @param version a version's number ({@code Long}), or its own name or digest ({@code String});
   *     without, the one that the present version replaced
   * @param cascade whether views that would no longer work are dropped
   */
  public record Rollback(Optional<Object> version, boolean cascade) implements Action {
    @Override
    public void unparse(SqlWriter writer) {
      writer.keyword("ROLLBACK");
      version.ifPresent(
          v -> {
            writer.keyword("TO VERSION");
            writer.print(v instanceof String text ? quoted(text) : v.toString());
          });
      cascaded(writer, cascade);
    }
  }

  /**
   * {@code SET (isolation = …, memory = …)}.
   *
   * @param isolation the new isolation, of the module and of functions
   * @param limits the new limits by key
   */
  public record Settings(Optional<IsolationClause> isolation, List<NamedLiteral> limits)
      implements Action {
    @Override
    public void unparse(SqlWriter writer) {
      writer.keyword("SET");
      SqlWriter.Frame frame = writer.startList("(", ")");
      isolation.ifPresent(
          i -> {
            writer.sep(",");
            writer.keyword("ISOLATION");
            writer.print("= ");
            i.unparse(writer, 0, 0);
          });
      for (NamedLiteral limit : limits) {
        writer.sep(",");
        writer.identifier(limit.key(), true);
        writer.print("= " + literal(limit.value()));
      }
      writer.endList(frame);
    }
  }

  /**
   * {@code CANARY WITH 'path' [DIGEST 'sha256:…'] FRACTION f}.
   *
   * @param source where the new version comes from
   * @param digest the digest that it must have, as written
   * @param fraction the share of calls that it runs beside the present version
   */
  public record Canary(String source, Optional<String> digest, BigDecimal fraction)
      implements Action {
    @Override
    public void unparse(SqlWriter writer) {
      writer.keyword("CANARY WITH");
      writer.print(quoted(source));
      digest.ifPresent(
          d -> {
            writer.keyword("DIGEST");
            writer.print(quoted(d));
          });
      writer.keyword("FRACTION");
      writer.print(fraction.toPlainString());
    }
  }

  /**
   * {@code PROMOTE [CANARY] [CASCADE]}.
   *
   * @param cascade whether views that would no longer work are dropped
   */
  public record Promote(boolean cascade) implements Action {
    @Override
    public void unparse(SqlWriter writer) {
      writer.keyword("PROMOTE CANARY");
      cascaded(writer, cascade);
    }
  }

  /** {@code DISCARD [CANARY]}. */
  public record Discard() implements Action {
    @Override
    public void unparse(SqlWriter writer) {
      writer.keyword("DISCARD CANARY");
    }
  }

  /**
   * {@code GRANT (capability (key => literal, …), …)}.
   *
   * @param items what is granted
   */
  public record Grants(List<GrantItem> items) implements Action {
    public Grants {
      items = List.copyOf(items);
    }

    /** Called by the parser with {@link GrantItem}s. */
    public static Grants of(SqlNodeList items) {
      return new Grants(items.stream().map(GrantItem.class::cast).toList());
    }

    @Override
    public void unparse(SqlWriter writer) {
      writer.keyword("GRANT");
      Lists.unparse(writer, new SqlNodeList(items, SqlParserPos.ZERO));
    }
  }

  /**
   * {@code REVOKE capability, … [IMMEDIATE]}.
   *
   * @param capabilities the capabilities' names as written
   * @param immediate whether running statements lose them too
   */
  public record Revocation(List<String> capabilities, boolean immediate) implements Action {
    public Revocation {
      capabilities = List.copyOf(capabilities);
    }

    @Override
    public void unparse(SqlWriter writer) {
      writer.keyword("REVOKE");
      for (int i = 0; i < capabilities.size(); i++) {
        writer.print(i == 0 ? "" : ", ");
        writer.identifier(capabilities.get(i), true);
      }
      if (immediate) {
        writer.keyword("IMMEDIATE");
      }
    }
  }

  private static String literal(@Nullable Object value) {
    return switch (value) {
      case String text -> quoted(text);
      case List<?> values ->
          values.stream().map(AlterModule::literal).collect(Collectors.joining(", ", "(", ")"));
      case null, default -> String.valueOf(value);
    };
  }

  private static void cascaded(SqlWriter writer, boolean cascade) {
    if (cascade) {
      writer.keyword("CASCADE");
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The module's name as written. */
  public SqlIdentifier name() {
    return name;
  }

  /** What is done to it. */
  public Action action() {
    return action;
  }

  @Override
  public SqlOperator getOperator() {
    return new OwnOperator(
        "ALTER MODULE", SqlKind.OTHER_DDL, (pos, _) -> new AlterModule(pos, name, action));
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(name);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword("ALTER MODULE");
    name.unparse(writer, 0, 0);
    action.unparse(writer);
  }
}
