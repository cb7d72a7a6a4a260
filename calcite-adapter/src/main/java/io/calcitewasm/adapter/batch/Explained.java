package io.calcitewasm.adapter.batch;

/** How plans show calls. */
final class Explained {
  private Explained() {}

  /** {@code text.slugify($1) if IS NOT NULL($1)}. */
  static String call(GuardedCall call) {
    return call.guard() == null ? call.call().toString() : call.call() + " if " + call.guard();
  }
}
