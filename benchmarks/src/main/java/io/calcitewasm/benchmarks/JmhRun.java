package io.calcitewasm.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks that JMH forks processes for. */
final class JmhRun {
  /** Variants whose ratios are goals: what a compiler makes of them differs between processes. */
  private static final Set<Variant> COMPARED =
      EnumSet.of(Variant.STATIC_JAVA, Variant.CALL, Variant.STATEMENT);

  private static final int FORKS_OF_COMPARED = 2;

  private final boolean quick;
  private final boolean cpu;

  /**
   * Chooses how to measure.
   *
   * @param quick with short iterations
   * @param cpu functions by the processor time of the querying thread, not by elapsed time
   */
  JmhRun(boolean quick, boolean cpu) {
    this.quick = quick;
    this.cpu = cpu;
  }

  /** All variants of a function. */
  List<Figure> function(Called function) throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      ChainedOptionsBuilder one =
          options(FunctionBenchmark.class)
              .param("function", function.name())
              .param("variant", variant.name())
              .forks(COMPARED.contains(variant) && !quick ? FORKS_OF_COMPARED : 1);
      for (RunResult run : run(one)) {
        figures.add(ofRow(run, label(run, "function"), label(run, "variant")));
      }
    }
    ChainedOptionsBuilder interpreted =
        options(InterpreterBenchmark.class)
            .param("function", function.name())
            .param("variant", Variant.CALL.name());
    for (RunResult run : run(interpreted)) {
      figures.add(ofRow(run, label(run, "function"), Variant.CALL.label() + "_interpreted"));
    }
    return figures;
  }

  /** An aggregate or table function, beside its peer in Java. */
  List<Figure> set(SetQuery query) throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    for (RunResult run : run(options(SetBenchmark.class).param("query", query.name()))) {
      figures.add(ofRow(run, label(run, "query"), label(run, "variant")));
    }
    return figures;
  }

  List<Figure> load() throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    for (RunResult run : run(options(LoadBenchmark.class))) {
      String guest = run.getParams().getParam("guest");
      figures.add(
          Figure.ofNanos(
              "load",
              guest.substring(guest.indexOf('/') + 1)
                  + "_"
                  + io.calcitewasm.guest.Guests.bytes(guest).length
                  + "_bytes",
              run.getPrimaryResult().getScore(),
              engine(run)));
    }
    return figures;
  }

  private ChainedOptionsBuilder options(Class<?> benchmark) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
            .shouldFailOnError(true);
    if (quick) {
      options
          .warmupIterations(2)
          .warmupTime(TimeValue.milliseconds(500))
          .measurementIterations(2)
          .measurementTime(TimeValue.milliseconds(500));
    }
    return options;
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }

  private static String label(RunResult run, String parameter) {
    return run.getParams().getParam(parameter).toLowerCase(java.util.Locale.ROOT);
  }

  /** The quickest of all iterations: what neighbours take of the machine is not the code's. */
  private Figure ofRow(RunResult run, String benchmark, String variant) {
    double nanos =
        cpu
            ? counter(run, "cpuNanos").getScore() / counter(run, "rowsRead").getScore()
            : counter(run, "rows").getStatistics().getMin();
    return Figure.ofRows(benchmark, variant, nanos, engine(run));
  }

  private static Result<?> counter(RunResult run, String name) {
    Result<?> counter = run.getSecondaryResults().get(name);
    if (counter == null) {
      throw new IllegalStateException(run.getParams().getBenchmark() + " has not counted " + name);
    }
    return counter;
  }

  private static String engine(RunResult run) {
    String variant =
        run.getParams().getParamsKeys().contains("variant") ? label(run, "variant") : "";
    if (variant.equals(Variant.STATIC_JAVA.label())) {
      return "java";
    }
    if (variant.equals(Variant.CHICORY.label())) {
      return "endive";
    }
    return engine(run.getParams().getJvmArgs());
  }

  /** Which of GraalWasm's runtimes a JVM with these arguments has. */
  static String engine(Collection<String> jvmArguments) {
    boolean optimising =
        jvmArguments.contains("-XX:+EnableJVMCI")
            && !jvmArguments.contains(InterpreterBenchmark.FALLBACK);
    return optimising ? "jit" : "interpreter";
  }
}
