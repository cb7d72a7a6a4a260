package io.calcitewasm.component.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts outcomes by script and writes them as Markdown. */
final class ConformanceReport {

  /** Counts of one script or suite. */
  static final class Row {
    private int passed;
    private int failed;
    private final Map<String, Integer> outOfScope = new LinkedHashMap<>();

    int passed() {
      return passed;
    }

    int failed() {
      return failed;
    }

    int outOfScope() {
      return outOfScope.values().stream().mapToInt(Integer::intValue).sum();
    }

    Set<String> reasons() {
      return outOfScope.keySet();
    }

    private void add(Outcome outcome) {
      switch (outcome) {
        case Outcome.Passed pass -> passed++;
        case Outcome.Failed fail -> failed++;
        case Outcome.OutOfScope out -> outOfScope.merge(out.reason(), 1, Integer::sum);
      }
    }
  }

  private final Map<String, Row> rows = new TreeMap<>();

  /** Counts the outcomes of one script. */
  Row add(String script, List<Outcome.Of> outcomes) {
    Row row = rows.computeIfAbsent(script, name -> new Row());
    outcomes.forEach(outcome -> row.add(outcome.outcome()));
    return row;
  }

  /** The sum of all scripts whose name starts so. */
  Row sum(String prefix) {
    Row sum = new Row();
    rows.forEach(
        (script, row) -> {
          if (script.startsWith(prefix)) {
            sum.passed += row.passed;
            sum.failed += row.failed;
            row.outOfScope.forEach((reason, n) -> sum.outOfScope.merge(reason, n, Integer::sum));
          }
        });
    return sum;
  }

  /** The first folders in the scripts' names. */
  Set<String> suites() {
    Set<String> suites = new LinkedHashSet<>();
    rows.keySet().forEach(script -> suites.add(script.substring(0, script.indexOf('/') + 1)));
    return suites;
  }

  /** Tables by suite and script; reasons are numbered and told at the end. */
  String markdown() {
    List<String> reasons = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    text.append("| suite | passed | failed | out of scope |\n|---|---:|---:|---:|\n");
    for (String suite : suites()) {
      Row sum = sum(suite);
      text.append(line(suite.replaceFirst("/$", ""), sum)).append("|\n");
    }
    for (String suite : suites()) {
      text.append("\n### ").append(suite.replaceFirst("/$", "")).append("\n\n");
      text.append("| script | passed | failed | out of scope | why |\n|---|---:|---:|---:|---|\n");
      rows.forEach(
          (script, row) -> {
            if (script.startsWith(suite)) {
              text.append(line(script.substring(suite.length()), row)).append("| ");
              for (String reason : row.reasons()) {
                if (!reasons.contains(reason)) {
                  reasons.add(reason);
                }
                text.append("(").append(reasons.indexOf(reason) + 1).append(") ");
              }
              text.append("|\n");
            }
          });
    }
    text.append("\nOut of scope:\n\n");
    Row all = sum("");
    for (int i = 0; i < reasons.size(); i++) {
      int count = all.outOfScope.getOrDefault(reasons.get(i), 0);
      text.append(i + 1).append(". ").append(reasons.get(i)).append(" (").append(count);
      text.append(count == 1 ? " command)\n" : " commands)\n");
    }
    return text.toString();
  }

  private static String line(String name, Row row) {
    return "| " + name + " | " + row.passed + " | " + row.failed + " | " + row.outOfScope() + " ";
  }
}
