package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operand stack and the control stack of the validation algorithm (core specification, appendix
 * "Validation Algorithm"). A null type is unknown: it stands for any.
 */
final class Operands {
  private final Cursor in;
  private final CoreWork work;
  private final int function;
  private final List<Frame> frames = new ArrayList<>();
  private @Nullable CoreValType[] types = new CoreValType[32];
  private int size;
  private int greatest;
  private int at;
  private int opcode;

  /** A block whose end has not come yet. */
  static final class Frame {
    private final int opcode;
    private final CoreFuncType type;
    private final int height;
    private boolean unreachable;

    private Frame(int opcode, CoreFuncType type, int height) {
      this.opcode = opcode;
      this.type = type;
      this.height = height;
    }

    int opcode() {
      return opcode;
    }

    CoreFuncType type() {
      return type;
    }

    private List<CoreValType> labelTypes() {
      return opcode == ControlChecker.LOOP ? type.parameters() : type.results();
    }
  }

  /**
   * Empty stacks.
   *
   * @param function what messages call the function, −1 for a constant expression
   */
  Operands(Cursor in, CoreWork work, int function) {
    this.in = in;
    this.work = work;
    this.function = function;
  }

  /** Messages are about this instruction from now on. */
  void at(int offset, int newOpcode) {
    at = offset;
    opcode = newOpcode;
  }

  void push(@Nullable CoreValType type) {
    if (size == types.length) {
      types = Arrays.copyOf(types, 2 * size);
    }
    types[size++] = type;
    greatest = Math.max(greatest, size);
  }

  /** The most values that have been on the operand stack. */
  int greatest() {
    return greatest;
  }

  void push(List<CoreValType> all) throws InvalidComponentException {
    work.spend(all.size(), in);
    for (CoreValType type : all) {
      push(type);
    }
  }

  @Nullable CoreValType pop() throws InvalidComponentException {
    Frame frame = frames.getLast();
    if (size == frame.height) {
      if (frame.unreachable) {
        return null;
      }
      throw invalid("needs a value that the stack does not hold");
    }
    return types[--size];
  }

  void pop(CoreValType expected) throws InvalidComponentException {
    CoreValType found = pop();
    if (found != null && found != expected) {
      throw invalid("needs a value of type " + expected + " where the stack holds one of " + found);
    }
  }

  void pop(List<CoreValType> expected) throws InvalidComponentException {
    work.spend(expected.size(), in);
    for (int i = expected.size() - 1; i >= 0; i--) {
      pop(expected.get(i));
    }
  }

  /** Takes values of these types and puts them back. */
  void check(List<CoreValType> expected) throws InvalidComponentException {
    pop(expected);
    push(expected);
  }

  /** Requires values of these types on the stack, which stays as it is. */
  void peek(List<CoreValType> expected) throws InvalidComponentException {
    int before = size;
    pop(expected);
    size = before;
  }

  /** Enters a block whose parameters are on the stack. */
  void enter(int blockOpcode, CoreFuncType type) throws InvalidComponentException {
    pop(type.parameters());
    frames.add(new Frame(blockOpcode, type, size));
    push(type.parameters());
  }

  /** Leaves the innermost block, whose results must be on the stack and nothing else. */
  Frame leave() throws InvalidComponentException {
    Frame frame = frames.getLast();
    pop(frame.type.results());
    if (size != frame.height) {
      throw invalid("ends a block with " + (size - frame.height) + " values too many");
    }
    frames.removeLast();
    return frame;
  }

  /** What follows in the innermost block is never reached. */
  void unreachable() {
    Frame frame = frames.getLast();
    size = frame.height;
    frame.unreachable = true;
  }

  /** Takes and gives what a numeric instruction takes and gives. */
  void apply(NumericSignatures.Signature signature) throws InvalidComponentException {
    for (int i = 0; i < signature.count(); i++) {
      pop(signature.parameter());
    }
    push(signature.result());
  }

  int depth() {
    return frames.size();
  }

  /** The types that a branch to a label carries. */
  List<CoreValType> label(long depth) throws InvalidComponentException {
    if (depth >= frames.size()) {
      throw invalid("goes to label " + depth + ", but only " + frames.size() + " blocks are open");
    }
    return frames.get(frames.size() - 1 - (int) depth).labelTypes();
  }

  InvalidComponentException invalid(String problem) {
    String where = function < 0 ? "a constant expression" : "core function " + function;
    return in.invalid(
        where + " is invalid: the instruction " + CodeChecker.hex(opcode) + " " + problem, at);
  }
}
