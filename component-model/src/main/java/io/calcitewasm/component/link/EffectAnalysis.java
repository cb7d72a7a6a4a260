package io.calcitewasm.component.link;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.core.CallGraph;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.effect.Effect;
import io.calcitewasm.component.effect.Effects;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResourceType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what calls of a component's functions can change, by looking at all code that they
 * reach. An indirect call reaches every function of its type that any core module takes a reference
 * of, because tables can be shared.
 */
final class EffectAnalysis {
  private final LinkPlan plan;
  private final Map<Def.LiftedFunc, Effects> known = new ConcurrentHashMap<>();
  private @Nullable Code code;

  EffectAnalysis(LinkPlan plan) {
    this.plan = plan;
  }

  /** What a call of a function can change. */
  Effects of(Def.Func function) {
    return switch (function) {
      case Def.HostFunc host ->
          new Effects(Set.of(Effect.HOST), new TreeSet<>(Set.of(host.name())));
      case Def.LiftedFunc lifted ->
          known.computeIfAbsent(lifted, f -> new Search(code()).effects(f));
    };
  }

  private synchronized Code code() {
    Code read = code;
    if (read == null) {
      read = new Code(plan);
      code = read;
    }
    return read;
  }

  /** A function of a core instance, by its index there. */
  private record CoreFunc(int coreInstance, int function) {}

  /** The code of all core instances. */
  private static final class Code {
    private final List<CallGraph> graphs = new ArrayList<>();
    private final Map<CoreFuncType, List<CoreFunc>> byReference = new HashMap<>();

    Code(LinkPlan plan) {
      Map<Integer, CallGraph> ofModules = new HashMap<>();
      for (LinkPlan.Instantiation step : plan.instantiations()) {
        CallGraph graph =
            ofModules.computeIfAbsent(step.module(), m -> read(plan.modules().get(m).module()));
        for (int function : graph.referable()) {
          byReference
              .computeIfAbsent(graph.functions().get(function).type(), t -> new ArrayList<>())
              .add(new CoreFunc(graphs.size(), function));
        }
        graphs.add(graph);
      }
    }

    private static CallGraph read(LinkedModule module) {
      try {
        return CallGraph.of(module.bytes());
      } catch (InvalidComponentException e) {
        throw new IllegalStateException("validation let a malformed module pass", e);
      }
    }
  }

  /** One walk over everything that a function reaches. */
  private final class Search {
    private final Code code;
    private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
    private final Set<String> hostFunctions = new TreeSet<>();
    private final Set<Object> seen = new HashSet<>();
    private final Deque<CoreFunc> open = new ArrayDeque<>();

    Search(Code code) {
      this.code = code;
    }

    Effects effects(Def.LiftedFunc function) {
      lifted(function);
      while (!open.isEmpty()) {
        CoreFunc next = open.pop();
        function(next.coreInstance, code.graphs.get(next.coreInstance).functions(), next.function);
      }
      return new Effects(effects, new TreeSet<>(hostFunctions));
    }

    private void function(int coreInstance, List<CallGraph.Node> functions, int index) {
      switch (functions.get(index)) {
        case CallGraph.Imported imported -> {
          CoreDef.Instance from =
              plan.instantiations().get(coreInstance).arguments().get(imported.module());
          if (from == null) {
            throw new IllegalStateException("validation let a missing argument pass: " + imported);
          }
          reach(from.export(imported.name()));
        }
        case CallGraph.Defined defined -> {
          effects.addAll(defined.effects());
          defined.callees().forEach(callee -> reach(new CoreFunc(coreInstance, callee)));
          for (CoreFuncType type : defined.indirect()) {
            if (seen.add(type)) {
              code.byReference.getOrDefault(type, List.of()).forEach(this::reach);
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

    private void reach(@Nullable CoreDef def) {
      switch (def) {
        case CoreDef.Export export -> {
          CallGraph graph = code.graphs.get(export.coreInstance());
          Integer function = graph.exports().get(export.name());
          if (function == null) {
            throw new IllegalStateException("validation let a missing export pass: " + export);
          }
          reach(new CoreFunc(export.coreInstance(), function));
        }
        case CoreDef.Trampoline trampoline -> {
          if (seen.add(trampoline)) {
            trampoline(plan.trampolines().get(trampoline.number()));
          }
        }
        case null -> {}
      }
    }

    private void trampoline(LinkPlan.Trampoline trampoline) {
      switch (trampoline) {
        case LinkPlan.Lower lower -> {
          crossing(lower.target().type());
          if (lower.options().memory() != null) {
            effects.add(Effect.MEMORY);
          }
          reach(lower.options().realloc());
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
          dropped(resource.type());
        }
      }
    }

    private void dropped(ResourceType type) {
      switch (plan.resources().get(type)) {
        case LinkPlan.HostResource host -> effects.add(Effect.HOST);
        case LinkPlan.GuestResource guest -> reach(guest.destructor());
        case null -> throw new IllegalStateException("nobody implements " + type);
      }
    }

    private void lifted(Def.LiftedFunc function) {
      if (!seen.add(function)) {
        return;
      }
      LinkPlan.Lift lift = plan.lifts().get(function.number());
      crossing(function.type());
      reach(lift.callee());
      reach(lift.options().postReturn());
      boolean allocates =
          lift.signature().parametersSpilled()
              || function.type().parameters().stream()
                  .anyMatch(p -> CrossingTypes.holdsContent(p.type()));
      if (allocates) {
        effects.add(Effect.MEMORY);
        reach(lift.options().realloc());
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
