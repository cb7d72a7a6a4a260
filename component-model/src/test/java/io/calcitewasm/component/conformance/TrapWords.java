package io.calcitewasm.component.conformance;

import io.calcitewasm.component.TrapException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which of our words say the same as those of the scripts. Scripts quote the messages of one
 * runtime; a trap of another cause must not pass.
 */
final class TrapWords {
  private static final Map<String, Pattern> OURS = new LinkedHashMap<>();

  static {
    ours("unreachable", "unreachable");
    ours("integer divide by zero", "divide by zero");
    ours("integer overflow", "integer overflow");
    ours("out of bounds memory access", "out of bounds|engine failure");
    ours("undefined element", "undefined element|out of bounds");
    ours("uninitialized element", "uninitialized element");
    ours("indirect call type mismatch", "indirect call");
    ours("string content out-of-bounds", "string is out of bounds|a string of .* bytes is longer");
    ours("string pointer/length out of bounds", "out of bounds|a string of .* is longer");
    ours(
        "list content out-of-bounds",
        "list is out of bounds|a list of .* (is longer|takes more) than");
    ours("string pointer not aligned", "misaligned");
    ours("unaligned pointer", "misaligned|unaligned");
    ours("realloc return: beyond end of memory", "realloc.*out of bounds|out of bounds");
    ours("realloc return: result not aligned", "realloc.*misaligned|misaligned");
    ours("invalid utf-8", "not valid UTF-8");
    ours("incomplete utf-8 byte sequence", "not valid UTF-8");
    ours("invalid utf-16", "not valid UTF-16|surrogate");
    ours("invalid variant discriminant", "discriminant");
    ours("discriminant ", "discriminant");
    ours("invalid `char` bit pattern", "Unicode scalar value");
    ours("cannot leave component instance", "the component instance cannot be left");
    ours(
        "cannot enter component instance",
        "the component instance cannot be entered|unusable after an earlier trap");
    ours("unknown handle index", "no handle|handle");
    ours("handle index ", "handle");
    ours("cannot remove owned resource while borrowed", "lent|borrow");
    ours("borrow handles still remain at the end of the call", "borrow");
  }

  private TrapWords() {}

  private static void ours(String theirs, String pattern) {
    OURS.put(theirs, Pattern.compile(pattern));
  }

  /** Whether a trap is of the cause that a script names. */
  static boolean same(String theirs, TrapException trap) {
    String bare = theirs.replaceFirst("^wasm trap: ", "").replaceFirst("^wasm `(\\w+)`.*", "$1");
    String message = String.valueOf(trap.getMessage());
    return OURS.entrySet().stream()
        .filter(e -> bare.startsWith(e.getKey()))
        .findFirst()
        .map(e -> e.getValue().matcher(message).find())
        .orElseGet(() -> message.contains(bare));
  }
}
