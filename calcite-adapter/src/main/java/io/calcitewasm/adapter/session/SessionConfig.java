package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.function.WasmTypeSystem;
import java.util.Properties;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** The Calcite settings that every session has. */
final class SessionConfig {
  private SessionConfig() {}

  /**
   * Names match whatever their letter case, so that tables of databases with upper-case and with
   * lower-case catalogues are found unquoted.
   */
  static CalciteConnectionConfig calcite() {
    Properties properties = new Properties();
    set(properties, CalciteConnectionProperty.CASE_SENSITIVE, "false");
    set(properties, CalciteConnectionProperty.UNQUOTED_CASING, Casing.UNCHANGED.name());
    set(properties, CalciteConnectionProperty.QUOTED_CASING, Casing.UNCHANGED.name());
    set(properties, CalciteConnectionProperty.QUOTING, Quoting.DOUBLE_QUOTE.name());
    set(properties, CalciteConnectionProperty.CONFORMANCE, SqlConformanceEnum.LENIENT.name());
    set(
        properties,
        CalciteConnectionProperty.TYPE_SYSTEM,
        WasmTypeSystem.class.getName() + "#INSTANCE");
    return new CalciteConnectionConfigImpl(properties);
  }

  private static void set(Properties to, CalciteConnectionProperty property, String value) {
    to.setProperty(property.camelName(), value);
  }
}
