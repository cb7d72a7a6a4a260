package io.calcitewasm.component.binary.core;

import java.util.Arrays;
import java.util.Map;

/**
 * Which calls in a core module can come back to the function that makes them. Functions that can
 * reach each other are a group, across all core modules of a component.
 */
public final class Recursion {
  /** The group of what cannot come back. */
  public static final int NONE = -1;

  private final int[] functions;
  private final Map<CoreFuncType, Integer> types;
  private final boolean[] throughHost;
  private final int stack;

  /**
   * The groups of one module.
   *
   * @param functions the group of each function or {@link #NONE}; imported ones come first
   * @param types the group to which calls by reference of a type can lead
   * @param throughHost for each imported function, whether calls of it pass through the host
   * @param stack what calls that can come back may take of the stack in an instance, as {@link
   *     RecursionCap#cost} counts
   */
  public Recursion(
      int[] functions, Map<CoreFuncType, Integer> types, boolean[] throughHost, int stack) {
    this.functions = functions.clone();
    this.types = Map.copyOf(types);
    this.throughHost = throughHost.clone();
    this.stack = stack;
  }

  /** Whether no function of the module can come back. */
  public boolean none() {
    return Arrays.stream(functions, throughHost.length, functions.length)
        .allMatch(group -> group == NONE);
  }

  /** What calls that can come back may take of the stack in an instance. */
  int stack() {
    return stack;
  }

  /** Whether a function, by its place among those with a body, is in a group. */
  boolean recurs(int body) {
    int function = throughHost.length + body;
    return function < functions.length && functions[function] != NONE;
  }

  /** Whether a call that a recurring body makes can come back to it. */
  boolean comesBack(int body, int callee) {
    return callee < functions.length && functions[callee] == group(body);
  }

  /** Whether a call by reference that a recurring body makes can come back to it. */
  boolean comesBack(int body, CoreFuncType type) {
    return types.getOrDefault(type, NONE) == group(body);
  }

  /** Whether a call of a function passes through the host. */
  boolean throughHost(int callee) {
    return callee < throughHost.length && throughHost[callee];
  }

  private int group(int body) {
    return functions[throughHost.length + body];
  }
}
