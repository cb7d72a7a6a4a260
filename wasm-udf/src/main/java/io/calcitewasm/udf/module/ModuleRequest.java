package io.calcitewasm.udf.module;

import io.calcitewasm.policy.Grant;
import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.instance.Isolations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code CREATE MODULE} asks for.
 *
 * @param name the module's name
 * @param source where the bytes came from, for people
 * @param bytes the component; not copied, not to be changed meanwhile
 * @param digest the digest that the component must have, {@code sha256:} and 64 hexadecimal digits
 * @param grants what the operator grants
 * @param limits the literals of {@code WITH (…)}, as {@link io.calcitewasm.policy.Limits#with}
 *     takes them; they win over the manifest's
 * @param isolations how long the state of its functions lives
 * @param signature the text of the component's signature file
 * @param config what its {@code on-load} is told, in this order
 * @param environment environment variables that are set for the module
 */
@SuppressWarnings("ArrayRecordComponent") // Copying 64 MiB to compare requests helps nobody.
public record ModuleRequest(
    String name,
    String source,
    byte[] bytes,
    Optional<String> digest,
    List<Grant> grants,
    Map<String, Object> limits,
    Isolations isolations,
    Optional<String> signature,
    Map<String, String> config,
    Map<String, String> environment) {
  public ModuleRequest {
    grants = List.copyOf(grants);
    environment = Map.copyOf(environment);
    limits = new LinkedHashMap<>(limits);
    config = new LinkedHashMap<>(config);
  }

  /** A module of which nothing is said: isolation CALL, nothing granted, the usual limits. */
  public static ModuleRequest of(String name, String source, byte[] bytes) {
    return new ModuleRequest(
        name,
        source,
        bytes,
        Optional.empty(),
        List.of(),
        Map.of(),
        Isolations.of(Isolation.CALL),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  /** The same with the digest that the component must have. */
  public ModuleRequest withDigest(String demanded) {
    return with(Optional.of(demanded), grants, limits, isolations);
  }

  /** The same with other grants. */
  public ModuleRequest withGrants(List<Grant> granted) {
    return with(digest, granted, limits, isolations);
  }

  /** The same with other limits. */
  public ModuleRequest withLimits(Map<String, Object> literals) {
    return with(digest, grants, literals, isolations);
  }

  /** The same with one isolation for all functions. */
  public ModuleRequest withIsolation(Isolation isolation) {
    return withIsolations(Isolations.of(isolation));
  }

  /** The same with other isolations. */
  public ModuleRequest withIsolations(Isolations all) {
    return with(digest, grants, limits, all);
  }

  private ModuleRequest with(
      Optional<String> demanded,
      List<Grant> granted,
      Map<String, Object> literals,
      Isolations states) {
    return new ModuleRequest(
        name, source, bytes, demanded, granted, literals, states, signature, config, environment);
  }
}
