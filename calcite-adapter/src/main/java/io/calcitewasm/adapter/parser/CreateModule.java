package io.calcitewasm.adapter.parser;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE [OR REPLACE] MODULE [IF NOT EXISTS] name FROM 'path' [DIGEST 'sha256:…'] [SIGNATURE
 * '…'] [GRANT (…)] [ISOLATION …] [WITH (…)] [RESTRICT | CASCADE]}: docs/sql.md, "Statements".
 */
public final class CreateModule extends SqlCreate {
  private static final SqlOperator OPERATOR =
      new OwnOperator(
          "CREATE MODULE",
          SqlKind.OTHER_DDL,
          (pos, operands) ->
              new CreateModule(
                  pos,
                  ((SqlLiteral) requireNonNull(operands[0])).booleanValue(),
                  ((SqlLiteral) requireNonNull(operands[1])).booleanValue(),
                  (SqlIdentifier) requireNonNull(operands[2]),
                  requireNonNull(operands[3]),
                  operands[4],
                  operands[5],
                  (SqlNodeList) requireNonNull(operands[6]),
                  (IsolationClause) operands[7],
                  (SqlNodeList) requireNonNull(operands[8]),
                  ((SqlLiteral) requireNonNull(operands[9])).booleanValue()));

  private final SqlIdentifier name;
  private final SqlNode source;
  private final @Nullable SqlNode digest;
  private final @Nullable SqlNode signature;
  private final SqlNodeList grants;
  private final @Nullable IsolationClause isolation;
  private final SqlNodeList limits;
  private final boolean cascade;

  /** Called by the parser: {@code grants} holds {@link GrantItem}s, {@code limits} assignments. */
  public CreateModule(
      SqlParserPos pos,
      boolean replace,
      boolean ifNotExists,
      SqlIdentifier name,
      SqlNode source,
      @Nullable SqlNode digest,
      @Nullable SqlNode signature,
      SqlNodeList grants,
      @Nullable IsolationClause isolation,
      SqlNodeList limits,
      boolean cascade) {
    super(OPERATOR, pos, replace, ifNotExists);
    this.name = name;
    this.source = source;
    this.digest = digest;
    this.signature = signature;
    this.grants = grants;
    this.isolation = isolation;
    this.limits = limits;
    this.cascade = cascade;
  }

  /** The module's name as written. */
  public SqlIdentifier name() {
    return name;
  }

  /** The path of the component. */
  public String source() {
    return Literals.string(source);
  }

  /** The digest that the component must have, as written. */
  public Optional<String> digest() {
    return Optional.ofNullable(digest).map(Literals::string);
  }

  /** The text of the component's signature file. */
  public Optional<String> signature() {
    return Optional.ofNullable(signature).map(Literals::string);
  }

  /** This statement with a signature. */
  public CreateModule withSignature(String text) {
    return new CreateModule(
        pos,
        getReplace(),
        ifNotExists,
        name,
        source,
        digest,
        SqlLiteral.createCharString(text, pos),
        grants,
        isolation,
        limits,
        cascade);
  }

  /** This statement with other grants. */
  public CreateModule withGrants(List<GrantItem> items) {
    return replacing(new SqlNodeList(items, grants.getParserPosition()), isolation, limits);
  }

  /** The statement that replaces the module by the same content on other terms. */
  private CreateModule replacing(
      SqlNodeList granted, @Nullable IsolationClause isolated, SqlNodeList limited) {
    return new CreateModule(
        pos, true, false, name, source, digest, signature, granted, isolated, limited, false);
  }

  /** What the module may do. */
  public List<GrantItem> grants() {
    return grants.stream().map(GrantItem.class::cast).toList();
  }

  /** The isolation of functions that have none of their own; CALL where the statement has none. */
  public Isolation isolation() {
    return isolations().module().orElse(Isolation.CALL);
  }

  /** What the statement says about isolation. */
  public IsolationClause isolations() {
    return isolation == null ? IsolationClause.empty(pos) : isolation;
  }

  /** The limits and the configuration of the {@code WITH} clause in their order. */
  public List<NamedLiteral> limits() {
    return NamedLiteral.list(limits);
  }

  /** This statement with other settings: isolations, and limits in place of those of their keys. */
  public CreateModule with(Optional<IsolationClause> other, List<NamedLiteral> changed) {
    List<SqlNode> kept = new ArrayList<>();
    for (SqlNode limit : limits) {
      String key = NamedLiteral.key(((SqlCall) limit).operand(1));
      if (changed.stream().noneMatch(c -> c.key().equalsIgnoreCase(key))) {
        kept.add(limit);
      }
    }
    for (NamedLiteral limit : changed) {
      kept.add(
          SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(
              limit.position(),
              Literals.node(limit.value(), limit.position()),
              new SqlIdentifier(limit.key(), limit.position())));
    }
    return replacing(
        grants,
        other.map(i -> isolations().with(i)).orElse(isolation),
        new SqlNodeList(kept, limits.getParserPosition()));
  }

  /** This statement with the grants of another. */
  public CreateModule withGrantsOf(CreateModule other) {
    return replacing(other.grants, isolation, limits);
  }

  /** This statement for another content, and the digest that it must have. */
  public CreateModule withSource(String path, Optional<String> demanded) {
    return new CreateModule(
        pos,
        true,
        false,
        name,
        SqlLiteral.createCharString(path, pos),
        demanded.map(d -> (SqlNode) SqlLiteral.createCharString(d, pos)).orElse(null),
        null,
        grants,
        isolation,
        limits,
        false);
  }

  /** Whether views that would no longer work with the new version are dropped. */
  public boolean cascade() {
    return cascade;
  }

  @Override
  @SuppressWarnings("NullAway") // Calcite's lists of operands hold nulls.
  public List<SqlNode> getOperandList() {
    return ImmutableNullableList.of(
        SqlLiteral.createBoolean(getReplace(), SqlParserPos.ZERO),
        SqlLiteral.createBoolean(ifNotExists, SqlParserPos.ZERO),
        name,
        source,
        digest,
        signature,
        grants,
        isolation,
        limits,
        SqlLiteral.createBoolean(cascade, SqlParserPos.ZERO));
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword(getReplace() ? "CREATE OR REPLACE MODULE" : "CREATE MODULE");
    if (ifNotExists) {
      writer.keyword("IF NOT EXISTS");
    }
    name.unparse(writer, 0, 0);
    writer.keyword("FROM");
    source.unparse(writer, 0, 0);
    if (digest != null) {
      writer.keyword("DIGEST");
      digest.unparse(writer, 0, 0);
    }
    if (signature != null) {
      writer.keyword("SIGNATURE");
      signature.unparse(writer, 0, 0);
    }
    if (!grants.isEmpty()) {
      writer.keyword("GRANT");
      Lists.unparse(writer, grants);
    }
    if (isolation != null) {
      writer.keyword("ISOLATION");
      isolation.unparse(writer, 0, 0);
    }
    if (!limits.isEmpty()) {
      writer.keyword("WITH");
      Lists.unparse(writer, limits);
    }
    if (cascade) {
      writer.keyword("CASCADE");
    }
  }
}
