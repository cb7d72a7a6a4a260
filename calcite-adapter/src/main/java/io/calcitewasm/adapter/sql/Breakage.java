package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.View;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/**
 * What the switch of a module to another version would break, told before it happens: views that
 * need the module are validated with the new version.
 *
 * @param changes how the functions differ, a sentence each
 * @param broken views that would not work any more, those that read others first
 * @param reasons why, a sentence for each of them and for each view whose columns change their type
 */
record Breakage(List<String> changes, List<View> broken, List<String> reasons) {
  private static final int CHANGES_SHOWN = 5;

  /** What publishing a version would break. */
  static Breakage of(Namespace namespace, ModuleVersion after) {
    Snapshot now = namespace.modules().snapshot();
    Optional<ModuleVersion> before = now.module(after.name());
    if (before.isEmpty()) {
      return new Breakage(List.of(), List.of(), List.of());
    }
    Snapshot next = now.with(after);
    List<View> broken = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (View view :
        Dependents.all(namespace, references -> references.modules().contains(after.name()))) {
      RelDataType worked = rowType(namespace, view, now);
      if (worked == null) {
        continue;
      }
      try {
        String changed = changedColumns(worked, namespace.rowType(view, next));
        if (!changed.isEmpty()) {
          reasons.add("view " + view.name() + ": " + changed);
        }
      } catch (RuntimeException | AssertionError e) {
        broken.add(view);
        reasons.add("view " + view.name() + " would fail: " + sentence(e));
      }
    }
    return new Breakage(FunctionChanges.between(before.get(), after), broken, reasons);
  }

  /** The changes, the first few of many. */
  String shown() {
    int more = changes.size() - CHANGES_SHOWN;
    return changes.stream().limit(CHANGES_SHOWN).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static @Nullable RelDataType rowType(Namespace namespace, View view, Snapshot snapshot) {
    try {
      return namespace.rowType(view, snapshot);
    } catch (RuntimeException | AssertionError e) {
      return null; // It does not work now: nothing can break it.
    }
  }

  /** The innermost words: outer ones tell places in a text that the user has not written now. */
  private static String sentence(Throwable thrown) {
    Throwable link = thrown;
    while (link.getCause() != null && link.getCause().getMessage() != null) {
      link = link.getCause();
    }
    return String.valueOf(link.getMessage());
  }

  private static String changedColumns(RelDataType before, RelDataType after) {
    List<RelDataTypeField> fields = after.getFieldList();
    return before.getFieldList().stream()
        .filter(field -> !type(field).equals(type(fields.get(field.getIndex()))))
        .map(
            field ->
                "column "
                    + field.getName()
                    + " would be "
                    + type(fields.get(field.getIndex()))
                    + " instead of "
                    + type(field))
        .collect(Collectors.joining(", "));
  }

  private static String type(RelDataTypeField field) {
    return field.getType().getFullTypeString();
  }

  /**
   * Refuses where something would break.
   *
   * @param subject the module
   * @throws SqlError 2BP01 naming functions and views
   */
  void refuse(String subject) {
    if (!reasons.isEmpty()) {
      throw new SqlError(
          "2BP01",
          subject
              + " is needed by views, which the new version would break: "
              + String.join("; ", reasons)
              + (changes.isEmpty() ? "" : "; changes: " + shown())
              + "; with CASCADE those that fail are dropped");
    }
  }
}
