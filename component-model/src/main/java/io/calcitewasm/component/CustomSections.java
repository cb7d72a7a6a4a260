package io.calcitewasm.component;

import io.calcitewasm.component.binary.Definition;
import io.calcitewasm.component.binary.ParsedComponent;
import io.calcitewasm.component.binary.core.CoreModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Collects the custom sections of a file. */
final class CustomSections {
  private final byte[] bytes;
  private final Map<Definition.CoreModule, CoreModule> coreModules;
  private final List<CustomSection> topLevel = new ArrayList<>();
  private final List<CustomSection> nested = new ArrayList<>();

  private CustomSections(byte[] bytes, Map<Definition.CoreModule, CoreModule> coreModules) {
    this.bytes = bytes;
    this.coreModules = coreModules;
  }

  /** Top level first, then nested, each in the order of the file. */
  static List<CustomSection> of(
      byte[] bytes, ParsedComponent root, Map<Definition.CoreModule, CoreModule> coreModules) {
    CustomSections sections = new CustomSections(bytes, coreModules);
    sections.collect(root, true);
    sections.topLevel.addAll(sections.nested);
    return List.copyOf(sections.topLevel);
  }

  private void collect(ParsedComponent component, boolean isRoot) {
    for (Definition definition : component.definitions()) {
      switch (definition) {
        case Definition.Custom custom ->
            (isRoot ? topLevel : nested)
                .add(section(custom.name(), custom.offset(), custom.start(), custom.end(), isRoot));
        case Definition.NestedComponent child -> collect(child.component(), false);
        case Definition.CoreModule module -> {
          CoreModule read = coreModules.get(module);
          if (read != null) {
            for (CoreModule.Custom custom : read.customSections()) {
              nested.add(
                  section(custom.name(), custom.offset(), custom.start(), custom.end(), false));
            }
          }
        }
        default -> {}
      }
    }
  }

  private CustomSection section(String name, int offset, int start, int end, boolean isTopLevel) {
    return new CustomSection(name, Arrays.copyOfRange(bytes, start, end), isTopLevel, offset);
  }
}
