package io.calcitewasm.jdbc.cli.inspect;

import io.calcitewasm.component.CustomSection;
import io.calcitewasm.host.provision.PackedFiles;
import io.calcitewasm.jdbc.cli.inspect.Inspection.Extern;
import io.calcitewasm.jdbc.cli.output.Printable;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.Wit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An inspection for people. */
public final class InspectionText {
  private static final int WIDTH = 100;
  private final StringBuilder out = new StringBuilder();

  private InspectionText() {}

  /**
   * The text, with a line break at its end.
   *
   * @param file what to call the file
   */
  public static String of(String file, Inspection inspection) {
    InspectionText text = new InspectionText();
    text.heading(file, inspection);
    text.functions(inspection);
    text.externs("Imports", inspection.imports());
    text.externs("Other exports", inspection.exports());
    text.files(inspection.files());
    text.sections(inspection.sections());
    return text.out.toString();
  }

  private void heading(String file, Inspection inspection) {
    Manifest manifest = inspection.manifest();
    line("%s", file);
    line("  %,d bytes, %s", inspection.size(), inspection.digest());
    if (!inspection.hasManifest()) {
      line("  no manifest%s", manifest.name().isEmpty() ? "" : ", named " + manifest.name());
    } else {
      List<String> facts = new ArrayList<>();
      facts.add((manifest.name() + " " + manifest.version()).strip());
      facts.add(manifest.organisation().isEmpty() ? "" : "by " + manifest.organisation());
      facts.add(manifest.licence().isEmpty() ? "" : "licence " + manifest.licence());
      facts.add(manifest.contract().isEmpty() ? "" : "contract " + manifest.contract());
      facts.removeIf(String::isEmpty);
      line("  %s", String.join(", ", facts));
      if (!manifest.documentation().isEmpty()) {
        wrapped("  ", manifest.documentation());
      }
    }
    declared("requires", manifest.required());
    declared("can use", manifest.optional());
    if (!manifest.limits().isEmpty()) {
      line("  asks for the limits %s", manifest.limits());
    }
    line("");
    line("  CREATE MODULE %s FROM '%s'%s", inspection.module(), file, grant(inspection));
  }

  private static String grant(Inspection inspection) {
    String names =
        inspection.required().stream()
            .filter(c -> !c.isFree())
            .map(Capability::sqlName)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " GRANT (" + names + ")";
  }

  private void declared(String verb, Iterable<String> capabilities) {
    String names = String.join(", ", capabilities);
    if (!names.isEmpty()) {
      line("  %s the capabilities %s", verb, names);
    }
  }

  private void functions(Inspection inspection) {
    Map<String, List<SqlFunction>> byInterface = new LinkedHashMap<>();
    for (SqlFunction function : inspection.functions()) {
      byInterface.computeIfAbsent(function.interfaceName(), _ -> new ArrayList<>()).add(function);
    }
    if (byInterface.isEmpty()) {
      line("");
      line("No functions for SQL");
    }
    byInterface.forEach(
        (name, functions) -> {
          String schema = functions.getFirst().schemaName();
          line("");
          line(
              "Functions of %s",
              name.isEmpty()
                  ? "the world itself"
                  : name + ", also " + inspection.module() + "." + schema);
          functions.forEach(this::function);
        });
  }

  private void function(SqlFunction function) {
    if (function.noSqlForm().isPresent()) {
      line("  %s: %s", function.witName(), Wit.text(function.type()));
      line("      not callable from SQL: %s", function.noSqlForm().get());
    } else {
      line(
          "  %s.%s%s",
          function.module(), function.sqlSignature(), function.raises() ? ", may raise" : "");
    }
    if (!function.documentation().isEmpty()) {
      function.documentation().lines().forEach(l -> wrapped("      ", l));
    }
  }

  private void externs(String title, List<Extern> externs) {
    if (externs.isEmpty()) {
      return;
    }
    line("");
    line("%s", title);
    for (Extern extern : externs) {
      String needs =
          extern
              .capability()
              .filter(c -> !c.isFree())
              .map(c -> ", needs the capability " + c.sqlName())
              .orElse("");
      line("  %s (%s%s)", extern.name(), detail(extern), needs);
    }
  }

  private static String detail(Extern extern) {
    int count = extern.members().size();
    return switch (extern.kind()) {
      case "interface" -> count == 0 ? "types" : count == 1 ? "1 function" : count + " functions";
      default -> extern.kind();
    };
  }

  private void files(PackedFiles packed) {
    if (packed.files().isEmpty()) {
      return;
    }
    line("");
    line("Packed files");
    packed
        .files()
        .forEach(
            (path, file) ->
                line("  %s (%,d bytes, %s)", path, file.content().length, file.digest()));
  }

  /** By name, because toolchains leave one of a kind in each core module; files are shown apart. */
  private void sections(List<CustomSection> sections) {
    Map<String, long[]> byName = new LinkedHashMap<>();
    for (CustomSection section : sections) {
      if (section.name().startsWith(PackedFiles.SECTION)) {
        continue;
      }
      long[] sum = byName.computeIfAbsent(section.name(), _ -> new long[2]);
      sum[0]++;
      sum[1] += section.content().length;
    }
    if (byName.isEmpty()) {
      return;
    }
    line("");
    line("Custom sections");
    byName.forEach(
        (name, sum) ->
            line("  %s (%s%,d bytes)", name, sum[0] == 1 ? "" : sum[0] + " of them, ", sum[1]));
  }

  private void wrapped(String indent, String text) {
    StringBuilder row = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      if (!row.isEmpty() && indent.length() + row.length() + 1 + word.length() > WIDTH) {
        line("%s%s", indent, row);
        row.setLength(0);
      }
      row.append(row.isEmpty() ? "" : " ").append(word);
    }
    line("%s%s", indent, row);
  }

  private void line(String format, Object... values) {
    out.append(Printable.text(String.format(Locale.ROOT, format, values))).append('\n');
  }
}
