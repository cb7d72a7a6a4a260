package io.calcitewasm.jdbc.cli.output;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import io.calcitewasm.jdbc.cli.output.StatementError.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One JSON object per statement, each on a line of its own, in UTF-8:
 *
 * <pre>
 * {"columns":[{"name":…,"type":…},…],"rows":[[…],…],"ms":n}
 * {"count":n,"ms":n}
 * {"error":{"sqlstate":…,"message":…,"line":…,"column":…},"ms":n}
 * </pre>
 *
 * A statement that fails after its first rows gives the error alone, so rows are held back to the
 * end. Line and column, from 1 within the statement, are null where the driver told none.
 */
public final class JsonPrinter implements ResultPrinter {
  private static final int MEMORY = 16 << 20;
  private final OutputStream out;

  /** A printer on a stream, which it flushes after each object. */
  public JsonPrinter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void rows(ResultSet rows, Stopwatch watch) throws SQLException, IOException {
    try (SpillBuffer buffer = new SpillBuffer(MEMORY)) {
      JsonGenerator json = JsonValues.JSON.createGenerator(buffer, JsonEncoding.UTF8);
      Cells cells = new Cells(rows);
      json.writeStartObject();
      json.writeArrayFieldStart("columns");
      for (Cells.Column column : cells.columns()) {
        json.writeStartObject();
        json.writeStringField("name", column.name());
        json.writeStringField("type", column.type());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("rows");
      while (rows.next()) {
        json.writeStartArray();
        for (int i = 0; i < cells.columns().size(); i++) {
          JsonValues.write(json, cells.value(i));
        }
        json.writeEndArray();
      }
      json.writeEndArray();
      end(json, watch);
      buffer.copyTo(out);
      out.flush();
    }
  }

  @Override
  public void count(String sql, long count, Stopwatch watch) throws IOException {
    JsonGenerator json = start();
    json.writeNumberField("count", count);
    end(json, watch);
    out.flush();
  }

  @Override
  public void error(StatementError error, Stopwatch watch) throws IOException {
    JsonGenerator json = start();
    json.writeObjectFieldStart("error");
    json.writeStringField("sqlstate", error.sqlState());
    json.writeStringField("message", JsonValues.wellFormed(error.message()));
    if (error.place().isPresent()) {
      Place place = error.place().get();
      json.writeNumberField("line", place.line());
      json.writeNumberField("column", place.column());
    } else {
      json.writeNullField("line");
      json.writeNullField("column");
    }
    json.writeEndObject();
    end(json, watch);
    out.flush();
  }

  private JsonGenerator start() throws IOException {
    JsonGenerator json = JsonValues.JSON.createGenerator(out, JsonEncoding.UTF8);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.writeStartObject();
    return json;
  }

  private static void end(JsonGenerator json, Stopwatch watch) throws IOException {
    json.writeNumberField("ms", watch.millis());
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }
}
