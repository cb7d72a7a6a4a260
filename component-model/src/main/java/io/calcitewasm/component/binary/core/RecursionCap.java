package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.util.List;

/**
 * Makes a module count what its unfinished calls take of the stack, and trap before that is too
 * much. Left to itself recursion goes on to the end of the thread's stack, and where that is large
 * the engine takes minutes to give it up.
 *
 * <p>Only calls that can come back to their caller are counted: what the frame of the caller takes
 * is added to a global before the call and taken from it behind it. So a call that returns leaves
 * the global as it was, whichever way it returns, and code that cannot recur stays as it is. A trap
 * leaves the global wrong; the instance is not used again then.
 */
public final class RecursionCap {
  /**
   * What recursion may take of the stack in all core modules of a component together, in units of
   * about one byte of compiled code's frames: 13,000 calls of a function with a parameter, 6,400 of
   * one with 20 locals, 257 of one with 1,000.
   */
  public static final int STACK = 2 << 20;

  /** What a call through the host takes. */
  public static final int THROUGH_HOST = 8 << 10;

  /**
   * The beginning of the name of the function that traps in the place of a call that would take too
   * much.
   */
  public static final String EXHAUSTED = "calcite-wasm:call-stack-exhausted";

  private static final int CALL = 128;
  private static final int VALUE = 8;

  private static final CoreFuncType PLAIN = new CoreFuncType(List.of(), List.of());

  private final byte[] module;
  private final ModuleExtension extension;
  private final Recursion recursion;
  private final int taken;
  private final int exhausted;

  private RecursionCap(byte[] module, Recursion recursion) throws InvalidComponentException {
    this.module = module;
    this.extension = new ModuleExtension(module);
    this.recursion = recursion;
    this.taken = extension.addGlobal(CoreValType.I32);
    this.exhausted = extension.addFunction(PLAIN, new CodeWriter().op(0x00).body(List.of()));
    String name = EXHAUSTED;
    while (extension.exports(name)) {
      name += "'";
    }
    extension.export(name, ModuleExtension.FUNCTION, exhausted);
  }

  /**
   * What a frame takes of the stack.
   *
   * @param values as {@link CoreModule#frames} counts them
   */
  public static int cost(int values) {
    return CALL + VALUE * values;
  }

  /**
   * A copy that counts.
   *
   * @param module a module that {@link CoreModuleReader} has read, or a copy of one with more
   *     behind what it had
   * @param recursion which of its calls can come back; not none
   * @param frames {@link CoreModule#frames}
   * @throws InvalidComponentException if it is malformed nevertheless
   */
  public static byte[] rewrite(byte[] module, Recursion recursion, List<Integer> frames)
      throws InvalidComponentException {
    RecursionCap cap = new RecursionCap(module, recursion);
    List<ModuleSurvey.Body> bodies = cap.extension.bodies();
    for (int body = 0; body < frames.size(); body++) {
      if (recursion.recurs(body)) {
        cap.count(body, bodies.get(body), cost(frames.get(body)));
      }
    }
    return cap.extension.write();
  }

  private void count(int body, ModuleSurvey.Body code, int cost) throws InvalidComponentException {
    extension.eachInstruction(
        code,
        (opcode, start, end) -> {
          if (opcode == 0x10) {
            int callee = index(start, end);
            if (recursion.comesBack(body, callee)) {
              count(start, end, recursion.throughHost(callee) ? cost + THROUGH_HOST : cost);
            }
          } else if (opcode == 0x11
              && recursion.comesBack(body, extension.type(index(start, end)))) {
            count(start, end, cost);
          }
        });
  }

  private int index(int start, int end) throws InvalidComponentException {
    return new Cursor(module, start + 1, end, "instruction").index("an index");
  }

  /** Counts the call that stands between two bytes. */
  private void count(int start, int end, int cost) {
    CodeWriter before =
        new CodeWriter()
            .op(0x23, taken) // global.get
            .i32(cost)
            .op(0x6a) // i32.add
            .op(0x24, taken) // global.set
            .op(0x23, taken)
            .i32(recursion.stack())
            .op(0x4b) // i32.gt_u
            .op(0x04, 0x40) // if
            .op(0x10, exhausted) // call
            .op(0x0b);
    CodeWriter behind =
        new CodeWriter()
            .op(0x23, taken) // global.get
            .i32(cost)
            .op(0x6b) // i32.sub
            .op(0x24, taken); // global.set
    extension.replace(start, start, before.code());
    extension.replace(end, end, behind.code());
  }
}
