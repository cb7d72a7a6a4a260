package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.SqlError;
import java.sql.SQLException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue as one transaction changes it: from its first change until it ends it has the
 * catalogue for itself, in all processes, and sees a picture of its own.
 */
final class CatalogueDraft {
  private final CommittedCatalogue committed;
  private final Transaction transaction;
  private @Nullable Picture picture;
  private boolean counted;
  private long judgedAt;

  CatalogueDraft(CommittedCatalogue committed, Transaction transaction) {
    this.committed = committed;
    this.transaction = transaction;
  }

  /** What the transaction sees. */
  Picture seen() {
    Picture own = picture;
    return own == null ? committed.now() : own;
  }

  /**
   * Gets the catalogue for the transaction alone, as it is committed now.
   *
   * @throws SqlError 40001 when another transaction has it for too long
   */
  void lock() {
    if (picture != null) {
      return;
    }
    transaction.checkAlive();
    committed.acquire();
    boolean locked = false;
    try {
      lockForAllProcesses();
      committed.catchUp();
      judgedAt = committed.judgements();
      picture = committed.now();
      locked = true;
    } finally {
      if (!locked) {
        committed.release();
      }
    }
  }

  /** The row is another one when the transaction that it was waited for has counted. */
  private void lockForAllProcesses() {
    try {
      while (transaction
          .query("SELECT N FROM CALCITE_WASM.GENERATION FOR UPDATE", row -> row.getLong(1))
          .isEmpty()) {
        transaction.checkAlive();
      }
    } catch (SqlError e) {
      if (e.getCause() instanceof SQLException cause
          && (cause.getErrorCode() == ErrorCode.LOCK_TIMEOUT_1
              || cause.getErrorCode() == ErrorCode.CONCURRENT_UPDATE_1)) {
        throw CommittedCatalogue.busy(e);
      }
      throw e;
    }
  }

  /** {@link Transaction#change}. */
  void change(Consumer<CatalogueChanges> rows, BiFunction<Picture, Long, Picture> next) {
    lock();
    CatalogueChanges changes = new CatalogueChanges(transaction);
    if (!counted) {
      changes.count();
      counted = true;
    }
    rows.accept(changes);
    picture = next.apply(seen(), committed.stamp());
  }

  /**
   * What a transaction can go back to.
   *
   * @param picture what it saw of its own; null where nothing was changed
   * @param counted whether the store knew of a change
   */
  record State(@Nullable Picture picture, boolean counted) {}

  State state() {
    return new State(picture, counted);
  }

  /** Goes back; others can change the catalogue again if there was no change then. */
  void backTo(State state) {
    counted = state.counted;
    if (picture != null && state.picture == null) {
      letGoOf(picture);
      committed.release();
    }
    picture = state.picture;
  }

  /** Everybody sees the changes, which the store has committed. */
  void publish() {
    Picture own = picture;
    if (own != null && counted) {
      committed.publish(own, judgedAt);
      committed.store().flush();
    }
  }

  /** The transaction has ended: others can change the catalogue. */
  void end() {
    Picture own = picture;
    picture = null;
    if (own != null) {
      letGoOf(own);
      committed.release();
    }
  }

  private void letGoOf(Picture own) {
    own.foreignSchemas().values().stream()
        .filter(schema -> !committed.now().foreignSchemas().containsValue(schema))
        .forEach(CommittedCatalogue::close);
  }
}
