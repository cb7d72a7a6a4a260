package io.calcitewasm.component;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResourceType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One interface that the host offers, with its functions and resources. A component's import is
 * served by the interface of the same name whose version is on the same semver track: {@code
 * wasi:io/streams@0.2.6} serves an import of {@code wasi:io/streams@0.2.0}.
 *
 * <p>Handles of a resource defined here are the Java objects themselves.
 */
public final class HostInterface {
  private final String name;
  private final Map<String, HostFunction> functions;
  private final Map<String, FuncType> functionTypes;
  private final Map<String, Consumer<Object>> resources;
  private final Map<String, ResourceType> resourceTypes;
  private final Map<String, HostModule> modules;
  private final Map<String, HostInterface> instances;

  private HostInterface(Builder builder) {
    this.name = builder.name;
    this.functions = Map.copyOf(builder.functions);
    this.functionTypes = Map.copyOf(builder.functionTypes);
    this.resources = Map.copyOf(builder.resources);
    this.resourceTypes = Map.copyOf(builder.resourceTypes);
    this.modules = Map.copyOf(builder.modules);
    this.instances = Map.copyOf(builder.instances);
  }

  /**
   * Starts an interface.
   *
   * @param name as components import it, e.g. {@code calcite:extension/logging@0.1.0}; {@code ""}
   *     for functions imported by the world itself
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** The name with its version. */
  public String name() {
    return name;
  }

  /** The functions by WIT name. */
  public Map<String, HostFunction> functions() {
    return functions;
  }

  /** What to do when a guest drops an owned handle, by the resource's WIT name. */
  public Map<String, Consumer<Object>> resources() {
    return resources;
  }

  /** The types of those functions that declare one. */
  public Map<String, FuncType> functionTypes() {
    return functionTypes;
  }

  /** The types of those resources that declare one. */
  public Map<String, ResourceType> resourceTypes() {
    return resourceTypes;
  }

  /** The core modules by name. */
  public Map<String, HostModule> modules() {
    return modules;
  }

  /** The instances inside this one, by name. */
  public Map<String, HostInterface> instances() {
    return instances;
  }

  /** Collects the parts of an interface. */
  public static final class Builder {
    private final String name;
    private final Map<String, HostFunction> functions = new LinkedHashMap<>();
    private final Map<String, FuncType> functionTypes = new LinkedHashMap<>();
    private final Map<String, Consumer<Object>> resources = new LinkedHashMap<>();
    private final Map<String, ResourceType> resourceTypes = new LinkedHashMap<>();
    private final Map<String, HostModule> modules = new LinkedHashMap<>();
    private final Map<String, HostInterface> instances = new LinkedHashMap<>();

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Adds a function.
     *
     * @param witName {@code log}, {@code [method]output-stream.write}, {@code [constructor]fields},
     *     {@code [static]fields.from-list}
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder function(String witName, HostFunction function) {
      if (functions.putIfAbsent(witName, function) != null) {
        throw new IllegalArgumentException(name + " has two functions \"" + witName + "\"");
      }
      return this;
    }

    /**
     * Adds a resource.
     *
     * @param drop called with the Java object when a guest drops an owned handle of it
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder resource(String witName, Consumer<Object> drop) {
      if (resources.putIfAbsent(witName, drop) != null) {
        throw new IllegalArgumentException(name + " has two resources \"" + witName + "\"");
      }
      return this;
    }

    /**
     * Adds a function that can be imported only with this type.
     *
     * @param type with the {@link ResourceType}s given to {@link #resource(String, ResourceType,
     *     Consumer)}
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder function(String witName, FuncType type, HostFunction function) {
      function(witName, function);
      functionTypes.put(witName, type);
      return this;
    }

    /**
     * Adds a resource whose type has an identity: a component that imports several resources as one
     * and the same finds the same here.
     *
     * @param drop called with the Java object when a guest drops an owned handle of it
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder resource(String witName, ResourceType type, Consumer<Object> drop) {
      resource(witName, drop);
      resourceTypes.put(witName, type);
      return this;
    }

    /**
     * Adds a core module.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder module(String witName, HostModule module) {
      if (modules.putIfAbsent(witName, module) != null) {
        throw new IllegalArgumentException(name + " has two core modules \"" + witName + "\"");
      }
      return this;
    }

    /**
     * Adds an instance inside this one.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder instance(String witName, HostInterface instance) {
      if (instances.putIfAbsent(witName, instance) != null) {
        throw new IllegalArgumentException(name + " has two instances \"" + witName + "\"");
      }
      return this;
    }

    /** The interface. */
    public HostInterface build() {
      return new HostInterface(this);
    }
  }
}
