package dev.latchkey.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxyTest {

  private static final URI LOGIN = URI.create("https://login.example.com/token");

  private static EnvironmentProxy proxy(String... namesAndValues) {
    return Objects.requireNonNull(EnvironmentProxy.of(variables(namesAndValues)));
  }

  private static Map<String, String> variables(String... namesAndValues) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return variables;
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.example:3128, proxy.example, 3128",
    "HTTP://proxy.example:3128/, proxy.example, 3128",
    "proxy.example:3128, proxy.example, 3128",
    "http://proxy.example, proxy.example, 80",
    "http://user:pass@proxy.example:8080, proxy.example, 8080",
    "user@10.0.0.1:8080, 10.0.0.1, 8080",
    "http://[fd00::1]:3128, fd00::1, 3128",
  })
  void httpsGoesThroughTheProxyAndNothingElseDoes(String value, String host, int port) {
    EnvironmentProxy proxy = proxy("HTTPS_PROXY", value);

    Proxy chosen = proxy.select(LOGIN).get(0);

    assertThat(chosen.type()).isEqualTo(Proxy.Type.HTTP);
    InetSocketAddress address = (InetSocketAddress) chosen.address();
    assertThat(address.getHostString()).isEqualTo(host);
    assertThat(address.getPort()).isEqualTo(port);
    assertThat(address.isUnresolved()).isTrue();
    for (String direct :
        List.of(
            "http://127.0.0.1:8080/",
            "http://localhost/",
            "https://localhost/",
            "https://[::1]/")) {
      assertThat(proxy.select(URI.create(direct))).containsExactly(Proxy.NO_PROXY);
    }
  }

  @Test
  void withoutAVariableJavasOwnSettingsApply() {
    assertThat(EnvironmentProxy.of(Map.of())).isNull();
    assertThat(EnvironmentProxy.of(Map.of("HTTPS_PROXY", "", "NO_PROXY", "x"))).isNull();
    assertThat(EnvironmentProxy.of(Map.of("HTTP_PROXY", "http://proxy.example"))).isNull();
  }

  @Test
  void nameInLowerCaseCountsMore() {
    EnvironmentProxy proxy =
        proxy(
            "HTTPS_PROXY", "http://upper.example",
            "https_proxy", "http://lower.example",
            "NO_PROXY", "login.example.com",
            "no_proxy", "other.example");

    assertThat(proxy.toString()).contains("lower.example:80");
    assertThat(proxy.select(LOGIN)).doesNotContain(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "login.example.com           | https://login.example.com/       | true",
        "example.com                 | https://login.example.com/       | true",
        ".example.com                | https://login.example.com/       | true",
        "*.example.com               | https://login.example.com/       | true",
        ".example.com                | https://example.com/             | true",
        "EXAMPLE.com                 | https://login.example.COM/       | true",
        "example.com                 | https://login.example.com./      | true",
        "example.com                 | https://badexample.com/          | false",
        "login.example.com           | https://example.com/             | false",
        "example.com:443             | https://login.example.com/       | true",
        "example.com:8443            | https://login.example.com/       | false",
        "example.com:8443            | https://login.example.com:8443/  | true",
        "a.example, b.example        | https://b.example/               | true",
        "a.example b.example         | https://b.example/               | true",
        "*                           | https://login.example.com/       | true",
        "10.1.2.3                    | https://10.1.2.3/                | true",
        "10.1.2.3                    | https://10.1.2.30/               | false",
        "10.0.0.0/8                  | https://10.1.2.3/                | true",
        "10.1.2.0/23                 | https://10.1.3.9/                | true",
        "10.1.2.0/23                 | https://10.1.4.9/                | false",
        "10.0.0.0/8                  | https://a10.example/             | false",
        "10.0.0.0/99                 | https://10.1.2.3/                | false",
        "fd00::/8                    | https://[fd12::1]/               | true",
        "fd00::1                     | https://[fd00:0:0::1]/           | true",
        "[fd00::1]:443               | https://[fd00::1]/               | true",
        "fd00::/8                    | https://10.1.2.3/                | false",
      })
  void hostsOfNoProxyAreReachedDirectly(String exceptions, String uri, boolean direct) {
    EnvironmentProxy proxy = proxy("HTTPS_PROXY", "proxy.example", "NO_PROXY", exceptions);

    assertThat(proxy.select(URI.create(uri)).contains(Proxy.NO_PROXY)).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://user:hunter2@proxy.example",
        "https://user:hunter2@proxy.example",
        "http://user:hunter2@",
        "http://user:hunter2@proxy.example:0",
        "http://user:hunter2@proxy.example:99999",
        "http://user:hunter2@proxy.example:80/path",
        "http://user:%zzhunter2@proxy.example",
        "http://user:hunter2%4@proxy.example",
        "http://user:hunter2@more@proxy.example",
      })
  void invalidValueIsRejectedAndNotQuoted(String value) {
    Map<String, String> variables = Map.of("HTTPS_PROXY", value);

    assertThatThrownBy(() -> EnvironmentProxy.of(variables))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageContaining("HTTPS_PROXY must be http://")
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("proxy.example");
  }

  @Test
  void credentialsGoToTheProxyOnlyAndAreSeenNowhere() {
    EnvironmentProxy proxy =
        proxy(
            "HTTPS_PROXY",
            "http://ann%40corp:s%3Acr%C3%A9t@proxy.example",
            "NO_PROXY",
            "b.example");
    RecordingClient recording = new RecordingClient();
    HttpClient client = proxy.authenticating(recording);

    for (String uri : List.of(LOGIN.toString(), "https://b.example/", "http://127.0.0.1/")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer x").build();
      var unused = client.sendAsync(request, BodyHandlers.discarding());
      assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
          .hasMessage("nothing is sent");
    }

    String expected =
        "Basic " + Base64.getEncoder().encodeToString("ann@corp:s:cr\u00e9t".getBytes(UTF_8));
    assertThat(recording.requests).hasSize(6);
    assertThat(recording.requests.subList(0, 2))
        .allSatisfy(
            request -> {
              assertThat(request.headers().allValues("Proxy-Authorization"))
                  .containsExactly(expected);
              assertThat(request.headers().allValues("Authorization")).containsExactly("Bearer x");
            });
    assertThat(recording.requests.subList(2, 6))
        .noneMatch(request -> request.headers().map().containsKey("Proxy-Authorization"));
    assertThat(proxy.toString()).doesNotContain("ann", "cr\u00e9t", expected);
  }

  @Test
  void proxyWithoutCredentialsNeedsNoWrapper() {
    RecordingClient recording = new RecordingClient();

    assertThat(proxy("HTTPS_PROXY", "proxy.example").authenticating(recording)).isSameAs(recording);
  }
}
