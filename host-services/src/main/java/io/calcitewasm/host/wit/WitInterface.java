package io.calcitewasm.host.wit;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResourceType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An interface with its types resolved.
 *
 * @param name without version, e.g. {@code wasi:io/poll}
 * @param functions by their names in the binary format, e.g. {@code [method]pollable.ready}, in
 *     order of declaration; no type in them is a named type
 * @param resources every resource the interface defines, uses or gives a second name to, by its
 *     name there
 * @param defined the resources that the interface defines itself
 */
public record WitInterface(
    String name,
    Map<String, FuncType> functions,
    Map<String, ResourceType> resources,
    Map<String, ResourceType> defined) {
  public WitInterface {
    functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
    defined = Collections.unmodifiableMap(new LinkedHashMap<>(defined));
  }
}
