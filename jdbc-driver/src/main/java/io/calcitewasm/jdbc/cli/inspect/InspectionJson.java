package io.calcitewasm.jdbc.cli.inspect;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.calcitewasm.component.CustomSection;
import io.calcitewasm.host.provision.PackedFiles.PackedFile;
import io.calcitewasm.jdbc.cli.inspect.Inspection.Extern;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import io.calcitewasm.udf.signature.Wit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** An inspection for programs: one JSON object, in UTF-8, with a line break at its end. */
public final class InspectionJson {
  private final JsonGenerator json;

  private InspectionJson(OutputStream out) throws IOException {
    json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(new DefaultPrettyPrinter());
  }

  /** Writes what a component brings. */
  public static void write(String file, Inspection inspection, OutputStream out)
      throws IOException {
    new InspectionJson(out).component(file, inspection);
  }

  /** Writes why a file is no component. */
  public static void writeError(String file, String sqlState, String message, OutputStream out)
      throws IOException {
    InspectionJson text = new InspectionJson(out);
    text.json.writeStartObject();
    text.json.writeStringField("file", file);
    text.json.writeObjectFieldStart("error");
    text.json.writeStringField("sqlstate", sqlState);
    text.json.writeStringField("message", message);
    text.json.writeEndObject();
    text.end();
  }

  private void component(String file, Inspection inspection) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", file);
    json.writeStringField("module", inspection.module());
    json.writeNumberField("size", inspection.size());
    json.writeStringField("digest", inspection.digest());
    manifest(inspection);
    json.writeArrayFieldStart("functions");
    for (SqlFunction function : inspection.functions()) {
      function(function);
    }
    json.writeEndArray();
    externs("imports", inspection.imports());
    externs("exports", inspection.exports());
    json.writeArrayFieldStart("files");
    for (PackedFile packed : inspection.files().files().values()) {
      json.writeStartObject();
      json.writeStringField("path", packed.path());
      json.writeNumberField("size", packed.content().length);
      json.writeStringField("digest", packed.digest());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("sections");
    for (CustomSection section : inspection.sections()) {
      json.writeStartObject();
      json.writeStringField("name", section.name());
      json.writeNumberField("size", section.content().length);
      json.writeNumberField("offset", section.offset());
      json.writeBooleanField("nested", !section.topLevel());
      json.writeEndObject();
    }
    json.writeEndArray();
    end();
  }

  private void manifest(Inspection inspection) throws IOException {
    Manifest manifest = inspection.manifest();
    if (!inspection.hasManifest()) {
      json.writeNullField("manifest");
      return;
    }
    json.writeObjectFieldStart("manifest");
    json.writeStringField("name", manifest.name());
    json.writeStringField("version", manifest.version());
    json.writeStringField("organisation", manifest.organisation());
    json.writeStringField("contract", manifest.contract());
    json.writeStringField("documentation", manifest.documentation());
    json.writeStringField("licence", manifest.licence());
    names("required", manifest.required());
    names("optional", manifest.optional());
    json.writeObjectFieldStart("limits");
    for (var limit : manifest.limits().entrySet()) {
      json.writeStringField(limit.getKey(), String.valueOf(limit.getValue()));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void function(SqlFunction function) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", function.name());
    json.writeStringField("long_name", function.longName());
    json.writeStringField("interface", function.interfaceName());
    json.writeStringField("wit_name", function.witName());
    json.writeStringField("wit_type", Wit.text(function.type()));
    if (function.noSqlForm().isPresent()) {
      json.writeStringField("no_sql_form", function.noSqlForm().get());
    } else {
      json.writeStringField("signature", function.sqlSignature());
      json.writeArrayFieldStart("parameters");
      for (SqlParameter parameter : function.parameters()) {
        json.writeStartObject();
        json.writeStringField("name", parameter.name());
        json.writeStringField("type", parameter.type().toSql());
        json.writeBooleanField("sees_null", parameter.nullable());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectFieldStart("result");
      json.writeStringField("type", function.result().toSql());
      json.writeBooleanField("nullable", function.resultNullable());
      json.writeBooleanField("raises", function.raises());
      json.writeEndObject();
    }
    json.writeStringField("documentation", function.documentation());
    json.writeEndObject();
  }

  private void externs(String field, List<Extern> externs) throws IOException {
    json.writeArrayFieldStart(field);
    for (Extern extern : externs) {
      json.writeStartObject();
      json.writeStringField("name", extern.name());
      json.writeStringField("kind", extern.kind());
      names("functions", extern.members());
      if (field.equals("imports")) {
        json.writeStringField(
            "capability", extern.capability().map(Capability::sqlName).orElse(null));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void names(String field, Iterable<String> names) throws IOException {
    json.writeArrayFieldStart(field);
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  private void end() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }
}
