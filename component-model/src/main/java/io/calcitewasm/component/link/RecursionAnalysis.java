package io.calcitewasm.component.link;

import io.calcitewasm.component.binary.core.CallGraph;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.Recursion;
import io.calcitewasm.component.binary.core.RecursionCap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds out which calls in a component's core modules can come back to their callers: directly, by
 * reference, through other core modules, or through the host, as where a destructor drops another
 * resource. All instances of a module are taken for one.
 */
final class RecursionAnalysis {
  /**
   * What a chain of calls may take of the stack of which none can come back. Compiled code stays
   * far below; where a chain is longer all calls are taken for such that can come back.
   */
  private static final long LONGEST_CHAIN = RecursionCap.STACK / 4;

  private final ComponentCode code;

  /** The node of each module's first function. */
  private final int[] first;

  /** The node that stands for all functions that a call by reference of a type can reach. */
  private final Map<CoreFuncType, Integer> types = new HashMap<>();

  private final int firstTrampoline;
  private final int[][] successors;

  /** What the frame of each node takes of the stack. */
  private final long[] costs;

  private RecursionAnalysis(ComponentCode code) {
    this.code = code;
    this.first = new int[code.graphs().size()];
    int nodes = 0;
    for (int module = 0; module < first.length; module++) {
      first[module] = nodes;
      nodes += code.graphs().get(module).functions().size();
    }
    for (CallGraph graph : code.graphs()) {
      for (CallGraph.Node function : graph.functions()) {
        if (function instanceof CallGraph.Defined defined) {
          for (CoreFuncType type : defined.indirect()) {
            if (types.putIfAbsent(type, nodes) == null) {
              nodes++;
            }
          }
        }
      }
    }
    this.firstTrampoline = nodes;
    nodes += code.plan().trampolines().size();
    this.successors = new int[nodes][];
    this.costs = new long[nodes];
    for (int module = 0; module < first.length; module++) {
      addFunctions(module);
    }
    types.forEach(
        (type, node) ->
            successors[node] = code.byReference(type).stream().mapToInt(this::node).toArray());
    for (int node = firstTrampoline; node < nodes; node++) {
      successors[node] =
          nodes(code.callees(code.plan().trampolines().get(node - firstTrampoline)).stream());
      costs[node] = RecursionCap.THROUGH_HOST;
    }
  }

  /** The recursion in each of a plan's modules, in their order. */
  static List<Recursion> of(ComponentCode code) {
    return new RecursionAnalysis(code).recursions();
  }

  private void addFunctions(int module) {
    List<CallGraph.Node> functions = code.graphs().get(module).functions();
    List<Integer> frames = frames(module);
    int imported = functions.size() - frames.size();
    for (int i = 0; i < functions.size(); i++) {
      int node = first[module] + i;
      switch (functions.get(i)) {
        case CallGraph.Imported function ->
            successors[node] =
                nodes(code.instances(module).stream().map(at -> code.source(at, function)));
        case CallGraph.Defined function -> {
          successors[node] =
              IntStream.concat(
                      function.callees().stream().mapToInt(callee -> first[module] + callee),
                      function.indirect().stream().mapToInt(types::get))
                  .toArray();
          costs[node] = RecursionCap.cost(frames.get(i - imported));
        }
      }
    }
  }

  private int node(ComponentCode.Function function) {
    return first[function.module()] + function.index();
  }

  private int[] nodes(Stream<CoreDef> functions) {
    return functions
        .mapToInt(
            def ->
                switch (def) {
                  case CoreDef.Export export -> node(code.function(export));
                  case CoreDef.Trampoline trampoline -> firstTrampoline + trampoline.number();
                })
        .distinct()
        .toArray();
  }

  private List<Recursion> recursions() {
    Cycles cycles = Cycles.of(successors);
    boolean all = longestChain(cycles) > LONGEST_CHAIN;
    int[] groups =
        IntStream.range(0, successors.length)
            .map(cycles::component)
            .map(group -> all ? 0 : cycles.cyclic(group) ? group : Recursion.NONE)
            .toArray();
    Map<CoreFuncType, Integer> typeGroups = new HashMap<>();
    types.forEach((type, node) -> typeGroups.put(type, groups[node]));
    int[] stacks = stacks(groups);
    List<Recursion> recursions = new ArrayList<>();
    for (int module = 0; module < first.length; module++) {
      int from = first[module];
      boolean[] throughHost = new boolean[functions(module) - frames(module).size()];
      for (int i = 0; i < throughHost.length; i++) {
        throughHost[i] =
            Arrays.stream(successors[from + i]).anyMatch(node -> node >= firstTrampoline);
      }
      recursions.add(
          new Recursion(
              Arrays.copyOfRange(groups, from, from + functions(module)),
              typeGroups,
              throughHost,
              stacks[module]));
    }
    return recursions;
  }

  /**
   * What an instance of each module gets of the stack. A quarter is divided evenly among the
   * instances that recur, the rest by how many of their functions do: a few that only pass calls on
   * leave nearly everything to the program.
   */
  private int[] stacks(int[] groups) {
    long[] recurring = new long[first.length];
    long instances = 0;
    long sum = 0;
    for (int module = 0; module < first.length; module++) {
      int end = first[module] + functions(module);
      recurring[module] =
          Arrays.stream(groups, end - frames(module).size(), end)
              .filter(group -> group != Recursion.NONE)
              .count();
      if (recurring[module] > 0) {
        int made = code.instances(module).size();
        instances += made;
        sum += made * recurring[module];
      }
    }
    int[] stacks = new int[first.length];
    int quarter = RecursionCap.STACK / 4;
    for (int module = 0; module < first.length; module++) {
      if (recurring[module] > 0) {
        stacks[module] = (int) (quarter / instances + 3L * quarter * recurring[module] / sum);
      }
    }
    return stacks;
  }

  /** How many functions a module has, imported ones included. */
  private int functions(int module) {
    return code.graphs().get(module).functions().size();
  }

  /** What the calls of a module's own functions hold. */
  private List<Integer> frames(int module) {
    return code.plan().modules().get(module).module().facts().frames();
  }

  /** The most of the stack that calls take of which none comes back. */
  private long longestChain(Cycles cycles) {
    long[] own = new long[cycles.components()];
    long[] behind = new long[cycles.components()];
    long longest = 0;
    for (int node : cycles.inOrder()) {
      int group = cycles.component(node);
      own[group] = Math.max(own[group], costs[node]);
      for (int successor : successors[node]) {
        int next = cycles.component(successor);
        if (next != group) {
          behind[group] = Math.max(behind[group], own[next] + behind[next]);
        }
      }
      longest = Math.max(longest, own[group] + behind[group]);
    }
    return longest;
  }
}
