package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.policy.Grant;
import io.calcitewasm.udf.SqlError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Who was granted what, by whom and when, in the catalogue. What is said of a module goes with it:
 * the rows refer to the module's and are deleted with it.
 */
public final class Privileges {
  private final Transactional rows;

  /**
   * The privileges in a catalogue.
   *
   * @param rows its store, or a transaction of it
   */
  public Privileges(Transactional rows) {
    this.rows = rows;
  }

  /**
   * EXECUTE on a module or one of its functions.
   *
   * @param module the module's name
   * @param function the function's name, {@code ""} for all of them
   * @param role who has it
   * @param grantedBy who gave it
   * @param grantedAt when
   */
  public record Execute(
      String module, String function, String role, String grantedBy, Instant grantedAt) {
    /** Whether it is for a function. */
    public boolean isFor(String ofModule, String name) {
      return module.equalsIgnoreCase(ofModule)
          && (function.isEmpty() || function.equalsIgnoreCase(name));
    }
  }

  /**
   * A capability that a module has.
   *
   * @param module the module's name
   * @param capability as {@code GRANT (…)} writes it
   * @param grantedBy who gave it
   * @param grantedAt when
   */
  public record CapabilityGrant(
      String module, String capability, String grantedBy, Instant grantedAt) {}

  /** All grants of EXECUTE, by module, function and role. */
  public List<Execute> executes() {
    return rows.query(
        "SELECT MODULE, FUNCTION, ROLE, GRANTED_BY, GRANTED_AT FROM CALCITE_WASM.EXECUTE_GRANTS"
            + " ORDER BY 1, 2, 3",
        row ->
            new Execute(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant()));
  }

  /** Grants EXECUTE; it changes nothing where the role has it. */
  public void grantExecute(Execute grant) {
    update(
        "MERGE INTO CALCITE_WASM.EXECUTE_GRANTS (MODULE, FUNCTION, ROLE, GRANTED_BY, GRANTED_AT)"
            + " KEY (MODULE, FUNCTION, ROLE) VALUES (?, ?, ?, ?, ?)",
        grant.module(),
        grant.function(),
        grant.role(),
        grant.grantedBy(),
        grant.grantedAt().atOffset(ZoneOffset.UTC));
  }

  /**
   * Takes EXECUTE back.
   *
   * @param function {@code ""} for what was granted on the module as a whole
   * @throws SqlError 42704 if it was not granted
   */
  public void revokeExecute(String module, String function, String role) {
    int revoked =
        update(
            "DELETE FROM CALCITE_WASM.EXECUTE_GRANTS WHERE MODULE = ? AND FUNCTION = ? AND ROLE ="
                + " ?",
            module,
            function,
            role);
    if (revoked == 0) {
      throw new SqlError(
          "42704",
          "EXECUTE on "
              + (function.isEmpty() ? "module " + module : module + "." + function)
              + " was not granted to role "
              + role
              + "; what the policy says is not revoked by a statement");
    }
  }

  /** What modules have, by module. */
  public List<CapabilityGrant> capabilities() {
    return rows.query(
        "SELECT MODULE, CAPABILITY, GRANTED_BY, GRANTED_AT FROM CALCITE_WASM.CAPABILITY_GRANTS"
            + " ORDER BY 1, 4, 2",
        row ->
            new CapabilityGrant(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant()));
  }

  /**
   * Tells who has granted what a module has now. What it had before keeps its grantor.
   *
   * @param user who has granted what is new
   */
  public void setCapabilities(String module, List<Grant> grants, String user, Instant at) {
    List<String> texts = grants.stream().map(Grant::toString).distinct().toList();
    List<CapabilityGrant> before =
        capabilities().stream().filter(g -> g.module().equalsIgnoreCase(module)).toList();
    rows.inTransaction(
        connection -> {
          for (CapabilityGrant grant : before) {
            if (!texts.contains(grant.capability())) {
              execute(
                  connection,
                  "DELETE FROM CALCITE_WASM.CAPABILITY_GRANTS WHERE MODULE = ? AND CAPABILITY = ?",
                  module,
                  grant.capability());
            }
          }
          for (String text : texts) {
            if (before.stream().noneMatch(grant -> grant.capability().equals(text))) {
              execute(
                  connection,
                  "INSERT INTO CALCITE_WASM.CAPABILITY_GRANTS"
                      + " (MODULE, CAPABILITY, GRANTED_BY, GRANTED_AT) VALUES (?, ?, ?, ?)",
                  module,
                  text,
                  user,
                  at.atOffset(ZoneOffset.UTC));
            }
          }
          return true;
        });
  }

  private int update(String sql, Object... parameters) {
    return rows.inTransaction(connection -> execute(connection, sql, parameters));
  }

  private static int execute(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }
}
