package io.calcitewasm.component;

/**
 * Upper bounds on what a component may ask for. They hold before the core engine sees a byte, so
 * that a small file cannot cost seconds or gigabytes.
 *
 * @param fileBytes size of the file
 * @param nesting depth of components in components and of types in types
 * @param blockNesting depth of blocks in one core function
 * @param types types in all components of the file, and in each core module
 * @param instances component and core instances, counted as instantiation makes them
 * @param coreModules core modules in the file
 * @param functions functions in one core module, imported ones included
 * @param locals locals in one core function, parameters included
 * @param globals globals in one core module, imported ones included
 * @param tableEntries initial entries of the tables of all instances together
 * @param memoryBytes initial bytes of the memories of all instances together
 */
public record Caps(
    int fileBytes,
    int nesting,
    int blockNesting,
    int types,
    int instances,
    int coreModules,
    int functions,
    int locals,
    int globals,
    long tableEntries,
    long memoryBytes) {

  /** The caps that hold unless somebody says otherwise. */
  public static final Caps DEFAULT =
      new Caps(
          64 << 20, 100, 1_000, 10_000, 1_000, 200, 50_000, 1_000, 10_000, 100_000, 128L << 20);

  /** The same caps with another bound on memories, in bytes. */
  public Caps withMemoryBytes(long bytes) {
    return new Caps(
        fileBytes,
        nesting,
        blockNesting,
        types,
        instances,
        coreModules,
        functions,
        locals,
        globals,
        tableEntries,
        bytes);
  }
}
