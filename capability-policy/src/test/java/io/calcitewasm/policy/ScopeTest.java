package io.calcitewasm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTest {
  /** {@code "network hosts=a,b ports=443"}. */
  private static Grant grant(String text) {
    String[] words = text.split(" (?=[a-z_]+=)");
    Map<String, List<String>> scope = new LinkedHashMap<>();
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      int is = word.indexOf('=');
      scope.put(word.substring(0, is), List.of(word.substring(is + 1).split(",")));
    }
    return Grant.parse(words[0], scope);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clock | clock",
        "network | network hosts=a.org",
        "network hosts=*.a.org | network hosts=x.a.org",
        "network hosts=*.a.org | network hosts=*.x.a.org",
        "network hosts=A.org. | network hosts=a.ORG",
        "network hosts=b\u00fccher.de | network hosts=xn--bcher-kva.de",
        "network hosts=a.org,b.org | network hosts=b.org ports=443 methods=get",
        "network ports=1-1024 | network ports=80,443 hosts=a.org",
        "network request_size=1MB | network request_size=1024",
        "spi | spi verbs=select",
        "spi verbs=select tables=sales | spi verbs=select tables=sales.orders.id",
        "spi tables=sales.* | spi tables=SALES.orders",
        "spi tables=*.orders | spi tables=x.orders.id",
        "spi tables=s*.o*s | spi tables=sa*.or*rs",
        "spi tables=\"a.b\".c | spi tables=\"A.B\".c.d",
        "filesystem | filesystem write=/",
        "filesystem read=/data | filesystem read=/data/in",
        "filesystem read=/data | filesystem read=/data as /elsewhere",
        "filesystem write=/data | filesystem read=/data",
        "filesystem read=/ | filesystem read=/etc",
        "filesystem read=module:/a | filesystem read=module:/a/b",
        "kv prefix=c/ quota=1MB | kv prefix=c/d quota=64KB",
        "s3 profiles=p buckets=logs-* verbs=get,list | s3 profiles=p buckets=logs-1 verbs=get",
        "environment names=LC_* | environment names=LC_ALL",
        "wal_frames tables=a | wal_frames tables=a.b",
        "bundles names=* | bundles names=x",
      })
  void whatIsWiderCovers(String wide, String narrow) {
    assertThat(grant(wide).covers(grant(narrow))).isTrue();
    assertThat(grant(narrow).narrows(grant(wide))).isTrue();
    assertThat(grant(narrow).covers(grant(narrow))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clock | random",
        "network hosts=a.org | network",
        "network hosts=a.org | network hosts=b.org",
        "network hosts=*.a.org | network hosts=a.org",
        "network hosts=*.a.org | network hosts=evila.org",
        "network hosts=*.a.org | network hosts=*.org",
        "network hosts=a.org | network hosts=a.org,b.org",
        "network hosts=a.org ports=443 | network hosts=a.org",
        "network hosts=apple.com | network hosts=\u0430pple.com",
        "network ports=80-90 | network ports=85-91",
        "network request_size=1024 | network request_size=1MB",
        "network request_size=1024 | network hosts=a.org",
        "spi verbs=select | spi verbs=select,delete",
        "spi tables=sales.orders | spi tables=sales",
        "spi tables=sales.orders | spi tables=sales.*",
        "spi tables=\"a.b\" | spi tables=a.b",
        "spi tables=a.b | spi tables=\"a.b\"",
        "spi tables=s*s | spi tables=s*",
        "filesystem read=/data | filesystem",
        "filesystem read=/data | filesystem write=/data",
        "filesystem read=/data | filesystem read=/database",
        "filesystem read=/data | filesystem read=/",
        "filesystem read=/a | filesystem read=module:/a",
        "filesystem read=module:/a | filesystem read=/a",
        "kv prefix=c/ | kv prefix=c",
        "environment names=PATH | environment names=path",
      })
  void whatIsNotNarrowerIsNotCovered(String granted, String wanted) {
    assertThat(grant(granted).covers(grant(wanted))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filesystem read=/data/../etc | an absolute path",
        "filesystem read=data | an absolute path",
        "filesystem read=/a//b | an absolute path",
        "filesystem read=/a\\..\\b | an absolute path",
        "filesystem read=module:/../x | an absolute path",
        "filesystem read=/a as ../b | an absolute path",
        "network hosts=https://a.org | a host as in",
        "network hosts=a.org:443 | a host as in",
        "network hosts=a.*.org | a host as in",
        "network hosts=*.[::1] | a host as in",
        "network ports=0 | a port or a range",
        "network ports=90-80 | a port or a range",
        "network ports=65536 | a port or a range",
        "network methods=G3T | an HTTP method",
        "spi verbs=selct | has no verb 'selct'; did you mean 'select'?",
        "spi tables=a..b | names as in",
        "spi tables=a. | names as in",
        "spi tables=a.b.c.d | names as in",
        "spi tables=\"a | names as in",
        "spi tables=\"a\"b | names as in",
        "spi tables=a\u0000b | names as in",
        "kv quota=much | a size",
        "kv entries=-1 | a count",
      })
  void aValueOfAnotherFormIsRefused(String text, String part) {
    assertThatThrownBy(() -> grant(text))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(part)
        .extracting(e -> ((PolicyException) e).sqlState())
        .isEqualTo("22023");
  }

  @Test
  void severalGrantsOfACapabilityAddUp() {
    List<Grant> granted =
        List.of(grant("spi verbs=select tables=a"), grant("spi verbs=insert tables=b"));
    assertThat(Grant.covers(granted, grant("spi verbs=select tables=a.x"))).isTrue();
    assertThat(Grant.excess(grant("spi verbs=select,insert tables=a,b"), granted))
        .contains(grant("spi verbs=select tables=b"));
  }

  @Test
  void aGrantIsShownAsItIsWritten() {
    assertThat(grant("network hosts=A.org,b.org ports=443"))
        .hasToString("network (hosts => ('a.org', 'b.org'), ports => '443')");
    assertThat(grant("clock")).hasToString("clock");
  }
}
