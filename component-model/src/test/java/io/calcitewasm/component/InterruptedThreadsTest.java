package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.TrapException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stopping calls, whatever kind of thread they run on and whatever ran there before. */
@Timeout(120)
final class InterruptedThreadsTest {
  private static final String RESOURCES = "examples:evil/resources@0.1.0";
  private static final LinkedComponent EVIL = Guest.link("fixtures/evil");

  /** How a call is made. */
  private enum Form {
    LOOP_WITH_RESETS(InstanceOptions.DEFAULT.withReset(), true),
    LOOP(InstanceOptions.DEFAULT.withManyCalls(), true),
    CALL(InstanceOptions.DEFAULT.withManyCalls(), false),
    CALL_WITH_RESETS(InstanceOptions.DEFAULT.withReset(), false),
    ONE_CALL(InstanceOptions.DEFAULT, false);

    private static final int ROWS = 3;

    private final InstanceOptions options;
    private final boolean loop;

    Form(InstanceOptions options, boolean loop) {
      this.options = options;
      this.loop = loop;
    }

    Instance start() {
      Instance instance = EVIL.instantiate(options);
      assertThat(instance.mark()).isEqualTo(options.resettable());
      return instance;
    }

    void spin(Instance instance) {
      if (loop) {
        instance.rowDriver(RESOURCES, "spin").orElseThrow().run(0, ROWS);
      } else {
        instance.function(RESOURCES, "spin").call();
      }
    }

    /** A call that ends. */
    void end(Instance instance) {
      if (loop) {
        RowDriver driver = instance.rowDriver(RESOURCES, "spin-if-odd").orElseThrow();
        assertThat(driver.run(0, ROWS)).isEqualTo(ROWS);
      } else {
        assertThat(instance.function(RESOURCES, "spin-if-odd").call(2)).isEqualTo(2);
      }
    }
  }

  /** Where a call runs; one thread each. */
  private enum Threads {
    /** Keeps its thread-local variables. */
    ORDINARY {
      @Override
      ExecutorService open() {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
      }
    },
    /** Loses them after each task, as those of the common pool do. */
    FORGETFUL {
      @Override
      ExecutorService open() {
        return new ForkJoinPool(
            1, pool -> new ForkJoinWorkerThread(null, pool, false) {}, null, false);
      }
    };

    abstract ExecutorService open();
  }

  private static void aCallThatEnds(ExecutorService threads, Form form) throws Exception {
    Runnable call =
        () -> {
          try (Instance instance = form.start()) {
            form.end(instance);
          }
        };
    threads.submit(call).get();
  }

  private static TrapException anInterruptedCall(ExecutorService threads, Form form)
      throws Exception {
    CompletableFuture<Instance> started = new CompletableFuture<>();
    Future<TrapException> call =
        threads.submit(
            () -> {
              try (Instance instance = form.start()) {
                started.complete(instance);
                return catchThrowableOfType(TrapException.class, () -> form.spin(instance));
              }
            });
    Instance instance = started.get(60, TimeUnit.SECONDS);
    Thread.sleep(30);
    instance.interrupt();
    return call.get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void oneThreadIsInterruptedInCallsOfAllFormsByTurns(Threads kind) throws Exception {
    ExecutorService threads = kind.open();
    for (int i = 0; i < 20; i++) {
      Form form = Form.values()[i % Form.values().length];
      // It leaves a context behind that the thread comes back to.
      aCallThatEnds(threads, form);
      assertThat(anInterruptedCall(threads, form).kind())
          .as("round %s, %s", i, form)
          .isEqualTo(Kind.INTERRUPTED);
    }
    threads.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptAsACallEndsDoesNotStrikeTheThreadsNext(Threads kind) throws Exception {
    ExecutorService threads = kind.open();
    for (int i = 0; i < 200; i++) {
      Form form = Form.values()[i % Form.values().length];
      Duration pause = Duration.ofNanos(20_000L * (i % 7));
      Runnable race =
          () -> {
            try (Instance instance = form.start();
                Instance next = form.start()) {
              Thread interrupter =
                  Thread.ofPlatform()
                      .start(
                          () -> {
                            sleep(pause);
                            instance.interrupt();
                          });
              try {
                form.end(instance);
              } catch (TrapException e) {
                assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED);
              }
              form.end(next);
              assertThat(Thread.interrupted()).isFalse();
              join(interrupter);
            }
          };
      threads.submit(race).get();
    }
    threads.shutdownNow();
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What a host function may do with the engine while its own caller is being interrupted. */
  private enum Deed {
    PARSE {
      @Override
      void run() {
        Guest.link("fixtures/evil");
      }
    },
    INSTANTIATE {
      @Override
      void run() {
        EVIL.instantiate(InstanceOptions.DEFAULT).close();
      }
    };

    abstract void run();
  }

  @ParameterizedTest
  @EnumSource
  void whatAHostFunctionDoesIsInterruptedWithItsCaller(Deed deed) throws Exception {
    HostInterface logging =
        HostInterface.builder("calcite:extension/logging@0.1.0")
            .function(
                "enabled",
                (call, arguments) -> {
                  call.instance().interrupt();
                  long start = System.nanoTime();
                  while (!Thread.currentThread().isInterrupted()
                      && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10)) {
                    Thread.onSpinWait();
                  }
                  deed.run();
                  throw new AssertionError("not interrupted");
                })
            .build();
    LinkedComponent guest = Guest.link("fixtures/reentry", logging);
    for (int i = 0; i < 3; i++) {
      try (Instance instance = guest.instantiate(InstanceOptions.DEFAULT)) {
        ComponentFunction call = instance.function("examples:reentry/times@0.1.0", "during-call");
        TrapException trap = catchThrowableOfType(TrapException.class, () -> call.call(1));
        assertThat(trap.kind()).isEqualTo(Kind.INTERRUPTED);
      }
      assertThat(Thread.interrupted()).isFalse();
      try (Instance next = Form.ONE_CALL.start()) {
        Form.ONE_CALL.end(next);
      }
    }
  }
}
