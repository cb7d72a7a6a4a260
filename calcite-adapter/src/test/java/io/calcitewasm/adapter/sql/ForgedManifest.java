package io.calcitewasm.adapter.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Components whose manifests say what an attacker wants. */
final class ForgedManifest {
  private static final int PREAMBLE = 8;
  private static final String SECTION = "calcite-manifest";

  private ForgedManifest() {}

  /** The component with these manifests, in this order, in the place of its own. */
  static byte[] in(byte[] component, byte[]... manifests) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(component, 0, PREAMBLE);
    for (byte[] manifest : manifests) {
      head(out, manifest.length);
      out.writeBytes(manifest);
    }
    out.writeBytes(rest(component));
    return out.toByteArray();
  }

  /** The beginning of a component up to the first byte of its manifest of so many bytes. */
  static byte[] beginning(byte[] component, int bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(component, 0, PREAMBLE);
    head(out, bytes);
    return out.toByteArray();
  }

  private static void head(ByteArrayOutputStream out, int bytes) {
    out.write(0);
    leb(out, 1 + SECTION.length() + bytes);
    leb(out, SECTION.length());
    out.writeBytes(SECTION.getBytes(UTF_8));
  }

  /** All sections of a component but its manifest. */
  static byte[] rest(byte[] component) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = PREAMBLE;
    while (at < component.length) {
      int[] cursor = {at + 1};
      int size = leb(component, cursor);
      int end = cursor[0] + size;
      if (!isManifest(component, at, cursor[0])) {
        out.write(component, at, end - at);
      }
      at = end;
    }
    return out.toByteArray();
  }

  static byte[] in(byte[] component, String manifest) {
    return in(component, manifest.getBytes(UTF_8));
  }

  /** A component with one more custom section at its end. */
  static byte[] section(byte[] component, String name, byte[] content) {
    ByteArrayOutputStream section = new ByteArrayOutputStream();
    byte[] title = name.getBytes(UTF_8);
    leb(section, title.length);
    section.writeBytes(title);
    section.writeBytes(content);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(component);
    out.write(0);
    leb(out, section.size());
    out.writeBytes(section.toByteArray());
    return out.toByteArray();
  }

  private static boolean isManifest(byte[] component, int section, int content) {
    int[] cursor = {content};
    return component[section] == 0
        && leb(component, cursor) == SECTION.length()
        && new String(component, cursor[0], SECTION.length(), UTF_8).equals(SECTION);
  }

  private static void leb(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  private static int leb(byte[] bytes, int[] cursor) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[cursor[0]++];
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
