package io.calcitewasm.adapter.function;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;

/** A type factory whose character types are UTF-8 instead of Calcite's ISO-8859-1. */
public final class WasmTypeFactory extends JavaTypeFactoryImpl {
  /** A type factory over {@link WasmTypeSystem}. */
  public WasmTypeFactory() {
    super(WasmTypeSystem.INSTANCE);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }
}
