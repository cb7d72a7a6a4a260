package io.calcitewasm.adapter.embed;

import io.calcitewasm.adapter.session.PolicyChoice;
import io.calcitewasm.adapter.session.SharedEngine;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.rules.Policy;
import io.calcitewasm.policy.rules.PolicySource;
import io.calcitewasm.policy.sign.SignatureFile;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.instance.Isolations;
import io.calcitewasm.udf.module.ModuleFile;
import io.calcitewasm.udf.module.ModuleRequest;
import io.calcitewasm.udf.module.Registry;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.model.ModelHandler.ExtraOperand;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * Makes a module the schema of a Calcite model. Operands:
 *
 * <ul>
 *   <li>{@code file}: the component; relative to the model's folder, or to the working directory
 *       for an inline model
 *   <li>{@code digest} (optional): {@code sha256:…}; another content is refused
 *   <li>{@code grant} (optional): a list of capability names, or a map from names to their scopes
 *   <li>{@code limits} (optional): a map from {@code memory}, {@code call_time}, {@code
 *       result_size}, {@code instances} to literals
 *   <li>{@code isolation} (optional): {@code "call"}, {@code "statement"} or {@code "session"}
 *   <li>{@code function_isolation} (optional): a map from names of functions to isolations of their
 *       own
 *   <li>{@code policy} (optional): the path of a policy file, {@code "deny"} or {@code "embedded"};
 *       the process's policy, if it has one, cannot be changed by it
 *   <li>{@code batches} (optional): {@code true} lets all stock connections of the process call
 *       functions in batches from then on, see {@link Batches}
 * </ul>
 *
 * <p>The schema's name is the module's. Functions are resolved by Calcite's own rules; strings are
 * in Calcite's default character set, so a process that wants more than Latin-1 sets {@code
 * -Dcalcite.default.charset=UTF-8}.
 */
public final class ModuleSchemaFactory implements SchemaFactory {
  private static final Set<String> OPERANDS =
      new TreeSet<>(
          Set.of(
              "batches",
              "digest",
              "file",
              "function_isolation",
              "grant",
              "isolation",
              "limits",
              "policy"));

  /** Called by Calcite. */
  public ModuleSchemaFactory() {}

  @Override
  public Schema create(SchemaPlus parentSchema, String name, Map<String, Object> operand) {
    try {
      refuseUnknown(name, operand);
      Path file = file(name, operand);
      Policy policy = PolicyChoice.of(policy(name, operand)).read();
      Registry registry = new Registry(SharedEngine.get(), new HostServices(), () -> policy);
      registry.publish(
          registry.prepare(
              new ModuleRequest(
                  name,
                  file.toString(),
                  read(name, file),
                  Optional.ofNullable(text(name, operand, "digest")),
                  grants(name, operand),
                  limits(name, operand),
                  isolations(name, operand),
                  signature(file),
                  Map.of(),
                  Map.of())),
          false);
      if (isTrue(name, operand, "batches")) {
        Batches.enableForGood();
      }
      return ModuleSchema.ofModule(registry, name);
    } catch (PolicyException e) {
      throw new SqlError(e.sqlState(), "schema " + name + ": " + e.getMessage());
    }
  }

  private static void refuseUnknown(String name, Map<String, Object> operand) {
    for (String key : operand.keySet()) {
      boolean calcites =
          List.of(ExtraOperand.values()).stream().anyMatch(e -> e.camelName.equals(key));
      if (!calcites && !OPERANDS.contains(key)) {
        throw refuse(name, "unknown operand \"" + key + "\"; known are " + OPERANDS);
      }
    }
  }

  private static Path file(String name, Map<String, Object> operand) {
    String file = text(name, operand, "file");
    if (file == null) {
      throw refuse(name, "operand \"file\" is missing: the path of a component");
    }
    return operand.get(ExtraOperand.BASE_DIRECTORY.camelName) instanceof File base
        ? base.toPath().resolve(file)
        : Path.of(file);
  }

  private static byte[] read(String name, Path file) {
    try {
      return ModuleFile.read(file.toString());
    } catch (SqlError e) {
      throw new SqlError(e.sqlState(), "schema " + name + ": " + e.getMessage(), e);
    }
  }

  private static Optional<PolicySource> policy(String name, Map<String, Object> operand) {
    return Optional.ofNullable(text(name, operand, "policy")).map(PolicyChoice::parse);
  }

  private static Optional<String> signature(Path file) {
    Path beside = Path.of(file + SignatureFile.ENDING);
    return Files.exists(beside)
        ? Optional.of(new String(ModuleFile.read(beside.toString()), StandardCharsets.US_ASCII))
        : Optional.empty();
  }

  private static List<Grant> grants(String name, Map<String, Object> operand) {
    List<Grant> grants = new ArrayList<>();
    switch (operand.get("grant")) {
      case null -> {}
      case List<?> names -> names.forEach(n -> grants.add(Grant.parse(n.toString(), Map.of())));
      case Map<?, ?> scopes ->
          scopes.forEach(
              (capability, scope) ->
                  grants.add(
                      Grant.parse(capability.toString(), map(name, "grant." + capability, scope))));
      default -> throw refuse(name, "operand \"grant\" is a list of names or a map to scopes");
    }
    return grants;
  }

  private static Map<String, Object> limits(String name, Map<String, Object> operand) {
    Object wished = operand.get("limits");
    return wished == null ? Map.of() : Map.copyOf(map(name, "limits", wished));
  }

  private static Isolations isolations(String name, Map<String, Object> operand) {
    Map<String, Isolation> functions = new LinkedHashMap<>();
    Object wished = operand.get("function_isolation");
    if (wished != null) {
      map(name, "function_isolation", wished)
          .forEach(
              (function, isolation) ->
                  functions.put(
                      function,
                      isolation(
                          name, "function_isolation." + function, String.valueOf(isolation))));
    }
    String module = text(name, operand, "isolation");
    return new Isolations(
        isolation(name, "isolation", module == null ? "call" : module), functions);
  }

  private static Isolation isolation(String name, String key, String wished) {
    return switch (wished.toLowerCase(Locale.ROOT)) {
      case "call" -> Isolation.CALL;
      case "statement" -> Isolation.STATEMENT;
      case "session" -> Isolation.SESSION;
      default ->
          throw refuse(
              name,
              "operand \""
                  + key
                  + "\" is \"call\", \"statement\" or \"session\", not \""
                  + wished
                  + "\"");
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> map(String name, String key, Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, ?>) map;
    }
    throw refuse(name, "operand \"" + key + "\" is a map");
  }

  private static boolean isTrue(String name, Map<String, Object> operand, String key) {
    return switch (operand.get(key)) {
      case null -> false;
      case Boolean value -> value;
      default -> throw refuse(name, "operand \"" + key + "\" is true or false");
    };
  }

  private static @Nullable String text(String name, Map<String, Object> operand, String key) {
    return switch (operand.get(key)) {
      case null -> null;
      case String text -> text;
      default -> throw refuse(name, "operand \"" + key + "\" is a text");
    };
  }

  private static SqlError refuse(String name, String sentence) {
    return new SqlError("22023", "schema " + name + ": " + sentence);
  }
}
