package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.Entra;
import dev.latchkey.TokenSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphClientBuilderTest {

  /** Knows no token, so that nothing is sent. */
  private static final class NoTokens implements TokenSource {

    @Override
    public AccessToken get() {
      throw new IllegalStateException("a token was asked for");
    }

    @Override
    public AccessToken get(String claims) {
      return get();
    }

    @Override
    public AccessToken replace(AccessToken rejected, @Nullable String claims) {
      return get();
    }

    @Override
    public Account account() {
      return new Account("the-account", "https://issuer.example", null, null, null, null, null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachCloudHasItsOwnGraph(Entra.Cloud cloud) {
    String host =
        switch (cloud) {
          case GLOBAL -> "graph.microsoft.com";
          case US_GOV -> "graph.microsoft.us";
          case CHINA -> "microsoftgraph.chinacloudapi.cn";
        };
    GraphClient graph = GraphClient.builder(new NoTokens()).cloud(cloud).build();

    assertThatThrownBy(() -> graph.get("https://" + host + "/v1.0/me"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a token was asked for");
    assertThatThrownBy(() -> graph.get("https://dod-graph.microsoft.us/v1.0/me"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
