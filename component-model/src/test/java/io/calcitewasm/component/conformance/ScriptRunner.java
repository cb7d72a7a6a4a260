package io.calcitewasm.component.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.calcitewasm.component.Component;
import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.component.ComponentFunction;
import io.calcitewasm.component.ComponentValues;
import io.calcitewasm.component.Instance;
import io.calcitewasm.component.InstanceOptions;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.LinkException;
import io.calcitewasm.component.LinkedComponent;
import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.Wasm;
import io.calcitewasm.component.conformance.Command.Invoke;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ValType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the commands of one script: every file is read, linked and instantiated, every
 * function called, every value compared. A command whose instance is missing because an earlier
 * command did not pass shares that command's fate.
 */
final class ScriptRunner {
  private static final Outcome CORE_ONLY =
      new Outcome.OutOfScope("core modules alone are validated, not called");

  private final Script script;
  private final ComponentEngine engine;
  private final Exclusions exclusions;
  private final SuiteHost host;
  private final Map<String, Slot<Component>> definitions = new HashMap<>();
  private final Map<String, Slot<Instance>> instances = new HashMap<>();
  private Slot<Component> latestDefinition = new Slot.Missing<>(new Outcome.Failed("no component"));
  private Slot<Instance> latestInstance = new Slot.Missing<>(new Outcome.Failed("no instance"));

  /** A thing that a command made, or why it could not. */
  private sealed interface Slot<T> {
    record Made<T>(T thing) implements Slot<T> {}

    record Missing<T>(Outcome why) implements Slot<T> {}

    default Outcome outcome() {
      return switch (this) {
        case Made<T> made -> new Outcome.Passed();
        case Missing<T> missing -> missing.why();
      };
    }

    default T get() throws Stopped {
      return switch (this) {
        case Made<T> made -> made.thing();
        case Missing<T> missing -> throw new Stopped(missing.why());
      };
    }
  }

  /** A command cannot go on; the outcome says why. */
  private static final class Stopped extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Outcome outcome;

