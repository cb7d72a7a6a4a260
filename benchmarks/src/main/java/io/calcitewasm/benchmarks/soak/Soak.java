package io.calcitewasm.benchmarks.soak;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;

/**
 * Attacks a database from several connections, and compares what the process holds afterwards with
 * what it held after a first fifth of the time, when everything had been used once. In between and
 * at the end nobody is connected.
 */
public final class Soak {
  private final int connections;
  private long seed;

  private Soak(int connections, long seed) {
    this.connections = connections;
    this.seed = seed;
  }

  /** {@code SECONDS CONNECTIONS SEED}; exit status 1 if anything was not as it should be. */
  public static void main(String[] arguments)
      throws IOException, SQLException, JMException, InterruptedException {
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[0]));
    Soak soak = new Soak(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
    System.exit(soak.run(time) ? 0 : 1);
  }

  private boolean run(Duration time)
      throws IOException, SQLException, JMException, InterruptedException {
    Tally first = new Tally();
    attack(time.dividedBy(5), first);
    Footprint before = Footprint.measure();
    System.out.println("before: " + before);
    Tally second = new Tally();
    attack(time.minus(time.dividedBy(5)), second);
    Footprint after = Footprint.measure();
    System.out.println("after:  " + after);

    List<String> wrong = new ArrayList<>(after.grownSince(before));
    for (Tally tally : List.of(first, second)) {
      tally
          .objections()
          .forEach((objection, count) -> wrong.add(objection + " (" + count + " times)"));
    }
    wrong.forEach(line -> System.out.println("WRONG: " + line));
    System.out.println(
        (first.statements() + second.statements())
            + " statements; "
            + (wrong.isEmpty() ? "all as it should be" : wrong.size() + " things wrong"));
    return wrong.isEmpty();
  }

  private void attack(Duration time, Tally tally)
      throws IOException, SQLException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    ScheduledExecutorService timer =
        Executors.newScheduledThreadPool(
            2, task -> Thread.ofPlatform().daemon().name("soak-timer").unstarted(task));
    try (Guests guests = new Guests();
        Connection keeper = DriverManager.getConnection(Guests.URL)) {
      guests.create(keeper);
      List<Thread> attackers = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        attackers.add(
            Thread.ofPlatform()
                .name("soak-attacker-" + i)
                .start(new Attacker(guests, tally, timer, seed++, end)));
      }
      while (end - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.sleep(
            Math.min(TimeUnit.SECONDS.toNanos(60), Math.max(1, end - System.nanoTime())));
        System.out.println(tally.statements() + " statements: " + tally);
      }
      for (Thread attacker : attackers) {
        attacker.join(Duration.ofMinutes(3));
        if (attacker.isAlive()) {
          tally.object(attacker.getName() + " hangs at " + List.of(attacker.getStackTrace()));
        }
      }
    } finally {
      timer.shutdownNow();
    }
  }
}
