package io.calcitewasm.jdbc;

import org.apache.calcite.avatica.AvaticaDatabaseMetaData;

/** What the driver tells of itself and, through {@link WasmMeta}, of the database. */
final class WasmDatabaseMetaData extends AvaticaDatabaseMetaData {
  private final WasmConnection wasmConnection;

  WasmDatabaseMetaData(WasmConnection connection) {
    super(connection);
    this.wasmConnection = connection;
  }

  @Override
  public String getUserName() {
    return wasmConnection.session().user();
  }

  @Override
  public String getIdentifierQuoteString() {
    return "\"";
  }

  @Override
  public boolean supportsTransactions() {
    return false;
  }

  @Override
  public boolean supportsMixedCaseIdentifiers() {
    return false;
  }

  @Override
  public boolean storesMixedCaseIdentifiers() {
    return true;
  }

  @Override
  public boolean storesUpperCaseIdentifiers() {
    return false;
  }
}
