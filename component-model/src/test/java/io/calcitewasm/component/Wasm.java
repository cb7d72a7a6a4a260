package io.calcitewasm.component;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes pieces of binaries as Binary.md writes its productions: an {@code Integer} is one byte, a
 * {@code String} is a name with its length, a {@code byte[]} stands as it is.
 */
public final class Wasm {
  public static final int BOOL = 0x7f;
  public static final int U8 = 0x7d;
  public static final int S32 = 0x7a;
  public static final int U32 = 0x79;
  public static final int F64 = 0x75;
  public static final int STRING = 0x73;

  private Wasm() {}

  /** The parts, one after the other. */
  public static byte[] of(Object... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object part : parts) {
      switch (part) {
        case Integer b -> out.write(b);
        case String name -> out.writeBytes(name(name));
        case byte[] bytes -> out.writeBytes(bytes);
        default -> throw new IllegalArgumentException(part.getClass().getName());
      }
    }
    return out.toByteArray();
  }

  /** A number in LEB128. */
  public static byte[] leb(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    while (rest >>> 7 != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  /**
   * The index of a type where a value type is used: a signed number, so that 64 takes two bytes.
   */
  public static byte[] use(int type) {
    return type < 64 ? leb(type) : of((type & 0x7f) | 0x80, leb(type >>> 7));
  }

  private static byte[] name(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return of(leb(utf8.length), utf8);
  }

  /** A vector: the number of items, then the items. */
  public static byte[] vec(Object... items) {
    return of(leb(items.length), of(items));
  }

  /** A section with its size. */
  public static byte[] section(int id, Object... content) {
    byte[] bytes = of(content);
    return of(id, leb(bytes.length), bytes);
  }

  /** A component of these sections. */
  public static byte[] component(Object... sections) {
    return of(0x00, 'a' + 0, 's' + 0, 'm' + 0, 0x0d, 0x00, 0x01, 0x00, of(sections));
  }

  /** A core module of these sections. */
  public static byte[] module(Object... sections) {
    return of(0x00, 'a' + 0, 's' + 0, 'm' + 0, 0x01, 0x00, 0x00, 0x00, of(sections));
  }

  public static byte[] custom(String name, Object... content) {
    return section(0, name, of(content));
  }

  public static byte[] coreModule(byte[] module) {
    return section(1, module);
  }

  public static byte[] coreInstances(Object... instances) {
    return section(2, vec(instances));
  }

  public static byte[] coreTypes(Object... types) {
    return section(3, vec(types));
  }

  public static byte[] nested(byte[] component) {
    return section(4, component);
  }

  public static byte[] instances(Object... instances) {
    return section(5, vec(instances));
  }

  public static byte[] aliases(Object... aliases) {
    return section(6, vec(aliases));
  }

  public static byte[] types(Object... types) {
    return section(7, vec(types));
  }

  public static byte[] canons(Object... canons) {
    return section(8, vec(canons));
  }

  public static byte[] imports(Object... imports) {
    return section(10, vec(imports));
  }

  public static byte[] exports(Object... exports) {
    return section(11, vec(exports));
  }

  /** {@code (record (field "label" type)…)}: labels and types in turn. */
  public static byte[] record(Object... labelsAndTypes) {
    return of(0x72, leb(labelsAndTypes.length / 2), of(labelsAndTypes));
  }

  /** {@code (func (param "label" type)… (result type))}: labels and types in turn. */
  public static byte[] func(int result, Object... labelsAndTypes) {
    return of(0x40, leb(labelsAndTypes.length / 2), of(labelsAndTypes), 0x00, result);
  }

  /** {@code (func (param "label" type)…)} without a result. */
  public static byte[] procedure(Object... labelsAndTypes) {
    return of(0x40, leb(labelsAndTypes.length / 2), of(labelsAndTypes), 0x01, 0x00);
  }

  /** {@code (instance declaration…)}. */
  public static byte[] instanceType(Object... declarations) {
    return of(0x42, vec(declarations));
  }

  /** {@code (component declaration…)}. */
  public static byte[] componentType(Object... declarations) {
    return of(0x41, vec(declarations));
  }

  /** A type declared inside an instance or component type. */
  public static byte[] declareType(byte[] type) {
    return of(0x01, type);
  }

  /** An alias declared inside an instance or component type. */
  public static byte[] declareAlias(byte[] alias) {
    return of(0x02, alias);
  }

  /** An import declared inside a component type. */
  public static byte[] declareImport(String name, byte[] type) {
    return of(0x03, 0x00, name, type);
  }

  /** An export declared inside an instance or component type. */
  public static byte[] declareExport(String name, byte[] type) {
    return of(0x04, 0x00, name, type);
  }

  /** A name and type as they stand in an import section. */
  public static byte[] importOf(String name, byte[] type) {
    return of(0x00, name, type);
  }

  /** An export of a definition under its own type. */
  public static byte[] exportOf(String name, int sort, int index) {
    return of(0x00, name, sort, leb(index), 0x00);
  }

  /** An export of a definition under another type. */
  public static byte[] exportAs(String name, int sort, int index, byte[] type) {
    return of(0x00, name, sort, leb(index), 0x01, type);
  }

  public static byte[] funcOf(int type) {
    return of(0x01, leb(type));
  }

  public static byte[] typeEq(int type) {
    return of(0x03, 0x00, leb(type));
  }

  public static byte[] subResource() {
    return of(0x03, 0x01);
  }

  public static byte[] componentOf(int type) {
    return of(0x04, leb(type));
  }

  public static byte[] instanceOf(int type) {
    return of(0x05, leb(type));
  }

  public static byte[] moduleOf(int coreType) {
    return of(0x00, 0x11, leb(coreType));
  }

  /** {@code (alias export instance "name" (sort))}. */
  public static byte[] aliasExport(int sort, int instance, String name) {
    return of(sort, 0x00, leb(instance), name);
  }

  /** {@code (alias core export instance "name" (core sort))}. */
  public static byte[] aliasCore(int coreSort, int coreInstance, String name) {
    return of(0x00, coreSort, 0x01, leb(coreInstance), name);
  }

  /** {@code (alias outer count index (type))}. */
  public static byte[] aliasOuter(int sort, int count, int index) {
    return of(sort, 0x02, leb(count), leb(index));
  }

  /** {@code (canon lift …)} with these options. */
  public static byte[] lift(int coreFunc, int type, Object... options) {
    return of(0x00, 0x00, leb(coreFunc), vec(options), leb(type));
  }

  /** {@code (canon lower …)} with these options. */
  public static byte[] lower(int func, Object... options) {
    return of(0x01, 0x00, leb(func), vec(options));
  }

  /** A core module with a memory, a {@code realloc}, and functions of other shapes. */
  public static byte[] library() {
    byte[] unreachable = of(3, 0, 0x00, 0x0b);
    return module(
        section(
            1,
            vec(
                of(0x60, vec(0x7f, 0x7f, 0x7f, 0x7f), vec(0x7f)),
                of(0x60, vec(0x7f, 0x7f), vec(0x7f)),
                of(0x60, vec(0x7f), vec()),
                of(0x60, vec(), vec()))),
        section(3, vec(0, 1, 2, 3)),
        section(5, vec(of(0x00, 1))),
        section(
            7,
            vec(
                of("memory", 0x02, 0),
                of("realloc", 0x00, 0),
                of("two", 0x00, 1),
                of("one", 0x00, 2),
                of("none", 0x00, 3))),
        section(10, vec(unreachable, unreachable, unreachable, unreachable)));
  }

  /**
   * The library instantiated: core functions 0 realloc, 1 two, 2 one, 3 none, and core memory 0.
   */
  public static byte[] libraryInstance() {
    return of(
        coreModule(library()),
        coreInstances(of(0x00, 0, vec())),
        aliases(
            aliasCore(0x00, 0, "realloc"),
            aliasCore(0x00, 0, "two"),
            aliasCore(0x00, 0, "one"),
            aliasCore(0x00, 0, "none"),
            aliasCore(0x02, 0, "memory")));
  }
}
