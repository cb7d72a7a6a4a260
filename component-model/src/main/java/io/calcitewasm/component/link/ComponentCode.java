package io.calcitewasm.component.link;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.core.CallGraph;
import io.calcitewasm.component.binary.core.CoreFuncType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who calls whom in a component: in its core modules, and across what stands between them. */
final class ComponentCode {
  private final LinkPlan plan;
  private final List<CallGraph> graphs = new ArrayList<>();
  private final List<List<Integer>> instances = new ArrayList<>();
  private final Map<CoreFuncType, List<Function>> byReference = new HashMap<>();

  /** A function of a core module, by the module's number in the plan and its index there. */
  record Function(int module, int index) {}

  ComponentCode(LinkPlan plan) {
    this.plan = plan;
    for (Def.Module module : plan.modules()) {
      try {
        graphs.add(CallGraph.of(module.module().bytes()));
      } catch (InvalidComponentException e) {
        throw new IllegalStateException("validation let a malformed module pass", e);
      }
      instances.add(new ArrayList<>());
    }
    for (int i = 0; i < plan.instantiations().size(); i++) {
      instances.get(plan.instantiations().get(i).module()).add(i);
    }
    for (int i = 0; i < graphs.size(); i++) {
      for (int function : graphs.get(i).referable()) {
        byReference
            .computeIfAbsent(graphs.get(i).functions().get(function).type(), t -> new ArrayList<>())
            .add(new Function(i, function));
      }
    }
  }

  LinkPlan plan() {
    return plan;
  }

  /** The functions of each of the plan's modules. */
  List<CallGraph> graphs() {
    return graphs;
  }

  /** The functions of a core instance. */
  CallGraph graph(int coreInstance) {
    return graphs.get(plan.instantiations().get(coreInstance).module());
  }

  /** The instances of a module. */
  List<Integer> instances(int module) {
    return instances.get(module);
  }

  /** The functions that a call by reference of a type can reach: tables can be shared. */
  List<Function> byReference(CoreFuncType type) {
    return byReference.getOrDefault(type, List.of());
  }

  /** What a core instance imports. */
  CoreDef source(int coreInstance, CallGraph.Imported imported) {
    CoreDef.Instance from =
        plan.instantiations().get(coreInstance).arguments().get(imported.module());
    if (from == null) {
      throw new IllegalStateException("validation let a missing argument pass: " + imported);
    }
    return from.export(imported.name());
  }

  /** An exported function. */
  Function function(CoreDef.Export export) {
    Integer function = graph(export.coreInstance()).exports().get(export.name());
    if (function == null) {
      throw new IllegalStateException("validation let a missing export pass: " + export);
    }
    return new Function(plan.instantiations().get(export.coreInstance()).module(), function);
  }

  LinkPlan.Trampoline trampoline(CoreDef.Trampoline trampoline) {
    return plan.trampolines().get(trampoline.number());
  }

  /** The core functions that a function of the runtime's calls. */
  List<CoreDef> callees(LinkPlan.Trampoline trampoline) {
    return switch (trampoline) {
      case LinkPlan.Lower lower ->
          Stream.concat(
                  present(lower.options().realloc()),
                  lower.target() instanceof Def.LiftedFunc lifted
                      ? callees(lifted).stream()
                      : Stream.empty())
              .toList();
      case LinkPlan.ResourceNew resource -> List.of();
      case LinkPlan.ResourceRep resource -> List.of();
      case LinkPlan.ResourceDrop resource ->
          plan.resources().get(resource.type()) instanceof LinkPlan.GuestResource guest
              ? present(guest.destructor()).toList()
              : List.of();
    };
  }

  /** The core functions that a call of a lifted function calls. */
  List<CoreDef> callees(Def.LiftedFunc function) {
    LinkPlan.Lift lift = plan.lifts().get(function.number());
    return Stream.of(
            Stream.of(lift.callee()),
            present(lift.options().postReturn()),
            allocates(function) ? present(lift.options().realloc()) : Stream.<CoreDef>empty())
        .flatMap(defs -> defs)
        .toList();
  }

  /** Whether arguments of a lifted function are put into memory that it allocates. */
  boolean allocates(Def.LiftedFunc function) {
    return plan.lifts().get(function.number()).signature().parametersSpilled()
        || function.type().parameters().stream()
            .anyMatch(p -> CrossingTypes.holdsContent(p.type()));
  }

  private static Stream<CoreDef> present(@Nullable CoreDef def) {
    return Stream.ofNullable(def);
  }
}
