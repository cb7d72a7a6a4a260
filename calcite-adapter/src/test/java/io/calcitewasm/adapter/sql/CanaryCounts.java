package io.calcitewasm.adapter.sql;

/** What {@code wasm.canary} has counted, for whom it takes a moment to arrive there. */
record CanaryCounts(TestDatabase database) {
  /** The sum of a column over all functions, once it is so many, or will not become. */
  long total(String column, long atLeast) throws InterruptedException {
    String sum = "SELECT COALESCE(SUM(c." + column + "), 0) FROM wasm.canary AS c";
    for (int i = 0; i < 500 && sum(sum) < atLeast; i++) {
      Thread.sleep(20);
    }
    return sum(sum);
  }

  private long sum(String sql) {
    return ((Number) database.rows(sql).getFirst().getFirst()).longValue();
  }
}
