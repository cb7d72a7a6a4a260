package io.calcitewasm.host.service;

import io.calcitewasm.component.HostInterface;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.wit.WitInterface;
import io.calcitewasm.host.wit.WitTypes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One WIT interface as the host serves it: complete, because a service that lacks a function of its
 * own text cannot be built.
 */
public final class Service {
  private static final Consumer<Object> NOTHING_TO_DROP = _ -> {};

  private final String name;
  private final String wit;
  private final Map<String, ServiceFunction> functions;
  private final Map<String, Consumer<Object>> drops;

  private Service(Builder builder, Map<String, ServiceFunction> functions) {
    this.name = builder.name;
    this.wit = builder.wit;
    this.functions = Collections.unmodifiableMap(functions);
    this.drops = Collections.unmodifiableMap(new LinkedHashMap<>(builder.drops));
  }

  /**
   * A service under construction.
   *
   * @param name the interface with the version served, e.g. {@code wasi:io/poll@0.2.12}
   * @param wit a package header and this interface
   */
  public static Builder builder(String name, String wit) {
    return new Builder(name, wit);
  }

  /** The interface with the version served, e.g. {@code wasi:io/poll@0.2.12}. */
  public String name() {
    return name;
  }

  /** The interface without the version, e.g. {@code wasi:io/poll}. */
  public String interfaceName() {
    return name.substring(0, name.indexOf('@'));
  }

  /** A package header and this interface. */
  public String wit() {
    return wit;
  }

  /** By names of the binary format, e.g. {@code [method]pollable.ready}. */
  public Map<String, ServiceFunction> functions() {
    return functions;
  }

  /** What happens when a guest drops a resource it owns, by the name it is defined under. */
  public Map<String, Consumer<Object>> drops() {
    return drops;
  }

  /**
   * The service as components link it. The user data of their instances must be a {@link
   * HostContext}.
   *
   * @param types this service's interface, resolved
   * @param allDrops what happens when a guest drops a resource, for those of all services: a
   *     component may know a resource only from an interface that uses it
   */
  public HostInterface toHostInterface(
      WitInterface types, Map<ResourceType, Consumer<Object>> allDrops) {
    HostInterface.Builder builder = HostInterface.builder(name);
    functions.forEach(
        (function, implementation) ->
            builder.function(
                function, (call, args) -> implementation.call(HostContext.of(call), values(args))));
    types
        .resources()
        .forEach(
            (resource, type) ->
                builder.resource(resource, allDrops.getOrDefault(type, NOTHING_TO_DROP)));
    return builder.build();
  }

  /** Arguments are never null; only the payloads inside them may be. */
  @SuppressWarnings("NullAway")
  private static Object[] values(@Nullable Object[] args) {
    return args;
  }

  /** A service under construction. */
  public static final class Builder {
    private final String name;
    private final String wit;
    private final Map<String, ServiceFunction> functions = new LinkedHashMap<>();
    private final Map<String, Consumer<Object>> drops = new LinkedHashMap<>();
    private @Nullable ServiceFunction otherwise;

    private Builder(String name, String wit) {
      this.name = name;
      this.wit = wit;
    }

    /** Serves a function, named as in the binary format. */
    public Builder function(String function, ServiceFunction implementation) {
      if (functions.put(function, implementation) != null) {
        throw new IllegalArgumentException(name + ": " + function + " is served twice");
      }
      return this;
    }

    /** Serves every function of the interface that is not served otherwise. */
    public Builder otherwise(ServiceFunction implementation) {
      otherwise = implementation;
      return this;
    }

    /** What happens when a guest drops a resource that it owns; nothing for one not named. */
    public Builder onDrop(String resource, Consumer<Object> drop) {
      drops.put(resource, drop);
      return this;
    }

    /**
     * The service.
     *
     * @throws IllegalArgumentException the text and the functions do not match
     */
    public Service build() {
      Set<String> missing = new TreeSet<>(WitTypes.functionNames(wit));
      Set<String> surplus = new TreeSet<>(functions.keySet());
      surplus.removeAll(missing);
      if (!surplus.isEmpty()) {
        throw new IllegalArgumentException(name + " has no " + surplus);
      }
      missing.removeAll(functions.keySet());
      Map<String, ServiceFunction> all = new LinkedHashMap<>(functions);
      for (String function : missing) {
        if (otherwise == null) {
          throw new IllegalArgumentException(name + " lacks " + missing);
        }
        all.put(function, otherwise);
      }
      return new Service(this, all);
    }
  }
}
