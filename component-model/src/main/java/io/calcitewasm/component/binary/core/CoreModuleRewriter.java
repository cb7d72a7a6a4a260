package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.io.ByteArrayOutputStream;
import java.util.OptionalLong;

/**
 * Makes changed copies of core modules. Every section that a change does not concern is copied byte
 * for byte, custom sections included.
 */
public final class CoreModuleRewriter {
  private CoreModuleRewriter() {}

  /**
   * A copy whose own memories cannot grow beyond {@code maxPages} pages of 64 KiB: their maximum
   * becomes the smaller of what the module says and of {@code maxPages}, but never less than their
   * minimum. Imported memories are capped where they are defined.
   *
   * @throws InvalidComponentException if the module's sections are malformed
   */
  public static byte[] capMemory(byte[] module, long maxPages) throws InvalidComponentException {
    return rewrite(
        module,
        CoreSection.MEMORY,
        (in, out) -> {
          int count = in.count("memories");
          unsigned(out, count);
          for (int i = 0; i < count; i++) {
            limits(out, capped(CoreTypes.memoryType(in).limits(), maxPages));
          }
        });
  }

  /**
   * A copy whose own tables cannot grow beyond {@code maxEntries} entries, nor beyond their own
   * maximum; never less than their minimum.
   *
   * @throws InvalidComponentException if the module's sections are malformed
   */
  public static byte[] capTables(byte[] module, long maxEntries) throws InvalidComponentException {
    return rewrite(
        module,
        CoreSection.TABLE,
        (in, out) -> {
          int count = in.count("tables");
          unsigned(out, count);
          for (int i = 0; i < count; i++) {
            boolean initialised = in.peek("a table") == 0x40;
            if (initialised) {
              in.skip(2, "a table");
              out.write(0x40);
              out.write(0x00);
            }
            CoreExternType.Table table = CoreTypes.tableType(in);
            out.write(table.element().opcode());
            limits(out, capped(table.limits(), maxEntries));
            if (initialised) {
              int start = in.position();
              Instructions.expression(in, Integer.MAX_VALUE);
              out.write(module, start, in.position() - start);
            }
          }
        });
  }

  /** Writes the new content of a section from the old one. */
  private interface SectionChange {
    void apply(Cursor in, ByteArrayOutputStream out) throws InvalidComponentException;
  }

  private static byte[] rewrite(byte[] module, int sectionId, SectionChange change)
      throws InvalidComponentException {
    for (CoreSection section : CoreSection.split(module, 0, module.length)) {
      if (section.id() == sectionId) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Cursor in = section.cursor(module);
        change.apply(in, content);
        in.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(module.length + 16);
        out.write(module, 0, section.start());
        out.write(sectionId);
        unsigned(out, content.size());
        out.writeBytes(content.toByteArray());
        out.write(module, section.end(), module.length - section.end());
        return out.toByteArray();
      }
    }
    return module.clone();
  }

  private static CoreExternType.Limits capped(CoreExternType.Limits limits, long most) {
    long maximum = Math.min(limits.maximum().orElse(Long.MAX_VALUE), most);
    return new CoreExternType.Limits(
        limits.minimum(), OptionalLong.of(Math.max(limits.minimum(), maximum)));
  }

  private static void limits(ByteArrayOutputStream out, CoreExternType.Limits limits) {
    out.write(limits.maximum().isPresent() ? 1 : 0);
    unsigned(out, limits.minimum());
    if (limits.maximum().isPresent()) {
      unsigned(out, limits.maximum().getAsLong());
    }
  }

  /** LEB128. */
  static void unsigned(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
