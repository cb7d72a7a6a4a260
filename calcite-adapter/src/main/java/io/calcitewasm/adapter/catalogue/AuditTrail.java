package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.policy.audit.AuditEvent;
import io.calcitewasm.policy.audit.AuditSink;
import io.calcitewasm.udf.SqlError;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit in the catalogue. What was refused or stopped is written in a transaction of its own,
 * so that it is on record whatever becomes of the statement; what was done is written with it. The
 * newest 10,000 events are kept.
 */
public final class AuditTrail implements AuditSink {
  /** How many events are kept. */
  public static final int KEPT = 10_000;

  private static final int SLACK = 500;
  private static final Logger LOG = LoggerFactory.getLogger("calcitewasm.audit");

  private final Store store;
  private final AuditSink announcement;
  private final AtomicLong written = new AtomicLong();

  /**
   * The trail of a store that has a catalogue.
   *
   * @param announcement who is told of each event besides
   */
  public AuditTrail(Store store, AuditSink announcement) {
    this.store = store;
    this.announcement = announcement;
  }

  /** A store that cannot be written fails nobody's statement; the log has the event then. */
  @Override
  public void record(AuditEvent event) {
    announcement.record(event);
    try {
      write(store, event);
      prune();
    } catch (SqlError e) {
      LOG.warn("an event could not be written: {}", e.getMessage());
    }
  }

  /**
   * The trail of what is done in a transaction: its events are written with it, and announced when
   * it is committed. An event that cannot be written fails what it tells of.
   */
  public AuditSink in(Transaction transaction) {
    return event -> {
      write(transaction, event);
      transaction.onCommit(
          () -> {
            announcement.record(event);
            prune();
          });
    };
  }

  private static void write(Transactional rows, AuditEvent event) {
    int _ =
        rows.inTransaction(
            connection -> {
              try (PreparedStatement insert =
                  connection.prepareStatement(
                      "INSERT INTO CALCITE_WASM.AUDIT"
                          + " (AT, KIND, ACTOR, MODULE, DIGEST, SQLSTATE, DETAIL)"
                          + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
                insert.setObject(1, event.at().atOffset(ZoneOffset.UTC));
                insert.setString(2, event.kind().name());
                insert.setString(3, event.user());
                insert.setString(4, event.module());
                insert.setString(5, event.digest());
                insert.setString(6, event.sqlState());
                insert.setString(7, event.detail());
                return insert.executeUpdate();
              }
            });
  }

  private void prune() {
    if (written.incrementAndGet() % SLACK == 0) {
      store.define(
          "DELETE FROM CALCITE_WASM.AUDIT WHERE ID <= (SELECT MAX(ID) FROM CALCITE_WASM.AUDIT) - "
              + KEPT);
    }
  }

  /**
   * The events that are kept, oldest first.
   *
   * @param rows the store, or a transaction that sees its own too
   */
  public static List<AuditEvent> events(Transactional rows) {
    return rows.query(
            "SELECT AT, KIND, ACTOR, MODULE, DIGEST, SQLSTATE, DETAIL"
                + " FROM CALCITE_WASM.AUDIT ORDER BY ID DESC LIMIT "
                + KEPT,
            AuditTrail::event)
        .reversed();
  }

  private static AuditEvent event(ResultSet row) throws SQLException {
    return new AuditEvent(
        row.getObject(1, OffsetDateTime.class).toInstant(),
        AuditEvent.Kind.valueOf(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7));
  }
}
