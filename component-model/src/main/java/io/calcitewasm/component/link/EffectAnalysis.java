package io.calcitewasm.component.link;

import io.calcitewasm.component.binary.core.CallGraph;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.effect.Effect;
import io.calcitewasm.component.effect.Effects;
import io.calcitewasm.component.model.FuncType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out what calls of a component's functions can change, by looking at all code that they
 * reach. An indirect call reaches every function of its type that any core module takes a reference
 * of, because tables can be shared.
 */
final class EffectAnalysis {
  private final ComponentCode code;
  private final Map<Def.LiftedFunc, Effects> known = new ConcurrentHashMap<>();

  EffectAnalysis(ComponentCode code) {
    this.code = code;
  }

  /** What a call of a function can change. */
  Effects of(Def.Func function) {
    return switch (function) {
      case Def.HostFunc host ->
          new Effects(Set.of(Effect.HOST), new TreeSet<>(Set.of(host.name())));
      case Def.LiftedFunc lifted -> known.computeIfAbsent(lifted, f -> new Search().effects(f));
    };
  }

  /** A function of a core instance, by its index there. */
  private record CoreFunc(int coreInstance, int function) {}

  /** One walk over everything that a function reaches. */
  private final class Search {
    private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
    private final Set<String> hostFunctions = new TreeSet<>();
    private final Set<Object> seen = new HashSet<>();
    private final Deque<CoreFunc> open = new ArrayDeque<>();

    Effects effects(Def.LiftedFunc function) {
      lifted(function);
      while (!open.isEmpty()) {
        CoreFunc next = open.pop();
        function(next.coreInstance, code.graph(next.coreInstance).functions(), next.function);
      }
      return new Effects(effects, new TreeSet<>(hostFunctions));
    }

    private void function(int coreInstance, List<CallGraph.Node> functions, int index) {
      switch (functions.get(index)) {
        case CallGraph.Imported imported -> reach(code.source(coreInstance, imported));
        case CallGraph.Defined defined -> {
          effects.addAll(defined.effects());
          defined.callees().forEach(callee -> reach(new CoreFunc(coreInstance, callee)));
          for (CoreFuncType type : defined.indirect()) {
            if (seen.add(type)) {
              code.byReference(type).forEach(this::reach);
            }
          }
        }
      }
    }

    private void reach(CoreFunc function) {
      if (seen.add(function)) {
        open.push(function);
      }
    }

    private void reach(ComponentCode.Function function) {
      code.instances(function.module()).forEach(i -> reach(new CoreFunc(i, function.index())));
    }

    private void reach(CoreDef def) {
      switch (def) {
        case CoreDef.Export export ->
            reach(new CoreFunc(export.coreInstance(), code.function(export).index()));
        case CoreDef.Trampoline trampoline -> {
          if (seen.add(trampoline)) {
            trampoline(code.trampoline(trampoline));
          }
        }
      }
    }

    private void trampoline(LinkPlan.Trampoline trampoline) {
      code.callees(trampoline).forEach(this::reach);
      switch (trampoline) {
        case LinkPlan.Lower lower -> {
          crossing(lower.target().type());
          if (lower.options().memory() != null) {
            effects.add(Effect.MEMORY);
          }
          switch (lower.target()) {
            case Def.HostFunc host -> {
              effects.add(Effect.HOST);
              hostFunctions.add(host.name());
            }
            case Def.LiftedFunc lifted -> lifted(lifted);
          }
        }
        case LinkPlan.ResourceNew resource -> effects.add(Effect.HANDLES);
        case LinkPlan.ResourceRep resource -> {}
        case LinkPlan.ResourceDrop resource -> {
          effects.add(Effect.HANDLES);
          if (code.plan().resources().get(resource.type()) instanceof LinkPlan.HostResource) {
            effects.add(Effect.HOST);
          }
        }
      }
    }

    private void lifted(Def.LiftedFunc function) {
      if (!seen.add(function)) {
        return;
      }
      crossing(function.type());
      code.callees(function).forEach(this::reach);
      if (code.allocates(function)) {
        effects.add(Effect.MEMORY);
      }
    }

    private void crossing(FuncType type) {
      boolean handles =
          type.parameters().stream().anyMatch(p -> CrossingTypes.holdsHandles(p.type()))
              || type.result().filter(CrossingTypes::holdsHandles).isPresent();
      if (handles) {
        effects.add(Effect.HANDLES);
      }
    }
  }
}
