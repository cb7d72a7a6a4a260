package io.calcitewasm.jdbc.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvPrinterTest {
  @Test
  void fieldsAreQuotedWhereTheyNeedIt() throws Exception {
    assertThat(
            Printed.csv(
                "SELECT 'a,b' AS \"a\", 'say \"x\"' AS \"b\", 'l' || CHAR(10) || 'm' AS \"c\", ' d' AS \"d,e\""))
        .isEqualTo("a,b,c,\"d,e\"\n\"a,b\",\"say \"\"x\"\"\",\"l\nm\",\" d\"\n");
  }

  @Test
  void nullIsEmptyAndTheEmptyStringIsQuoted() throws Exception {
    assertThat(Printed.csv("SELECT NULL AS \"x\", '' AS \"y\"")).isEqualTo("x,y\n,\"\"\n");
  }

  @Test
  void aBlankLineSeparatesResultSets() throws Exception {
    assertThat(Printed.csv("SELECT 1 AS \"x\"", "SET @a = 1", "SELECT 2 AS \"y\""))
        .isEqualTo("x\n1\n\ny\n2\n");
  }

  @Test
  void nestedValuesAreJson() throws Exception {
    assertThat(Printed.csv("SELECT ARRAY['a', NULL] AS \"x\""))
        .isEqualTo("x\n\"[\"\"a\"\",null]\"\n");
  }
}
