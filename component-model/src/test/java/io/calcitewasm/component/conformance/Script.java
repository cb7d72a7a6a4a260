package io.calcitewasm.component.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.calcitewasm.component.conformance.Command.Invoke;
import io.calcitewasm.component.conformance.Command.Wasm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A test script in the form that {@code wasm-tools json-from-wast} writes.
 *
 * @param name the script's path in the folder of all scripts, with its own ending
 * @param folder where its files are
 * @param commands what it does
 */
record Script(String name, Path folder, List<Command> commands) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All scripts in a folder and below, ordered by name. */
  static List<Script> in(Path root) throws IOException {
    List<Script> scripts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        scripts.add(read(root, file));
      }
    }
    return scripts;
  }

  /** Reads one script. */
  static Script read(Path root, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no folder holds " + file);
    }
    List<Command> commands = new ArrayList<>();
    for (JsonNode command : JSON.readTree(file.toFile()).path("commands")) {
      commands.add(command(command));
    }
    return new Script(nameOf(root, file), folder, commands);
  }

  /** {@code values/strings/strings.json} and {@code values/strings.json} are the same script. */
  private static String nameOf(Path root, Path file) {
    String name = root.relativize(file).toString().replace('\\', '/').replaceFirst("\\.json$", "");
    return name.replaceFirst("(^|/)([^/]+)/\\2$", "$1$2") + ".wast";
  }

  /** The bytes of one of its files. */
  byte[] bytes(Wasm wasm) throws IOException {
    return Files.readAllBytes(folder.resolve(wasm.filename()));
  }

  private static Command command(JsonNode json) {
    int line = json.path("line").asInt();
    String type = json.path("type").asText();
    String reason = json.path("text").asText();
    return switch (type) {
      case "module" -> new Command.Module(line, text(json, "name"), wasm(json));
      case "module_definition" ->
          new Command.ModuleDefinition(line, text(json, "name"), wasm(json));
      case "module_instance" ->
          new Command.ModuleInstance(line, text(json, "instance"), text(json, "module"));
      case "assert_invalid", "assert_malformed" ->
          new Command.AssertRefused(line, wasm(json), reason);
      case "assert_unlinkable" -> new Command.AssertUnlinkable(line, wasm(json), reason);
      case "assert_uninstantiable" -> new Command.AssertUninstantiable(line, wasm(json), reason);
      case "register" -> new Command.Register(line, text(json, "name"), json.path("as").asText());
      default -> {
        @Nullable Invoke action = action(json.path("action"));
        yield action == null
            ? new Command.Unknown(line, type)
            : ofAction(line, type, action, json, reason);
      }
    };
  }

  private static Command ofAction(
      int line, String type, Invoke action, JsonNode json, String reason) {
    return switch (type) {
      case "assert_return" -> new Command.AssertReturn(line, action, list(json.path("expected")));
      case "assert_trap" -> new Command.AssertTrap(line, action, reason);
      case "assert_exhaustion" -> new Command.AssertExhaustion(line, action);
      case "action" -> new Command.Action(line, action);
      default -> new Command.Unknown(line, type);
    };
  }

  private static @Nullable Invoke action(JsonNode json) {
    return json.path("type").asText().equals("invoke")
        ? new Invoke(text(json, "module"), json.path("field").asText(), list(json.path("args")))
        : null;
  }

  private static Wasm wasm(JsonNode json) {
    String binary = text(json, "binary_filename");
    return binary == null
        ? new Wasm(
            json.path("filename").asText(), json.path("module_type").asText().equals("binary"))
        : new Wasm(binary, true);
  }

  private static @Nullable String text(JsonNode json, String field) {
    return json.hasNonNull(field) ? json.path(field).asText() : null;
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }
}
