package io.calcitewasm.udf.module;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.CustomSection;
import io.calcitewasm.policy.Manifest;
import java.util.List;

/** A component's manifest: its custom section {@value Manifest#SECTION}. */
public final class ComponentManifest {
  private ComponentManifest() {}

  /**
   * What the component says of itself, by {@link Manifest#read}; without a manifest what its
   * exports let {@linkplain Manifest#inferred infer}.
   *
   * @throws io.calcitewasm.policy.PolicyException WM001 if the manifest makes no sense
   */
  public static Manifest of(Component component) {
    return Manifest.read(
        contents(component, true), contents(component, false), component.exports().keySet());
  }

  private static List<byte[]> contents(Component component, boolean topLevel) {
    return component.customSections().stream()
        .filter(
            section -> section.name().equals(Manifest.SECTION) && section.topLevel() == topLevel)
        .map(CustomSection::content)
        .toList();
  }
}