    Stopped(Outcome outcome) {
      this.outcome = outcome;
    }
  }

  private ScriptRunner(Script script, ComponentEngine engine, Exclusions exclusions) {
    this.script = script;
    this.engine = engine;
    this.exclusions = exclusions;
    this.host = new SuiteHost();
  }

  /** The outcomes of all commands, in order. */
  static List<Outcome.Of> run(Script script, ComponentEngine engine, Exclusions exclusions)
      throws Exception {
    return engine.onGuestThread(() -> new ScriptRunner(script, engine, exclusions).run());
  }

  private List<Outcome.Of> run() throws IOException {
    List<Outcome.Of> outcomes = new ArrayList<>();
    try {
      for (Command command : script.commands()) {
        Outcome outcome = outcome(command);
        Optional<String> excluded = exclusions.command(script.name(), command.line());
        if (excluded.isPresent()) {
          outcome = new Outcome.OutOfScope(excluded.get());
        }
        outcomes.add(new Outcome.Of(command.line(), outcome));
      }
    } finally {
      instances.values().forEach(ScriptRunner::close);
      close(latestInstance);
    }
    return outcomes;
  }

  private static void close(Slot<Instance> slot) {
    if (slot instanceof Slot.Made<Instance> made) {
      made.thing().close();
    }
  }

  private Outcome outcome(Command command) throws IOException {
    try {
      return switch (command) {
        case Command.Module module -> module(module);
        case Command.ModuleDefinition definition -> definition(definition);
        case Command.ModuleInstance instance -> instance(instance);
        case Command.AssertRefused refused -> refused(refused);
        case Command.AssertUnlinkable unlinkable -> unlinkable(unlinkable);
        case Command.AssertUninstantiable uninstantiable -> uninstantiable(uninstantiable);
        case Command.AssertReturn returns -> returns(returns);
        case Command.AssertTrap trap -> traps(trap.action(), trap.reason());
        case Command.AssertExhaustion exhaustion -> traps(exhaustion.action(), "stack exhausted");
        case Command.Action action -> {
          call(action.action());
          yield new Outcome.Passed();
        }
        case Command.Register register -> {
          host.register(register.as(), find(register.instance()).get());
          yield new Outcome.Passed();
        }
        case Command.Unknown unknown ->
            new Outcome.Failed("the harness knows no command " + unknown.type());
      };
    } catch (Stopped stopped) {
      return stopped.outcome;
    } catch (TrapException e) {
      return new Outcome.Failed("trap: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      return new Outcome.Failed(e.toString());
    }
  }

  private Outcome module(Command.Module module) throws IOException {
    Slot<Instance> slot;
    try {
      Component component = read(module.wasm());
      Optional<String> validated = exclusions.validatesOnly(script.name());
      if (validated.isPresent()) {
        keep(module.name(), new Slot.Missing<>(new Outcome.OutOfScope(validated.get())));
        return new Outcome.Passed();
      }
      if (isCoreModule(script.bytes(module.wasm()))) {
        keep(module.name(), new Slot.Missing<>(CORE_ONLY));
        return new Outcome.Passed();
      }
      slot = new Slot.Made<>(start(component));
    } catch (Stopped stopped) {
      slot = new Slot.Missing<>(stopped.outcome);
    }
    return keep(module.name(), slot);
  }

  private Outcome definition(Command.ModuleDefinition definition) throws IOException {
    Slot<Component> slot;
    try {
      slot = new Slot.Made<>(read(definition.wasm()));
    } catch (Stopped stopped) {
      slot = new Slot.Missing<>(stopped.outcome);
    }
    latestDefinition = slot;
    if (definition.name() != null) {
      definitions.put(definition.name(), slot);
    }
    return slot.outcome();
  }

  private Outcome instance(Command.ModuleInstance command) {
    Slot<Instance> slot;
    try {
      String name = command.definition();
      Slot<Component> definition =
          name == null
              ? latestDefinition
              : definitions.getOrDefault(
                  name, new Slot.Missing<>(new Outcome.Failed("no component " + name)));
      slot = new Slot.Made<>(start(definition.get()));
    } catch (Stopped stopped) {
      slot = new Slot.Missing<>(stopped.outcome);
    }
    return keep(command.name(), slot);
  }

  private Outcome keep(@Nullable String name, Slot<Instance> slot) {
    if (!instances.containsValue(latestInstance)) {
      close(latestInstance);
    }
    latestInstance = slot;
    if (name != null) {
      instances.put(name, slot);
      if (slot instanceof Slot.Made<Instance> made) {
        host.register(name, made.thing());
      }
    }
    return slot.outcome();
  }

  private Slot<Instance> find(@Nullable String name) {
    return name == null
        ? latestInstance
        : instances.getOrDefault(
            name, new Slot.Missing<>(new Outcome.Failed("no instance " + name)));
  }

  private Component read(Command.Wasm wasm) throws IOException, Stopped {
    try {
      return Component.read(binary(wasm));
    } catch (InvalidComponentException e) {
      throw new Stopped(
          e.unsupportedFeature()
              .flatMap(exclusions::feature)
              .<Outcome>map(Outcome.OutOfScope::new)
              .orElseGet(() -> new Outcome.Failed("refused: " + e.getMessage())));
    }
  }

  private byte[] binary(Command.Wasm wasm) throws IOException, Stopped {
    if (!wasm.binary()) {
      throw new Stopped(new Outcome.OutOfScope("the text format is not read here"));
    }
    byte[] bytes = script.bytes(wasm);
    return isCoreModule(bytes) ? Wasm.component(Wasm.coreModule(bytes)) : bytes;
  }

  /** Core modules alone are validated as part of a component that does nothing with them. */
  private static boolean isCoreModule(byte[] bytes) {
    return bytes.length < 8 || (bytes[6] == 0 && bytes[7] == 0) || bytes[4] == 1;
  }

  private Instance start(Component component) throws Stopped {
    try {
      return link(component).instantiate(InstanceOptions.DEFAULT);
    } catch (LinkException | InvalidComponentException e) {
      throw new Stopped(new Outcome.Failed(e.toString()));
    } catch (TrapException e) {
      throw new Stopped(new Outcome.Failed("trap at instantiation: " + e.getMessage()));
    } catch (RuntimeException e) {
      throw new Stopped(new Outcome.Failed("at instantiation: " + e));
    }
  }

  private LinkedComponent link(Component component)
      throws LinkException, InvalidComponentException {
    return engine.link(component, host.linker());
  }

  private Outcome refused(Command.AssertRefused command) throws IOException, Stopped {
    try {
      Component.read(binary(command.wasm()));
      return new Outcome.Failed("accepted, although " + command.reason());
    } catch (InvalidComponentException e) {
      // A refusal of a feature proves nothing about a rule that concerns the feature.
      if (e.unsupportedFeature().isPresent() && !command.reason().matches(".*\\bfeature\\b.*")) {
        return exclusions
            .feature(e.unsupportedFeature().get())
            .<Outcome>map(Outcome.OutOfScope::new)
            .orElseGet(() -> new Outcome.Failed("refused for a feature: " + e.getMessage()));
      }
      return new Outcome.Passed();
    }
  }

  private Outcome unlinkable(Command.AssertUnlinkable command) throws IOException, Stopped {
    Component component = read(command.wasm());
    if (isCoreModule(script.bytes(command.wasm()))) {
      return CORE_ONLY;
    }
    try {
      link(component);
      return new Outcome.Failed("linked, although " + command.reason());
    } catch (LinkException e) {
      return new Outcome.Passed();
    } catch (InvalidComponentException e) {
      return new Outcome.Failed("refused: " + e.getMessage());
    }
  }

  private Outcome uninstantiable(Command.AssertUninstantiable command) throws IOException, Stopped {
    Component component = read(command.wasm());
    if (isCoreModule(script.bytes(command.wasm()))) {
      return CORE_ONLY;
    }
    try (Instance instance = link(component).instantiate(InstanceOptions.DEFAULT)) {
      return new Outcome.Failed("instantiated as " + instance + ": " + command.reason());
    } catch (TrapException e) {
      return trapped(command.reason(), e);
    } catch (LinkException | InvalidComponentException e) {
      return new Outcome.Failed(e.toString());
    }
  }

  private Outcome returns(Command.AssertReturn command) throws Stopped {
    ComponentFunction function = function(command.action());
    Object result = function.call(arguments(function.type(), command.action()));
    Optional<ValType> type = function.type().result();
    if (type.isPresent() != (command.expected().size() == 1)) {
      return new Outcome.Failed("the script expects " + command.expected());
    }
    Object expected =
        type.isPresent() ? ScriptValues.of(command.expected().getFirst(), type.get()) : null;
    return ComponentValues.same(result, expected)
        ? new Outcome.Passed()
        : new Outcome.Failed(
            ComponentValues.show(result) + " instead of " + ComponentValues.show(expected));
  }

  private Outcome traps(Invoke action, String reason) throws Stopped {
    ComponentFunction function = function(action);
    @Nullable Object[] arguments = arguments(function.type(), action);
    try {
      Object result = function.call(arguments);
      return new Outcome.Failed(
          "returned " + ComponentValues.show(result) + " instead of trapping: " + reason);
    } catch (TrapException e) {
      return trapped(reason, e);
    }
  }

  private static Outcome trapped(String reason, TrapException e) {
    return TrapWords.same(reason, e)
        ? new Outcome.Passed()
        : new Outcome.Failed("trapped with \"" + e.getMessage() + "\" instead of: " + reason);
  }

  private void call(Invoke action) throws Stopped {
    ComponentFunction function = function(action);
    function.call(arguments(function.type(), action));
  }

  private ComponentFunction function(Invoke action) throws Stopped {
    try {
      return find(action.instance()).get().function("", action.function());
    } catch (NoSuchElementException e) {
      throw new Stopped(new Outcome.Failed(e.toString()));
    }
  }

  private static @Nullable Object[] arguments(FuncType type, Invoke action) {
    List<JsonNode> values = action.arguments();
    if (values.size() != type.parameters().size()) {
      throw new IllegalArgumentException(
          "the script has " + values.size() + " arguments for " + type.parameters());
    }
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      arguments.add(ScriptValues.of(values.get(i), type.parameters().get(i).type()));
    }
    return arguments.toArray();
  }
}
