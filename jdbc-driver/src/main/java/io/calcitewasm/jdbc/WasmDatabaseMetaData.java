package io.calcitewasm.jdbc;

import java.sql.Connection;
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
    return true;
  }

  @Override
  public boolean supportsMultipleTransactions() {
    return true;
  }

  @Override
  public int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_READ_COMMITTED;
  }

  @Override
  public boolean supportsTransactionIsolationLevel(int level) {
    return level == Connection.TRANSACTION_READ_COMMITTED;
  }

  @Override
  public boolean supportsSavepoints() {
    return true;
  }

  @Override
  public boolean supportsDataDefinitionAndDataManipulationTransactions() {
    return true;
  }

  @Override
  public boolean supportsDataManipulationTransactionsOnly() {
    return false;
  }

  @Override
  public boolean dataDefinitionCausesTransactionCommit() {
    return false;
  }

  @Override
  public boolean dataDefinitionIgnoredInTransactions() {
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
