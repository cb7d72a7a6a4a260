package io.calcitewasm.component.link;

import java.util.Arrays;

/**
 * The strongly connected components of a graph, by Tarjan's algorithm without recursion. They are
 * numbered so that every edge leads to a component of the same or a smaller number.
 */
final class Cycles {
  private static final int OPEN = -1;

  private final int[][] successors;
  private final int[] component;
  private final boolean[] cyclic;
  private final int[] visit;
  private final int[] lowest;
  private final int[] open;
  private final int[] order;
  private int closed;
  private int opened;
  private int visits;
  private int components;

  private Cycles(int[][] successors) {
    int nodes = successors.length;
    this.successors = successors;
    this.component = new int[nodes];
    this.cyclic = new boolean[nodes];
    this.visit = new int[nodes];
    this.lowest = new int[nodes];
    this.open = new int[nodes];
    this.order = new int[nodes];
    Arrays.fill(component, OPEN);
    int[] path = new int[nodes];
    int[] next = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      if (visit[node] == 0) {
        walk(node, path, next);
      }
    }
  }

  /**
   * The components of a graph.
   *
   * @param successors for each node where the edges from it lead
   */
  static Cycles of(int[][] successors) {
    return new Cycles(successors);
  }

  /** How many components there are. */
  int components() {
    return components;
  }

  /** The component of a node. */
  int component(int node) {
    return component[node];
  }

  /** Whether a path leads from a component into itself. */
  boolean cyclic(int ofComponent) {
    return cyclic[ofComponent];
  }

  /** All nodes, by the numbers of their components. */
  int[] inOrder() {
    return order;
  }

  private void walk(int root, int[] path, int[] next) {
    int depth = 0;
    path[0] = root;
    enter(root);
    while (depth >= 0) {
      int node = path[depth];
      if (next[node] < successors[node].length) {
        int successor = successors[node][next[node]++];
        if (visit[successor] == 0) {
          path[++depth] = successor;
          enter(successor);
        } else if (component[successor] == OPEN) {
          lowest[node] = Math.min(lowest[node], visit[successor]);
        }
      } else {
        if (lowest[node] == visit[node]) {
          close(node);
        }
        if (--depth >= 0) {
          lowest[path[depth]] = Math.min(lowest[path[depth]], lowest[node]);
        }
      }
    }
  }

  private void enter(int node) {
    visits++;
    visit[node] = visits;
    lowest[node] = visits;
    open[opened++] = node;
  }

  private void close(int root) {
    boolean several = open[opened - 1] != root;
    int node;
    do {
      node = open[--opened];
      component[node] = components;
      order[closed++] = node;
    } while (node != root);
    cyclic[components] = several || Arrays.stream(successors[root]).anyMatch(s -> s == root);
    components++;
  }
}
