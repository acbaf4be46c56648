package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.fixture.ServerFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestAppTest extends ServerFixture {

  TestAppTest() {
    super(
        builder ->
            builder
                .app(TestApp.of(HttpApp.CLIENT_ID).named("Folder Sync"))
                .app(TestApp.of("closed").withoutPublicClientFlows()));
  }

  @Test
  void unknownClientIsRefusedOnceAppsAreRegistered() throws Exception {
    var known = app.begin();
    var unknown = app.begin("common", Map.of("client_id", "stranger"));

    assertThat(known.status()).isEqualTo(200);
    assertThat(unknown.error()).isEqualTo("unauthorized_client");
    assertThat(unknown.get("error_description")).startsWith("AADSTS700016:").contains("stranger");
  }

  @Test
  void appWithoutPublicClientFlowsGetsACodeAndNoTokens() throws Exception {
    var begun = app.begin("common", Map.of("client_id", "closed"));

    var reply = app.poll(begun, Map.of("client_id", "closed"));

    assertThat(begun.status()).isEqualTo(200);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.error()).isEqualTo("invalid_client");
    assertThat(reply.get("error_description")).startsWith("AADSTS7000218:");
  }
}
