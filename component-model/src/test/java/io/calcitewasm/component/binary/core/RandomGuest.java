package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.binary.core.CoreValType.I64;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random core module with a memory of two pages, two globals, and a function {@code f(i32, i32)
 * -> i64} that writes to them in loops, branches and calls, and always comes back.
 */
final class RandomGuest {
  static final CoreFuncType TYPE = new CoreFuncType(List.of(I32, I32), List.of(I64));

  private static final int LOCALS = 6;
  private static final int COUNTER = 2 + LOCALS;
  private static final int SUM = COUNTER + 3;
  private static final int ADDRESSES = 0xffff;

  private final SplittableRandom random;
  private final ModuleExtension module = ModuleExtension.empty();
  private final int globals;
  private int callee = -1;

  private RandomGuest(SplittableRandom random) {
    this.random = random;
    this.globals = module.addGlobal(I32);
    module.addGlobal(I32);
  }

  static byte[] module(SplittableRandom random) {
    RandomGuest guest = new RandomGuest(random);
    ModuleExtension module = guest.module;
    module.export("memory", ModuleExtension.MEMORY, module.addMemory(2, 40));
    guest.callee = module.addFunction(TYPE, guest.body());
    module.export("f", ModuleExtension.FUNCTION, module.addFunction(TYPE, guest.body()));
    return module.write();
  }

  private byte[] body() {
    CodeWriter code = new CodeWriter();
    statements(code, 8, 0);
    code.get(SUM);
    List<CoreValType> locals = new ArrayList<>(Collections.nCopies(LOCALS + 3, I32));
    locals.add(I64);
    return code.body(locals);
  }

  private void statements(CodeWriter code, int count, int depth) {
    for (int i = 0; i < count; i++) {
      statement(code, depth);
    }
  }

  private void statement(CodeWriter code, int depth) {
    switch (random.nextInt(depth < 3 ? 16 : 9)) {
      case 0 -> {
        address(code);
        code.set(local());
      }
      case 1 -> {
        address(code);
        code.tee(local());
        store(code);
      }
      case 2, 3, 4, 5 -> {
        code.get(local());
        store(code);
      }
      case 6 -> {
        address(code);
        store(code);
      }
      case 7 -> add(code);
      case 8 -> {
        value(code);
        code.op(0x24, globals + random.nextInt(2));
      }
      case 9 -> {
        code.op(0x02, 0x40);
        statements(code, 2, depth + 1);
        value(code);
        code.i32(1).op(0x71).op(0x0d, 0);
        statements(code, 2, depth + 1);
        code.op(0x0b);
      }
      case 10 -> {
        int counter = COUNTER + depth;
        code.i32(random.nextInt(4)).set(counter).op(0x03, 0x40);
        statements(code, 3, depth + 1);
        code.get(counter).i32(1).op(0x6b).tee(counter).i32(0).op(0x4a).op(0x0d, 0).op(0x0b);
      }
      case 11, 12 -> {
        value(code);
        code.i32(1).op(0x71).op(0x04, 0x40);
        statements(code, 2, depth + 1);
        if (random.nextBoolean()) {
          code.op(0x05);
          statements(code, 2, depth + 1);
        }
        code.op(0x0b);
      }
      case 13 -> {
        address(code);
        value(code);
        code.i32(random.nextInt(600)).fill(0);
      }
      case 14 -> {
        address(code);
        address(code);
        code.i32(random.nextInt(random.nextBoolean() ? 20 : 600)).copy(0, 0);
      }
      default -> {
        if (callee >= 0 && random.nextBoolean()) {
          value(code);
          value(code);
          code.op(0x10, callee).get(SUM).op(0x7c).set(SUM);
        } else {
          code.i32(random.nextInt(3)).op(0x40, 0).op(0x1a);
        }
      }
    }
  }

  private int local() {
    return 2 + random.nextInt(LOCALS);
  }

  /** Pushes an address in the first page. */
  private void address(CodeWriter code) {
    value(code);
    // Mostly close together, so that granules meet.
    code.i32(random.nextInt(3) == 0 ? ADDRESSES : 0x3ff).op(0x71);
  }

  private void value(CodeWriter code) {
    switch (random.nextInt(5)) {
      case 0 -> code.i32(random.nextInt());
      case 1 -> code.get(random.nextInt(2));
      case 2 -> code.get(local());
      case 3 -> {
        code.get(local());
        code.memory(0x28, 0, 0, random.nextInt(300));
      }
      default -> code.op(0x23, globals + random.nextInt(2));
    }
  }

  /** Stores behind the address on the stack. */
  private void store(CodeWriter code) {
    value(code);
    int offset = random.nextInt(4) == 0 ? random.nextInt(1_000) : random.nextInt(160);
    switch (random.nextInt(4)) {
      case 0 -> code.memory(0x36, 0, 0, offset);
      case 1 -> code.memory(0x3a, 0, 0, offset);
      case 2 -> code.memory(0x3b, 0, 0, offset);
      default -> code.op(0xad).memory(0x37, 0, 0, offset);
    }
  }

  private void add(CodeWriter code) {
    value(code);
    code.op(0xad).get(SUM).op(0x7c).set(SUM);
  }
}
