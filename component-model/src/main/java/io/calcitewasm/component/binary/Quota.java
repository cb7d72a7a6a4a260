package io.calcitewasm.component.binary;

import io.calcitewasm.component.Caps;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.core.Cursor;

/** What one file has used of its caps while it is being read. */
final class Quota {
  /** Elements of vectors in one file; a file of the largest size can hold many more. */
  private static final int MOST_ITEMS = 1_000_000;

  private final Caps caps;
  private int items;
  private int types;
  private int coreModules;
  private int depth;

  Quota(Caps caps) {
    this.caps = caps;
  }

  /** Counts the elements of one vector. */
  int items(Cursor in, String what) throws InvalidComponentException {
    int at = in.position();
    int count = in.count(what);
    items += count;
    if (items > MOST_ITEMS) {
      throw in.invalid("the component has more than " + MOST_ITEMS + " definitions", at);
    }
    return count;
  }

  /** Counts one type. */
  void type(Cursor in) throws InvalidComponentException {
    if (++types > caps.types()) {
      throw in.invalid("the component has more than " + caps.types() + " types", in.position());
    }
  }

  /** Counts one core module. */
  void coreModule(Cursor in) throws InvalidComponentException {
    if (++coreModules > caps.coreModules()) {
      throw in.invalid(
          "the component has more than " + caps.coreModules() + " core modules", in.position());
    }
  }

  /** Enters a component or type inside another; {@link #leave} ends it. */
  void enter(Cursor in, String what) throws InvalidComponentException {
    if (++depth > caps.nesting()) {
      throw in.invalid(what + " are nested deeper than " + caps.nesting(), in.position());
    }
  }

  void leave() {
    depth--;
  }
}
