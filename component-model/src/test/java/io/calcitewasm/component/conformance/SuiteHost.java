package io.calcitewasm.component.conformance;

import io.calcitewasm.component.HostFunction;
import io.calcitewasm.component.HostInterface;
import io.calcitewasm.component.HostModule;
import io.calcitewasm.component.Instance;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.Linker;
import io.calcitewasm.component.Wasm;
import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What scripts can import: the host that wasmtime's scripts expect, and core modules that instances
 * made before export.
 */
final class SuiteHost {
  private static final FuncType TO_U32 = new FuncType(List.of(), Optional.of(PrimitiveType.U32));

  private final ResourceType first = new ResourceType("resource1");
  private final ResourceType second = new ResourceType("resource2");
  private final Map<String, HostInterface> registered = new LinkedHashMap<>();
  private long drops;
  private long lastDrop;

  /** A resource of the host's: nothing but the number that it was made with. */
  private record Numbered(long number) {}

  /** Offers the core modules that an instance exports under a name. */
  void register(String name, Instance instance) {
    HostInterface.Builder offer = HostInterface.builder(name);
    instance
        .component()
        .component()
        .exports()
        .forEach(
            (export, type) -> {
              if (type instanceof ExternType.CoreModule) {
                offer.module(export, instance.component().module(export).orElseThrow());
              }
            });
    registered.put(name, offer.build());
  }

  /** A linker that offers everything known now. */
  Linker linker() {
    Linker.Builder linker = Linker.builder();
    linker.define(
        HostInterface.builder("").function("host-return-two", TO_U32, (call, args) -> 2L).build());
    linker.define(host());
    registered.values().forEach(linker::define);
    return linker.build();
  }

  private HostInterface host() {
    ValType own = new ValType.OwnType(first);
    ValType borrow = new ValType.BorrowType(first);
    return HostInterface.builder("host")
        .function("return-three", TO_U32, (call, args) -> 3L)
        .function(
            "return-hi",
            new FuncType(List.of(), Optional.of(PrimitiveType.STRING)),
            (call, args) -> "hi")
        .instance(
            "nested",
            HostInterface.builder("nested")
                .function("return-four", TO_U32, (call, args) -> 4L)
                .build())
        .module("simple-module", simpleModule())
        .resource("resource1", first, this::dropped)
        .resource("resource2", second, resource -> {})
        .resource("resource1-again", first, this::dropped)
        .function(
            "[constructor]resource1",
            procedure(Optional.of(own), new ValType.Field("r", PrimitiveType.U32)),
            (call, args) -> new Numbered((Long) value(args, 0)))
        .function(
            "[static]resource1.assert",
            procedure(Optional.empty(), field("r", own), field("rep", PrimitiveType.U32)),
            sameNumber())
        .function("[static]resource1.last-drop", TO_U32, (call, args) -> lastDrop)
        .function("[static]resource1.drops", TO_U32, (call, args) -> drops)
        // Scripts name its parameters in two ways.
        .function("[method]resource1.simple", sameNumber())
        .function(
            "[method]resource1.take-borrow",
            procedure(Optional.empty(), field("self", borrow), field("b", borrow)),
            (call, args) -> null)
        .function(
            "[method]resource1.take-own",
            procedure(Optional.empty(), field("self", borrow), field("b", own)),
            (call, args) -> null)
        .build();
  }

  private void dropped(Object resource) {
    drops++;
    lastDrop = ((Numbered) resource).number();
  }

  private static HostFunction sameNumber() {
    return (call, args) -> {
      if (!value(args, 0).equals(new Numbered((Long) value(args, 1)))) {
        throw new AssertionError(value(args, 0) + " is not number " + value(args, 1));
      }
      return null;
    };
  }

  private static Object value(@Nullable Object[] args, int i) {
    Object value = args[i];
    if (value == null) {
      throw new AssertionError("argument " + i + " is null");
    }
    return value;
  }

  private static ValType.Field field(String name, ValType type) {
    return new ValType.Field(name, type);
  }

  private static FuncType procedure(Optional<ValType> result, ValType.Field... parameters) {
    return new FuncType(List.of(parameters), result);
  }

  /** A global "g" of 100 and a function "f" that returns 101. */
  private static HostModule simpleModule() {
    List<Object> sections = new ArrayList<>();
    sections.add(Wasm.section(1, Wasm.vec(Wasm.of(0x60, Wasm.vec(), Wasm.vec(0x7f)))));
    sections.add(Wasm.section(3, Wasm.vec(0)));
    sections.add(Wasm.section(6, Wasm.vec(Wasm.of(0x7f, 0, 0x41, 0xe4, 0x00, 0x0b))));
    sections.add(Wasm.section(7, Wasm.vec(Wasm.of("g", 0x03, 0), Wasm.of("f", 0x00, 0))));
    sections.add(Wasm.section(10, Wasm.vec(Wasm.of(5, Wasm.vec(), 0x41, 0xe5, 0x00, 0x0b))));
    try {
      return HostModule.read(Wasm.module(sections.toArray()));
    } catch (InvalidComponentException e) {
      throw new AssertionError(e);
    }
  }
}
