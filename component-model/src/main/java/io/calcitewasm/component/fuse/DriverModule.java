package io.calcitewasm.component.fuse;

import static io.calcitewasm.component.binary.core.CoreValType.I32;

import io.calcitewasm.component.abi.AbiSignature;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.ModuleExtension;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the core module that calls a guest function for the rows of a batch, or for each row the
 * one of several functions that is chosen for it. It exports {@link #RUN}, {@code (first row, row
 * behind the last) -> row}, which returns the row at which it stopped; why, stands at {@link
 * RowShape#STOP}.
 */
public final class DriverModule {
  /** The exported loop. */
  public static final String RUN = "calcite-wasm:run";

  /** The type of {@link #RUN}. */
  public static final CoreFuncType RUN_TYPE = new CoreFuncType(List.of(I32, I32), List.of(I32));

  /** Where the columns' memory is imported from, and its name. */
  public static final String COLUMNS = "columns";

  /** Where everything of the guest's is imported from. */
  public static final String GUEST = "guest";

  /** The name of a memory: the columns', and the guest's. */
  public static final String MEMORY = "memory";

  /** The guest's log of overwritten words. */
  public static final String LOG = "log";

  /** The functions to call, numbered from 0. */
  public static final String CALL = "call";

  /** {@code realloc}. */
  public static final String REALLOC = "realloc";

  /** {@code post-return} of the functions, with their numbers. */
  public static final String POST_RETURN = "post-return";

  /** Keeps a range that will be overwritten. */
  public static final String TOUCH = "touch";

  /** The functions that undo, numbered from 0. */
  public static final String UNDO = "undo";

  /** What the host has to do after a row in which the guest called out. */
  public static final String SETTLE = "settle";

  /** The type of {@link #SETTLE}: {@code () -> i32}, 0 if the instance can be used further. */
  public static final CoreFuncType SETTLE_TYPE = new CoreFuncType(List.of(), List.of(I32));

  private static final CoreFuncType REALLOC_TYPE =
      new CoreFuncType(List.of(I32, I32, I32, I32), List.of(I32));
  private static final CoreFuncType TOUCH_TYPE = new CoreFuncType(List.of(I32, I32), List.of());
  private static final CoreFuncType UNDO_TYPE = new CoreFuncType(List.of(), List.of(I32));

  /**
   * What a loop has to do with. All functions of a loop differ in shape, signature and post-return
   * only.
   *
   * @param shape where its columns lie
   * @param signature the function's core type and its result's layout
   * @param hasMemory whether values go through a memory of the guest's
   * @param hasLog whether writes to that memory are kept
   * @param hasRealloc whether the guest allocates
   * @param hasPostReturn whether it wants to be told when its result was read
   * @param undos how many functions undo what a call did
   * @param callsOut whether a call can reach the host
   * @param settles whether the host has something to bring back after a row that has reached it
   */
  public record Callee(
      RowShape shape,
      AbiSignature signature,
      boolean hasMemory,
      boolean hasLog,
      boolean hasRealloc,
      boolean hasPostReturn,
      int undos,
      boolean callsOut,
      boolean settles) {}

  private DriverModule() {}

  /** The module that only has the columns' memory; sizes in pages. */
  public static byte[] columns(int pages, int most) {
    ModuleExtension module = ModuleExtension.empty();
    module.export(MEMORY, ModuleExtension.MEMORY, module.addMemory(pages, most));
    return module.write();
  }

  /**
   * The module that has the loop.
   *
   * @param callees what it calls; their values go through the same memory, and their columns lie
   *     side by side
   */
  public static byte[] loop(List<Callee> callees) {
    ModuleExtension module = ModuleExtension.empty();
    module.importMemory(COLUMNS, MEMORY);
    Callee any = callees.getFirst();
    if (any.hasMemory()) {
      module.importMemory(GUEST, MEMORY);
      if (any.hasLog()) {
        module.importMemory(GUEST, LOG);
      }
    }
    List<DriverCode.Call> calls = new ArrayList<>();
    for (Callee callee : callees) {
      CoreFuncType type = callee.signature().liftType();
      CoreFuncType postReturn = new CoreFuncType(type.results(), List.of());
      int number = calls.size();
      calls.add(
          new DriverCode.Call(
              callee,
              module.importFunction(GUEST, CALL + number, type),
              callee.hasPostReturn()
                  ? module.importFunction(GUEST, POST_RETURN + number, postReturn)
                  : -1));
    }
    int realloc = any.hasRealloc() ? module.importFunction(GUEST, REALLOC, REALLOC_TYPE) : -1;
    int touch = any.hasLog() ? module.importFunction(GUEST, TOUCH, TOUCH_TYPE) : -1;
    int firstUndo = -1;
    for (int i = 0; i < any.undos(); i++) {
      int undo = module.importFunction(GUEST, UNDO + i, UNDO_TYPE);
      firstUndo = i == 0 ? undo : firstUndo;
    }
    int settle = any.settles() ? module.importFunction(GUEST, SETTLE, SETTLE_TYPE) : -1;
    DriverCode code = new DriverCode(calls, realloc, touch, firstUndo, settle);
    module.export(RUN, ModuleExtension.FUNCTION, module.addFunction(RUN_TYPE, code.body()));
    return module.write();
  }
}
