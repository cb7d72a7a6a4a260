package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.catalogue.CommittedCatalogue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the catalogue of a shared database again and again for what other processes change. */
final class CatalogueWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogueWatch.class);
  private static final Duration PERIOD = Duration.ofMillis(250);

  private final CommittedCatalogue catalogue;
  private final Thread thread;
  private volatile boolean closed;

  /** Begins to look. */
  CatalogueWatch(CommittedCatalogue catalogue) {
    this.catalogue = catalogue;
    this.thread = Thread.ofPlatform().daemon().name("calcite-wasm-catalogue").unstarted(this::look);
    thread.start();
  }

  private void look() {
    @Nullable String told = null;
    while (!closed) {
      try {
        catalogue.refresh();
        told = null;
      } catch (RuntimeException e) {
        String problem = String.valueOf(e.getMessage());
        if (!closed && !problem.equals(told)) {
          LOG.warn(
              "the shared catalogue cannot be read: {}", problem.replaceAll("\\p{Cntrl}", " "));
          told = problem;
        }
      }
      try {
        Thread.sleep(PERIOD);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Ends when the look that is under way has ended. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
