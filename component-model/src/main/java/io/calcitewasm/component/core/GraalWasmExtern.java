package io.calcitewasm.component.core;

/** Something importable: a polyglot {@code Value} of the guest's, or a proxy for host code. */
record GraalWasmExtern(Object value) implements CoreExtern {}
