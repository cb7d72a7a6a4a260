package io.calcitewasm.udf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Component binaries made by hand (Binary.md), for what no toolchain makes on request. */
public final class Binaries {
  private static final byte[] PREAMBLE = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};
  private static final int CUSTOM = 0;
  private static final int CORE_MODULE = 1;
  private static final int CORE_INSTANCE = 2;
  private static final int ALIAS = 6;
  private static final int TYPE = 7;
  private static final int CANON = 8;
  private static final int IMPORT = 10;
  private static final int EXPORT = 11;
  private static final int VALUE_S32 = 0x7a;
  private static final int VALUE_STRING = 0x73;

  private Binaries() {}

  /** A component of nothing but {@code calcite-manifest} sections. */
  public static byte[] withManifests(String... manifests) {
    return withManifests(PREAMBLE, List.of(manifests));
  }

  /** The component with a {@code calcite-manifest} section after its preamble. */
  public static byte[] withManifest(byte[] component, String manifest) {
    return withManifests(component, List.of(manifest));
  }

  /** A component that imports {@code run: func()} of each interface. */
  public static byte[] importing(String... interfaces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PREAMBLE);
    // (type (instance (type (func)) (export "run" (func (type 0)))))
    byte[] type = {1, 0x42, 2, 0x01, 0x40, 0, 0x01, 0, 0x04, 0, 3, 'r', 'u', 'n', 0x01, 0};
    section(out, TYPE, type);
    for (String name : interfaces) {
      imported(out, name, 0);
    }
    return out.toByteArray();
  }

  /** A component that imports the contract's types with a {@code date} of a field of that type. */
  public static byte[] importingDate(String version, boolean asText) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PREAMBLE);
    int field = asText ? VALUE_STRING : VALUE_S32;
    // (type (instance (type (record (field "days" …))) (export "date" (type (eq 0)))))
    byte[] type = {
      1,
      0x42,
      2,
      0x01,
      0x72,
      1,
      4,
      'd',
      'a',
      'y',
      's',
      (byte) field,
      0x04,
      0,
      4,
      'd',
      'a',
      't',
      'e',
      0x03,
      0,
      0
    };
    section(out, TYPE, type);
    imported(out, "calcite:extension/types@" + version, 0);
    return out.toByteArray();
  }

  /** A component whose core module never finishes its start function; it exports {@code go}. */
  public static byte[] startingForever() {
    // (loop (br 0))
    return starting(0x03, 0x40, 0x0c, 0, 0x0b);
  }

  /** A component whose core module traps in its start function; it exports {@code go}. */
  public static byte[] startingWithATrap() {
    // unreachable, nops
    return starting(0x00, 0x01, 0x01, 0x01, 0x01);
  }

  /** {@code (core module (func $f (export "go") …) (start $f))} with five bytes of code. */
  private static byte[] starting(int... code) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PREAMBLE);
    byte[] module = {
      0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 6, 1, 2, 'g', 'o', 0, 0, 8,
      1, 0, 10, 9, 1, 7, 0, 0, 0, 0, 0, 0, 0x0b
    };
    for (int i = 0; i < 5; i++) {
      module[module.length - 6 + i] = (byte) code[i];
    }
    section(out, CORE_MODULE, module);
    section(out, CORE_INSTANCE, new byte[] {1, 0, 0, 0});
    section(out, ALIAS, new byte[] {1, 0, 0, 1, 0, 2, 'g', 'o'});
    section(out, TYPE, new byte[] {1, 0x40, 0, 0x01, 0});
    section(out, CANON, new byte[] {1, 0, 0, 0, 0, 0});
    section(out, EXPORT, new byte[] {1, 0, 2, 'g', 'o', 0x01, 0, 0});
    return out.toByteArray();
  }

  private static byte[] withManifests(byte[] component, List<String> manifests) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(component, 0, PREAMBLE.length);
    for (String manifest : manifests) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      name(body, "calcite-manifest");
      body.writeBytes(manifest.getBytes(UTF_8));
      section(out, CUSTOM, body.toByteArray());
    }
    out.write(component, PREAMBLE.length, component.length - PREAMBLE.length);
    return out.toByteArray();
  }

  private static void imported(ByteArrayOutputStream out, String name, int instanceType) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(1);
    body.write(0);
    name(body, name);
    body.write(0x05);
    body.write(instanceType);
    section(out, IMPORT, body.toByteArray());
  }

  private static void section(ByteArrayOutputStream out, int id, byte[] body) {
    out.write(id);
    unsigned(out, body.length);
    out.writeBytes(body);
  }

  private static void name(ByteArrayOutputStream out, String name) {
    byte[] bytes = name.getBytes(UTF_8);
    unsigned(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void unsigned(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest > 0x7f) {
      out.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
