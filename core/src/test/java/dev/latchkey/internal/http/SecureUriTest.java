package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecureUriTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "HTTPS://example.com",
        "https://192.0.2.1:8443/x?y=z",
        "http://localhost/x",
        "http://LOCALHOST:8080",
        "http://127.0.0.1:8080/x",
        "http://127.255.0.9/",
        "http://[::1]:8080/x",
        "http://[0:0:0:0:0:0:0:1]/",
      })
  void httpsAndLoopbackAreAllowed(String uri) {
    assertThat(SecureUri.allows(URI.create(uri))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "http://127.0.0.1.example.com/",
        "http://127.1/",
        "http://127.0.0.256/",
        "http://localhost.example.com/",
        "http://[::2]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "https://microsoft.com@example.com/",
        "http://localhost@example.com/",
        "https:example.com",
        "https:///path",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://localhost/",
        "vscode://x/y",
        "//example.com/",
        "/path",
      })
  void everythingElseIsRejected(String uri) {
    assertThat(SecureUri.allows(URI.create(uri))).isFalse();
    assertThat(SecureUri.read(uri)).isNull();
  }

  @Test
  void invalidUriIsRejectedWithoutAnException() {
    assertThat(SecureUri.read("https://exa mple.com/")).isNull();
    assertThat(SecureUri.read("https://example.com/\u001b[2J")).isNull();
    assertThat(SecureUri.read("https://exämple.com/")).isNull();
    assertThat(SecureUri.read("")).isNull();
  }

  @Test
  void characterThatReordersTextIsEscaped() {
    assertThat(SecureUri.read("https://example.com/\u202Egpj.exe"))
        .isEqualTo(URI.create("https://example.com/%E2%80%AEgpj.exe"));
  }

  @Test
  void messageShowsNeitherQueryNorUser() {
    URI uri = URI.create("http://user:secret@example.com/x?code=secret");

    assertThatThrownBy(() -> SecureUri.check(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://example.com/x")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/v1/x, https://a.example/v1/y",
    "https://a.example/v1/x, https://A.example:443/v1/y",
    "https://a.example:443/x, HTTPS://a.example/",
    "http://127.0.0.1:80/, http://127.0.0.1/",
  })
  void sameOriginIsSchemeHostAndPort(URI a, URI b) {
    assertThat(SecureUri.sameOrigin(a, b)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://b.example/",
        "https://a.example.b.example/",
        "https://a.example:444/",
        "https://me@a.example/",
        "https://null@a.example/",
        "http://a.example/",
        "http://a.example:443/",
        "https:a.example",
        "//a.example/",
        "/path",
      })
  void otherOriginIsNotTheSame(URI other) {
    assertThat(SecureUri.sameOrigin(URI.create("https://a.example/"), other)).isFalse();
    assertThat(SecureUri.sameOrigin(other, URI.create("https://a.example/"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/v1/x, y, https://a.example/v1/y",
    "https://a.example/v1/x, /y?z=1, https://a.example/y?z=1",
    "https://a.example/v1/x, //b.example/y, https://b.example/y",
    "https://a.example/v1/x, https://b.example/ü, https://b.example/%C3%BC",
    "http://127.0.0.1:8/x, https://b.example/, https://b.example/",
    "http://127.0.0.1:8/x, http://127.0.0.1:9/, http://127.0.0.1:9/",
  })
  void linkIsResolved(URI from, String link, URI target) {
    assertThat(SecureUri.follow(from, link)).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\'',
      value = {
        "'https://b.example/a b?c=d e' https://b.example/a%20b?c=d%20e",
        "https://b.example/{x}?y={z} https://b.example/%7Bx%7D?y=%7Bz%7D",
        "https://b.example/x?a|b https://b.example/x?a%7Cb",
        "https://b.example/\"x\"?\"y\" https://b.example/%22x%22?%22y%22",
        "https://b.example/x^?y^ https://b.example/x%5E?y%5E",
        "https://b.example/100%?p=50%&q=%2 https://b.example/100%25?p=50%25&q=%252",
        "https://b.example/%41%zz https://b.example/%41%25zz",
        "https://b.example/%\uff11\uff11 https://b.example/%25%EF%BC%91%EF%BC%91",
        "https://b.example/<x>`?<y>` https://b.example/%3Cx%3E%60?%3Cy%3E%60",
        "https://b.example/[x]?a[]=1 https://b.example/%5Bx%5D?a[]=1",
        "https://b.example/x\\y https://b.example/x%5Cy",
        "https://b.example/x?$skiptoken=(a)&t=a+b,c https://b.example/x?$skiptoken=(a)&t=a+b,c",
        "https://b.example/x?y=1#frag{ment} https://b.example/x?y=1",
        "' https://b.example/x\t?y=1\n' https://b.example/x?y=1",
        "{x} https://a.example/v1/%7Bx%7D",
        "?token=2 https://a.example/v1/x?token=2",
      })
  void illegalCharactersOfALinkAreEscapedAsBrowsersDo(String link, String target) {
    assertThat(SecureUri.follow(URI.create("https://a.example/v1/x"), link)).hasToString(target);
  }

  @Test
  void decomposedLettersOfALinkAreNotComposed() {
    assertThat(SecureUri.follow(URI.create("https://a.example/"), "/a\u0308"))
        .hasToString("https://a.example/a%CC%88");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://b.example\\@evil.example/",
        "https://b.example\\.evil.example/",
        "https://b{x}.example/",
        "https://b.example:8 0/",
        "https:// b.example/",
        " ",
        "#x"
      })
  void illegalCharactersOfAHostAreNotEscaped(String link) {
    assertThat(SecureUri.follow(URI.create("https://a.example/v1/x"), link)).isNull();
  }

  @Test
  void linkOfAMillionCharactersIsNotFollowed() {
    assertThat(SecureUri.follow(URI.create("https://a.example/"), "/" + " ".repeat(1 << 20) + "x"))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://a.example/",
        "http://127.0.0.1/",
        "http://localhost/",
        "https://me@a.example/",
        "ftp://a.example/",
        "mailto:a@example",
        "https://exa mple/",
        "https://[/",
        "http:",
        ":",
      })
  void unsafeLinkIsNull(String link) {
    assertThat(SecureUri.follow(URI.create("https://a.example/x"), link)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/, https://b.example/x, true",
    "https://a.example/, http://127.0.0.1/x, false",
    "https://a.example/, http://localhost:8080/x, false",
    "https://a.example/, http://[::1]/x, false",
    "https://127.0.0.1.example/, http://127.0.0.1/x, false",
    "https://localhost/, http://127.0.0.1/x, true",
    "http://127.0.0.1:1/, http://localhost:2/x, true",
    "http://127.0.0.1:1/, http://a.example/, false",
  })
  void onlyAServerOnLoopbackMayNamePlainHttp(URI server, String text, boolean allowed) {
    assertThat(SecureUri.readFrom(server, text)).isEqualTo(allowed ? URI.create(text) : null);
  }
}
