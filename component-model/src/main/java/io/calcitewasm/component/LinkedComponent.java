package io.calcitewasm.component;

import io.calcitewasm.component.core.CoreEngine;
import io.calcitewasm.component.core.CoreModule;
import io.calcitewasm.component.core.CoreModuleException;
import io.calcitewasm.component.effect.Effects;
import io.calcitewasm.component.link.ExportedFunction;
import io.calcitewasm.component.link.Linkage;
import io.calcitewasm.component.link.PreparedModules;
import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A component with everything it imports, ready to be instantiated often and cheaply. Threads may
 * share it.
 */
public final class LinkedComponent {
  private final Component component;
  private final Linkage linkage;
  private final CoreEngine engine;
  private final CoreEngine lasting;
  private final Map<CoreModules.Form, PreparedModules> forms = new ConcurrentHashMap<>();

  private final Map<List<Object>, CoreModule> hostModules = new ConcurrentHashMap<>();

  LinkedComponent(Component component, Linkage linkage, CoreEngine engine, CoreEngine lasting)
      throws InvalidComponentException {
    this.component = component;
    this.linkage = linkage;
    this.engine = engine;
    this.lasting = lasting;
    CoreModules.Form form = new CoreModules.Form(component.caps().memoryBytes(), false);
    forms.put(form, CoreModules.parse(component, linkage, engine, form));
  }

  /** What runs its instances. */
  public RuntimeInfo runtime() {
    return engine.runtime();
  }

  /** What was linked. */
  public Component component() {
    return component;
  }

  /**
   * Makes an instance; the start functions of its core modules run.
   *
   * @throws TrapException if a start function traps, or the memories do not fit the options
   */
  public Instance instantiate(InstanceOptions options) {
    return instantiate(options, instance -> {});
  }

  /**
   * Makes an instance that can be interrupted while its start functions run.
   *
   * @param onCreated receives the instance before anything of it has run, to hand it to whoever may
   *     {@link Instance#interrupt} it
   * @throws TrapException if a start function traps or is interrupted, or the memories do not fit
   *     the options
   */
  public Instance instantiate(InstanceOptions options, Consumer<Instance> onCreated) {
    PreparedModules modules =
        forms.computeIfAbsent(
            new CoreModules.Form(options.memoryBytes(), options.resettable()),
            form -> CoreModules.parseAgain(component, linkage, engine(options), form));
    return Instance.start(this, engine(options).openStore(), options, modules, onCreated);
  }

  private CoreEngine engine(InstanceOptions options) {
    return options.life() == InstanceOptions.Life.ONE_CALL ? engine : lasting;
  }

  /** A core module that the host wrote for instances that live for many calls; parsed once. */
  CoreModule hostModule(List<Object> key, Supplier<byte[]> module) {
    return hostModules.computeIfAbsent(
        key,
        k -> {
          try {
            return lasting.parse(module.get());
          } catch (CoreModuleException e) {
            throw new IllegalStateException("the host wrote an invalid module", e);
          }
        });
  }

  /**
   * What a call of an exported function can change, found by looking at all code that it reaches.
   *
   * @param interfaceName as for {@link Instance#function}
   * @throws java.util.NoSuchElementException if there is none; the message names both
   */
  public Effects effects(String interfaceName, String name) {
    return function(interfaceName, name).effects();
  }

  /** A core module that the component exports; it can be offered to others. */
  public Optional<HostModule> module(String name) {
    return linkage.exportedModule(name).map(m -> new HostModule(m.bytes(), m.facts()));
  }

  Linkage linkage() {
    return linkage;
  }

  ExportedFunction function(String interfaceName, String name) {
    return linkage
        .function(interfaceName, name)
        .orElseThrow(() -> noSuchFunction(interfaceName, name));
  }

  FuncType functionType(String interfaceName, String name) {
    Map<String, ExternType> exports = component.exports();
    if (!interfaceName.isEmpty()) {
      exports =
          exports.get(interfaceName) instanceof ExternType.Instance instance
              ? instance.exports()
              : Map.of();
    }
    if (exports.get(name) instanceof ExternType.Func func) {
      return func.type();
    }
    throw noSuchFunction(interfaceName, name);
  }

  private static NoSuchElementException noSuchFunction(String interfaceName, String name) {
    return new NoSuchElementException(
        interfaceName.isEmpty()
            ? "the component exports no function \"" + name + "\""
            : "the component exports no function \"" + name + "\" in \"" + interfaceName + "\"");
  }
}
