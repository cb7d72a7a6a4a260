package io.calcitewasm.benchmarks;

import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;

/** An instance in Endive, the successor of Chicory, whose compiler makes JVM byte code. */
final class EndiveGuest implements CoreGuest {
  private final WasmModule module;
  private final Instance instance;

  EndiveGuest(byte[] core) {
    module = Parser.parse(core);
    instance =
        Instance.builder(module).withMachineFactory(MachineFactoryCompiler.compile(module)).build();
  }

  @Override
  public Function ofInts(String name) {
    return ofLongs(name);
  }

  @Override
  public Function ofLongs(String name) {
    ExportFunction function = instance.export(name);
    return arguments -> {
      long[] results = function.apply(arguments);
      return results == null || results.length == 0 ? 0 : results[0];
    };
  }

  @Override
  public boolean has(String name) {
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (export.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void write(int address, byte[] bytes) {
    instance.memory().write(address, bytes);
  }

  @Override
  public byte[] read(int address, int length) {
    return instance.memory().readBytes(address, length);
  }
}
