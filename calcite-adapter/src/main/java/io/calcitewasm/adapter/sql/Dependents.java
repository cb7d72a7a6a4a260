package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.Store;
import io.calcitewasm.adapter.catalogue.View;
import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Views that need something. */
final class Dependents {
  private Dependents() {}

  /** The views that refer to something themselves. */
  static List<View> direct(Namespace namespace, Predicate<References> what) {
    return namespace.views().stream().filter(view -> what.test(References.of(view))).toList();
  }

  /** The views that refer to something themselves or by way of other views; dependents first. */
  static List<View> all(Namespace namespace, Predicate<References> what) {
    List<View> all = new ArrayList<>();
    for (View view : direct(namespace, what)) {
      for (View dependent : all(namespace, references -> reads(references, view.name()))) {
        if (!all.contains(dependent)) {
          all.add(dependent);
        }
      }
      if (!all.contains(view)) {
        all.add(view);
      }
    }
    return all;
  }

  /**
   * Refuses when a view refers to something.
   *
   * @param subject the thing, for the message
   * @throws SqlError 2BP01 naming the views
   */
  static void refuse(Namespace namespace, String subject, Predicate<References> what) {
    refuse(namespace, subject, what, "");
  }

  /** Refuses, and says what else may be done. */
  static void refuse(
      Namespace namespace, String subject, Predicate<References> what, String instead) {
    List<View> views = direct(namespace, what);
    if (!views.isEmpty()) {
      throw new SqlError(
          "2BP01",
          subject
              + " is needed by "
              + (views.size() == 1 ? "view " : "views ")
              + String.join(", ", views.stream().map(View::name).toList())
              + ": drop "
              + (views.size() == 1 ? "it" : "them")
              + " first"
              + instead);
    }
  }

  /** Whether a table or view of the user is read. */
  static boolean reads(References references, String name) {
    return references.tables().stream().anyMatch(table -> table.is(Store.USER_SCHEMA, name));
  }
}
