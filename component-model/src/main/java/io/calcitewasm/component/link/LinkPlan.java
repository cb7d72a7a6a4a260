package io.calcitewasm.component.link;

import io.calcitewasm.component.abi.AbiSignature;
import io.calcitewasm.component.binary.CanonOptions.StringEncoding;
import io.calcitewasm.component.model.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A component instantiated symbolically. Everything that one instance shares with the next is here;
 * numbers index what an instance has of its own.
 *
 * @param parents for each component instance the number of the one around it, −1 for the root
 * @param modules the distinct core modules, by their place in the file
 * @param instantiations the core instantiations in order
 * @param trampolines core functions of the runtime's
 * @param lifts lifted functions
 * @param resources who implements each resource type
 * @param exports the root's exports
 */
record LinkPlan(
    List<Integer> parents,
    List<Def.Module> modules,
    List<Instantiation> instantiations,
    List<Trampoline> trampolines,
    List<Lift> lifts,
    Map<ResourceType, ResourceImplementation> resources,
    Map<String, Def> exports) {

  /** One core module instantiation; the module by its number, arguments by import module name. */
  record Instantiation(int module, Map<String, CoreDef.Instance> arguments) {}

  /** Canonical options before they are bound to an instance. */
  record Options(
      StringEncoding encoding,
      @Nullable CoreDef memory,
      @Nullable CoreDef realloc,
      @Nullable CoreDef postReturn) {}

  /**
   * {@code canon lift}.
   *
   * @param name what messages call the function unless the caller knows better
   */
  record Lift(
      int number,
      String name,
      int componentInstance,
      CoreDef callee,
      Options options,
      AbiSignature signature) {}

  /** A core function made by a canonical definition, for one component instance. */
  sealed interface Trampoline {
    /** The instance whose core code calls it. */
    int componentInstance();
  }

  /** {@code canon lower}. */
  record Lower(int componentInstance, Def.Func target, Options options, AbiSignature signature)
      implements Trampoline {}

  /** {@code canon resource.new}. */
  record ResourceNew(int componentInstance, ResourceType type) implements Trampoline {}

  /** {@code canon resource.drop}. */
  record ResourceDrop(int componentInstance, ResourceType type) implements Trampoline {}

  /** {@code canon resource.rep}. */
  record ResourceRep(int componentInstance, ResourceType type) implements Trampoline {}

  /** Who implements a resource type. */
  sealed interface ResourceImplementation {}

  /** The host; {@code drop} is told of each owned handle that is dropped. */
  record HostResource(Consumer<Object> drop) implements ResourceImplementation {}

  /** A component instance, with the destructor it gave. */
  record GuestResource(int componentInstance, @Nullable CoreDef destructor)
      implements ResourceImplementation {}
}
