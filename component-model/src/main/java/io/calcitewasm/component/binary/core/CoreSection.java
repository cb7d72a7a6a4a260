package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.util.ArrayList;
import java.util.List;

/**
 * One section of a core module as it lies in the bytes (core specification, "Sections").
 *
 * @param id the section's kind, 0 for custom sections
 * @param start byte offset of the kind
 * @param content byte offset of the content
 * @param end byte offset behind the content
 */
record CoreSection(int id, int start, int content, int end) {
  static final int CUSTOM = 0;
  static final int TYPE = 1;
  static final int IMPORT = 2;
  static final int FUNCTION = 3;
  static final int TABLE = 4;
  static final int MEMORY = 5;
  static final int GLOBAL = 6;
  static final int EXPORT = 7;
  static final int START = 8;
  static final int ELEMENT = 9;
  static final int CODE = 10;
  static final int DATA = 11;
  static final int DATA_COUNT = 12;
  static final int TAG = 13;

  private static final int HEADER_LENGTH = 8;
  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

  /** The place of each section kind in a module, by kind. */
  private static final int[] ORDER = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

  /** The range as messages call it. */
  String words() {
    return words(id);
  }

  Cursor cursor(byte[] bytes) {
    return new Cursor(bytes, content, end, words());
  }

  /** Splits the core module in {@code bytes[start..end)}, and checks header and order. */
  static List<CoreSection> split(byte[] bytes, int start, int end)
      throws InvalidComponentException {
    Cursor in = new Cursor(bytes, start, end, "core module");
    header(in);
    List<CoreSection> sections = new ArrayList<>();
    int place = 0;
    while (in.remaining() > 0) {
      int at = in.position();
      int id = in.u8("a section");
      if (id >= ORDER.length) {
        throw in.invalid("there is no section of kind " + id + " in a core module", at);
      }
      if (id != CUSTOM) {
        if (ORDER[id] <= place) {
          throw in.invalid("the " + words(id) + " stands twice or out of order", at);
        }
        place = ORDER[id];
      }
      Cursor content = in.slice(in.u32("the size of the " + words(id)), words(id));
      sections.add(new CoreSection(id, at, content.position(), content.end()));
    }
    return sections;
  }

  private static void header(Cursor in) throws InvalidComponentException {
    int start = in.position();
    for (int i = 0; i < HEADER_LENGTH; i++) {
      if (in.u8("the header of a core module") != HEADER[i]) {
        throw in.invalid(
            i < 4
                ? "this core module does not start with \\0asm"
                : "this core module is not of version 1",
            start);
      }
    }
  }

  private static String words(int id) {
    return switch (id) {
      case CUSTOM -> "core module's custom section";
      case TYPE -> "core module's type section";
      case IMPORT -> "core module's import section";
      case FUNCTION -> "core module's function section";
      case TABLE -> "core module's table section";
      case MEMORY -> "core module's memory section";
      case GLOBAL -> "core module's global section";
      case EXPORT -> "core module's export section";
      case START -> "core module's start section";
      case ELEMENT -> "core module's element section";
      case CODE -> "core module's code section";
      case DATA -> "core module's data section";
      case DATA_COUNT -> "core module's data count section";
      default -> "core module's tag section";
    };
  }
}
