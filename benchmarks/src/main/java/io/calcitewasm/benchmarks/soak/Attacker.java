package io.calcitewasm.benchmarks.soak;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A thread with connections of its own that attacks until its time is over. */
final class Attacker implements Runnable {
  private final Guests guests;
  private final Tally tally;
  private final ScheduledExecutorService timer;
  private final SplittableRandom random;
  private final long end;

  Attacker(Guests guests, Tally tally, ScheduledExecutorService timer, long seed, long end) {
    this.guests = guests;
    this.tally = tally;
    this.timer = timer;
    this.random = new SplittableRandom(seed);
    this.end = end;
  }

  private boolean isOver() {
    return System.nanoTime() - end > 0;
  }

  @Override
  public void run() {
    try {
      while (!isOver()) {
        switch (random.nextInt(8)) {
          case 0 -> attackAndCloseInBetween();
          case 1 -> useADatabaseOfItsOwn();
          default -> attackForAWhile();
        }
      }
    } catch (SQLException | RuntimeException e) {
      tally.object("an attacker ended with " + e);
    }
  }

  private void attackForAWhile() throws SQLException {
    try (Connection connection = DriverManager.getConnection(Guests.URL)) {
      for (int i = random.nextInt(5, 40); i > 0 && !isOver(); i--) {
        switch (random.nextInt(12)) {
          case 0 -> cancelled(connection, Attack.SPIN);
          case 1 -> cancelled(connection, Attack.MANY_ROWS);
          case 2 -> timedOut(connection);
          case 3 -> guests.replaceOne(connection, random, tally);
          case 4 -> abandoned(connection);
          case 5 -> remembered(connection);
          default -> attack(connection, Attack.ALL.get(random.nextInt(Attack.ALL.size())), 0);
        }
      }
    }
  }

  private void attack(Connection connection, Attack attack, int timeout) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(timeout);
      run(statement, attack);
    }
  }

  private void run(Statement statement, Attack attack) {
    try (ResultSet rows = statement.executeQuery(attack.sql())) {
      Object value = rows.next() ? rows.getObject(1) : null;
      tally.count("00000");
      object(attack.objection(value instanceof Number ? value.toString() : value));
    } catch (SQLException e) {
      tally.count(String.valueOf(e.getSQLState()));
      object(attack.objection(String.valueOf(e.getSQLState()), String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      tally.object(attack.sql() + " threw " + e);
    }
  }

  private void object(@Nullable String objection) {
    if (objection != null) {
      tally.object(objection);
    }
  }

  /** Somebody else cancels while it runs, or just before, or just after. */
  private void cancelled(Connection connection, Attack attack) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      ScheduledFuture<?> cancel =
          timer.schedule(
              () -> {
                statement.cancel();
                return null;
              },
              random.nextInt(150),
              TimeUnit.MILLISECONDS);
      long start = System.nanoTime();
      run(statement, attack.interrupted());
      if (!cancel.isDone() && System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
        tally.object(attack.sql() + " was not cancelled within a minute");
      }
      boolean _ = cancel.cancel(false);
    }
  }

  private void timedOut(Connection connection) throws SQLException {
    attack(connection, Attack.SPIN.interrupted(), 1);
  }

  /** Reads a row of a thousand and forgets the rest; the connection's end has to tidy up. */
  @SuppressWarnings("MustBeClosed")
  private void abandoned(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    try {
      boolean _ = statement.executeQuery("SELECT remembering.next_of(i) FROM numbers").next();
      tally.count("00000");
    } catch (SQLException e) {
      tally.count(e.getSQLState());
    }
  }

  /** A connection's guest counts on from statement to statement, and nobody else counts with it. */
  private void remembered(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT MAX(session.next_of(i)) FROM numbers")) {
      rows.next();
      long last = rows.getLong(1);
      tally.count("00000");
      if (last == 0 || last % Guests.ROWS != 0) {
        tally.object("a guest under SESSION counted to " + last);
      }
    } catch (SQLException e) {
      tally.count(e.getSQLState());
      object(
          Attack.MANY_ROWS
              .interrupted()
              .objection(e.getSQLState(), String.valueOf(e.getMessage())));
    }
  }

  private void attackAndCloseInBetween() throws SQLException {
    Connection connection = DriverManager.getConnection(Guests.URL);
    try (Statement statement = connection.createStatement()) {
      ScheduledFuture<?> close =
          timer.schedule(
              () -> {
                connection.close();
                return null;
              },
              random.nextInt(150),
              TimeUnit.MILLISECONDS);
      run(statement, (random.nextBoolean() ? Attack.SPIN : Attack.MANY_ROWS).interrupted());
      boolean _ = close.cancel(false);
    } finally {
      connection.close();
    }
  }

  private void useADatabaseOfItsOwn() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:calcite-wasm:")) {
      guests.createEvil(connection);
      try (Statement statement = connection.createStatement()) {
        for (String sql : new String[] {"VALUES evil.grow_all() * 0", "VALUES evil.fill(1) * 0"}) {
          try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            tally.count("00000");
          } catch (SQLException e) {
            tally.count(e.getSQLState());
          }
        }
      }
    }
  }
}
