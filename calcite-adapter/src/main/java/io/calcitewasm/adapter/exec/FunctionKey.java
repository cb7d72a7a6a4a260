package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;

/**
 * Names one function of one module as a string that generated code can hold: module, WIT interface
 * and WIT name, which are unique within a component.
 */
public record FunctionKey(String module, String interfaceName, String witName) {
  private static final String SEPARATOR = "|";

  /** The key of a function. */
  public static FunctionKey of(SqlFunction function) {
    return new FunctionKey(function.module(), function.interfaceName(), function.witName());
  }

  /** Reads what {@link #toString()} wrote. */
  static FunctionKey parse(String text) {
    List<String> parts = List.of(text.split("\\|", -1));
    if (parts.size() != 3) {
      throw new IllegalArgumentException("not a function key: " + text);
    }
    return new FunctionKey(parts.get(0), parts.get(1), parts.get(2));
  }

  boolean matches(SqlFunction function) {
    return function.interfaceName().equals(interfaceName) && function.witName().equals(witName);
  }

  @Override
  public String toString() {
    return String.join(SEPARATOR, module, interfaceName, witName);
  }
}
