package io.calcitewasm.component.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.calcitewasm.component.ComponentValues;
import io.calcitewasm.component.Guest;
import io.calcitewasm.component.Instance;
import io.calcitewasm.component.InstanceOptions;
import io.calcitewasm.component.LinkedComponent;
import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Calls every function of the guest {@code types} with random values, and has {@code
 * src/test/js/differential.mjs} do the same through jco. {@code -Ddifferential.tools} names a
 * folder whose {@code node_modules} hold jco or jco-transpile, by default {@code guest-sdk}. Part
 * of the profile {@code differential} only.
 */
final class DifferentialRun {
  private static final int CALLS_PER_FUNCTION = 40;
  private static final long MOST_SECONDS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void jcoGivesTheSameResults() throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "differential"));
    Path cases = folder.resolve("cases.jsonl");
    Path component = folder.resolve("types.component.wasm");
    Files.write(component, Guests.bytes("fixtures/types"));
    assertThat(write(cases)).isGreaterThan(100 * CALLS_PER_FUNCTION);
    Process node =
        new ProcessBuilder(
                "node",
                Path.of("src", "test", "js", "differential.mjs").toString(),
                System.getProperty("differential.tools", "."),
                component.toString(),
                cases.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    assertThat(node.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).as("node ends").isTrue();
    String output = Files.readString(folder.resolve("output.txt"));
    System.out.print(output);
    assertThat(node.exitValue()).as(output).isZero();
  }

  /** Writes cases and tells how many. */
  private static int write(Path file) throws IOException {
    LinkedComponent types = Guest.link("fixtures/types");
    int count = 0;
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, ExternType> export : types.component().exports().entrySet()) {
        if (export.getValue() instanceof ExternType.Instance functions) {
          for (Map.Entry<String, ExternType> member : functions.exports().entrySet()) {
            count += write(types, export.getKey(), member.getKey(), member.getValue(), out);
          }
        } else {
          count += write(types, "", export.getKey(), export.getValue(), out);
        }
      }
    }
    return count;
  }

  private static int write(
      LinkedComponent guest, String home, String name, ExternType type, Writer out)
      throws IOException {
    if (!(type instanceof ExternType.Func func) || hasHandles(func.type())) {
      return 0;
    }
    ComponentValues values =
        new ComponentValues(new Random(home.hashCode() * 31L + name.hashCode()));
    List<ValType.Field> parameters = func.type().parameters();
    for (int i = 0; i < CALLS_PER_FUNCTION; i++) {
      Object[] arguments = parameters.stream().map(p -> values.of(p.type())).toArray();
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.put("interface", home).put("function", name);
      ArrayNode types = line.putArray("parameters");
      ArrayNode given = line.putArray("arguments");
      for (int p = 0; p < arguments.length; p++) {
        types.add(JsonTypes.of(parameters.get(p).type()));
        given.add(JsonTypes.value(parameters.get(p).type(), arguments[p]));
      }
      Optional<ValType> result = func.type().result();
      line.set("result", result.isPresent() ? JsonTypes.of(result.get()) : null);
      try (Instance instance = guest.instantiate(InstanceOptions.DEFAULT)) {
        Object value = instance.function(home, name).call(arguments);
        line.set("expected", result.isPresent() ? JsonTypes.value(result.get(), value) : null);
      } catch (TrapException e) {
        if (e.memoryRefused()) {
          // How much memory there is, is no question of conformance.
          continue;
        }
        line.put("expected", "trap");
      }
      out.write(JSON.writeValueAsString(line));
      out.write('\n');
    }
    return CALLS_PER_FUNCTION;
  }

  private static boolean hasHandles(FuncType type) {
    return type.toString().contains("OwnType") || type.toString().contains("BorrowType");
  }
}
